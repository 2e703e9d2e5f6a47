#include "live/tracer.hpp"

#include <algorithm>
#include <utility>

namespace oscilla::live {

TraceRing::TraceRing(const Program& program, const runtime::ProgramState& state, const TraceRequest& request)
    : table_(make_trace_table(program, state, request.options)), request_(request.number) {
  heads_.resize(request.options.frames);
  numbers_.resize(heads_.size() * (table_.plan.numbers + table_.steps.size()));
  costs_before_.resize(table_.steps.size());
}

void TraceRing::begin(std::span<const std::int64_t> costs) { std::ranges::copy(costs, costs_before_.begin()); }

void TraceRing::add(const runtime::Session& session, std::span<const std::int64_t> costs) {
  const std::size_t at = (first_ + count_) % heads_.size();
  if (count_ == heads_.size())
    first_ = (first_ + 1) % heads_.size();
  else
    ++count_;
  const runtime::Clock& clock = session.clock();
  heads_[at] = {clock.tick, clock.t_ms};
  if (first_tick_ < 0) first_tick_ = clock.tick;
  const std::size_t width = table_.plan.numbers + costs_before_.size();
  const std::span<double> to = std::span(numbers_).subspan(at * width, width);
  runtime::read_trace(table_.plan, session.state(), to.first(table_.plan.numbers));
  double* took = to.data() + table_.plan.numbers;
  for (std::size_t s = 0; s < costs_before_.size(); ++s)
    *took++ = static_cast<double>(costs[s] - std::exchange(costs_before_[s], costs[s]));
}

void TraceRing::drop_before(std::int64_t tick) {
  while (count_ > 0 && heads_[first_].tick < tick) {
    first_ = (first_ + 1) % heads_.size();
    --count_;
  }
}

void TraceRing::drop_after(std::int64_t tick) {
  while (count_ > 0 && heads_[(first_ + count_ - 1) % heads_.size()].tick > tick) --count_;
}

TracedFrame TraceRing::frame(std::size_t index) const {
  const std::size_t at = (first_ + index) % heads_.size();
  const std::size_t width = table_.plan.numbers + costs_before_.size();
  const std::span<const double> numbers = std::span(numbers_).subspan(at * width, width);
  TracedFrame frame;
  frame.tick = heads_[at].tick;
  frame.t_ms = heads_[at].t_ms;
  frame.first_of_program = frame.tick == first_tick_;
  frame.program = &table_.program;
  frame.rows = table_.rows;
  frame.numbers = numbers.first(table_.plan.numbers);
  frame.steps = table_.steps;
  frame.step_nanoseconds = numbers.subspan(table_.plan.numbers);
  return frame;
}

std::size_t TraceRing::bytes() const {
  return heads_.size() * sizeof(Head) + numbers_.size() * sizeof(double) + table_.rows.size() * sizeof(TraceRow) +
         table_.plan.items.size() * sizeof(runtime::TraceItem);
}

Tracer::Tracer(const Program& program, const runtime::ProgramState& state, TraceRequest request,
               std::span<const std::int64_t> costs) {
  change(program, state, std::move(request), costs);
}

void Tracer::change(const Program& program, const runtime::ProgramState& state, TraceRequest request,
                    std::span<const std::int64_t> costs) {
  request_ = std::move(request);
  std::unique_ptr<TraceRing> spent;
  begin(std::make_unique<TraceRing>(program, state, request_), costs, spent);
}

void Tracer::switch_to(const Program& program, const runtime::ProgramState& state, std::int64_t tick,
                       std::span<const std::int64_t> costs, std::unique_ptr<TraceRing>& made) {
  for (std::size_t i = 0; i < count_; ++i) rings_[i]->drop_after(tick);
  std::unique_ptr<TraceRing> ring = std::move(made);
  if (ring == nullptr || ring->request() != request_.number) {
    made = std::move(ring);
    ring = std::make_unique<TraceRing>(program, state, request_);
  }
  begin(std::move(ring), costs, made);
}

void Tracer::begin(std::unique_ptr<TraceRing> ring, std::span<const std::int64_t> costs,
                   std::unique_ptr<TraceRing>& spent) {
  std::size_t kept = 0;
  const std::size_t too_many = count_ == kRings ? 1 : 0;
  for (std::size_t i = 0; i < count_; ++i) {
    std::unique_ptr<TraceRing> old = std::move(rings_[i]);
    if (i >= too_many && old->frames() > 0) {
      rings_[kept++] = std::move(old);
      continue;
    }
    old->next = std::move(spent);
    spent = std::move(old);
  }
  ring->begin(costs);
  rings_[kept++] = std::move(ring);
  count_ = kept;
}

void Tracer::add(const runtime::Session& session, std::span<const std::int64_t> costs) {
  const std::int64_t tick = session.clock().tick;
  if (tick % request_.options.every != 0) return;
  rings_[count_ - 1]->add(session, costs);
  if (count_ == 1) return;
  const std::int64_t oldest = tick - (std::int64_t{request_.options.frames} - 1) * request_.options.every;
  for (std::size_t i = 0; i + 1 < count_; ++i) rings_[i]->drop_before(oldest);
}

std::vector<TracedFrame> Tracer::frames() const {
  std::vector<TracedFrame> frames;
  for (std::size_t ring = 0; ring < count_; ++ring)
    for (std::size_t i = 0; i < rings_[ring]->frames(); ++i) frames.push_back(rings_[ring]->frame(i));
  return frames;
}

std::optional<TracedFrame> Tracer::last() const {
  for (std::size_t ring = count_; ring-- > 0;)
    if (const std::size_t frames = rings_[ring]->frames(); frames > 0) return rings_[ring]->frame(frames - 1);
  return std::nullopt;
}

std::size_t Tracer::bytes() const {
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < count_; ++i) bytes += rings_[i]->bytes();
  return bytes;
}

}  // namespace oscilla::live
