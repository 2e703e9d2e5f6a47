#include "oscilla/play/inspection.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "oscilla/pace.hpp"
#include "oscilla/play/inspected_table.hpp"

namespace oscilla::cli::play {
namespace {

// What looking at all lanes costs: some 40 nanoseconds a lane for all fields of a patch of the gallery. So many can be
// looked at in every tick, so many in every third; of more than that only the first one.
constexpr std::uint64_t kLanesEveryTick = 30'000;
constexpr std::uint64_t kLanesToSummarise = 100'000;

}  // namespace

Inspection::Inspection(std::uint64_t budget, CompileOptions compile, GoBack go_back)
    : monitor_(budget), go_back_(std::move(go_back)), examiner_(std::make_unique<Examiner>(std::move(compile))) {}

void Inspection::wish(const InspectorWishes& wishes) {
  wishes_.next() = wishes;
  wishes_.publish();
}

void Inspection::before_tick(Session& session, double host_ms) {
  if (wishes_.take()) obey(session);
  if (!obeyed_.open) return;
  swaps_ = session.swaps();
  if (!moment_ || !moment_->question.value.size()) return;
  const std::uint64_t begin = steady_nanoseconds();
  auto snapshot = session.save();
  shown_.snapshot_us = static_cast<double>(steady_nanoseconds() - begin) * 1e-3;
  if (!snapshot) return;  // in the next one
  moment_->program = session.program();
  moment_->snapshot = std::move(*snapshot);
  moment_->host_ms = host_ms;
}

void Inspection::obey(Session& session) {
  const InspectorWishes& now = wishes_.current();
  const InspectorWishes before = std::exchange(obeyed_, now);
  const bool traced = before.open && before.trace;
  const bool traces = now.open && now.trace;
  if (traces && (!traced || before.lane != now.lane)) trace(session);
  if (traced && !traces) session.trace_off();
  if (!traces) {
    shown_.table.reset();
    rows_ = nullptr;
  }
  if (!now.open) moment_.reset();
  if (now.open && now.question && now.question_number != before.question_number)
    moment_ = ExaminedMoment{*now.question, session.program(), {}, 0, 0};
  if (now.acknowledged != before.acknowledged) session.acknowledge_errors();
  if (now.held && !before.held) session.pause();
  if (!now.held && before.held) session.play();
  if (now.back_to && now.back_number != before.back_number) {
    const auto asked = go_back_(session, *now.back_to);
    shown_.trouble = asked ? std::string() : asked.error();
  }
  next_ = 0;  // what was wished shows at once
}

/// Everything that has a name; of fields also what no step leaves in memory.
void Inspection::trace(Session& session) const {
  TraceOptions options;
  options.frames = kTracedTicks;
  options.places = {"frame"};  // what is drawn
  for (const ValueInfo& value : session.program().values()) options.places.push_back(value.name);
  if (session.program().lanes() > kLanesEveryTick) options.every = 3;
  if (obeyed_.lane)
    options.lanes = {*obeyed_.lane};
  else if (session.program().lanes() > kLanesToSummarise)
    options.lanes = {0};
  session.trace(std::move(options));
}

void Inspection::after_tick(Session& session, const TickedFrame& frame, const FrameCost& cost, std::uint64_t now) {
  if (!obeyed_.open) return;
  const std::uint64_t begin = steady_nanoseconds();
  const bool edited = session.swaps() != swaps_;
  if (moment_ && !moment_->snapshot.empty()) {
    if (edited) {
      moment_->snapshot.clear();  // it is another program's: once more
    } else {
      moment_->tick = frame.tick;
      examiner_->ask(*std::exchange(moment_, std::nullopt));
      ++shown_.questions;
    }
  }
  if (obeyed_.held && session.transport().playing) session.pause();  // as it was where it is gone back to
  shown_.restorable = session.restorable();
  InspectedTick& tick = shown_.ticks[shown_.ticks_made++ % InspectorView::kTicks];
  tick = {shown_.restorable ? shown_.restorable->second : frame.tick,
          frame.t_ms,
          static_cast<float>(cost.tick) * 1e-3f,
          static_cast<float>(cost.output) * 1e-3f,
          static_cast<std::uint32_t>(cost.dropped),
          edited};
  shown_.frame_tick = frame.tick;
  if (edited && obeyed_.trace && names_another(session)) trace(session);
  if (auto health = monitor_.add(session, cost, now)) {
    shown_.health = std::move(health);
    shown_.memory = session.memory();
    tell_errors(session);
  }
  if (const auto traced = session.last_traced()) keep(session, *traced);
  ++ticks_;
  inspected_ns_ += static_cast<double>(steady_nanoseconds() - begin);
  if (now >= next_) publish(session, now);
}

/// A program took over that has other values than those that are traced.
bool Inspection::names_another(const Session& session) const {
  const auto names = [](const ValueInfo& a, const ValueInfo& b) { return a.name == b.name; };
  return !shown_.table || !std::ranges::equal(shown_.table->values, session.program().values(), names);
}

void Inspection::keep(const Session& session, const TracedFrame& frame) {
  if (rows_ != frame.rows.data() || frame.first_of_program) {
    rows_ = frame.rows.data();
    shown_.table = inspected_table(session, frame);
    ticks_ = 0;
  }
  const std::size_t count = frame.numbers.size();
  shown_.numbers.assign(frame.numbers.begin(), frame.numbers.end());
  if (ticks_ == 0 || shown_.low.size() != count) {
    shown_.low.assign(count, 0);
    shown_.high.assign(count, 0);
    std::ranges::copy(frame.numbers, shown_.low.begin());
    std::ranges::copy(frame.numbers, shown_.high.begin());
    shown_.step_us.assign(frame.steps.size(), 0);
  }
  for (std::size_t i = 0; i < count; ++i) {
    shown_.low[i] = std::min(shown_.low[i], frame.numbers[i]);
    shown_.high[i] = std::max(shown_.high[i], frame.numbers[i]);
  }
  for (std::size_t s = 0; s < shown_.step_us.size(); ++s) shown_.step_us[s] += frame.step_nanoseconds[s] * 1e-3;
}

void Inspection::tell_errors(const Session& session) {
  shown_.errors.clear();
  if (session.errors().empty() && shown_.health->errors.empty()) return;
  for (const RuntimeError& error : session.unacknowledged_errors())
    shown_.errors.push_back({describe(error), {}, error.count});
  const Patch patch = session.program().patch();
  const std::size_t earlier = shown_.errors.size() - session.errors().size();  // of programs that run no longer
  for (std::size_t i = 0; i < session.errors().size(); ++i) {
    const Diagnostic diagnostic = to_diagnostic(session.errors()[i], session.program());
    if (!diagnostic.has_place()) continue;
    const TextPosition at = text_position(patch.text_of(diagnostic), diagnostic.span.begin);
    shown_.errors[earlier + i].place = fmt::format("{}:{}:{}", patch.file_name_of(diagnostic), at.line, at.column);
  }
}

void Inspection::publish(Session& session, std::uint64_t now) {
  shown_.transport = session.transport();
  for (double& us : shown_.step_us) us /= static_cast<double>(std::max<std::uint64_t>(ticks_, 1));
  shown_.inspection_us = inspected_ns_ * 1e-3 / static_cast<double>(std::max<std::uint64_t>(ticks_, 1));
  InspectorView& view = views_.next();
  view = shown_;
  views_.publish();
  ticks_ = 0;
  inspected_ns_ = 0;
  next_ = now + kInterval;
}

}  // namespace oscilla::cli::play
