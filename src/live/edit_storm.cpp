#include "oscilla/edit_storm.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "live/check_report.hpp"
#include "live/compiled_patch.hpp"
#include "live/episode.hpp"
#include "live/random.hpp"
#include "live/sabotaged_session.hpp"
#include "live/storm_replay.hpp"

namespace oscilla {
namespace live {
namespace {

constexpr std::size_t kMostPending = 3;
constexpr std::size_t kMostTicksBetween = 5;
constexpr std::size_t kEpisodePatches = 4;
constexpr std::int64_t kPatience = 200'000;  ///< ticks until an edit counts as lost
constexpr std::uint64_t kHeapPerEdit = 2048;
constexpr std::uint64_t kHeapSlack = std::uint64_t{2} << 20;

/// An edit that was requested and not reported yet.
struct Pending {
  std::int64_t number;
  RandomEdit edit;
};

/// What a session holds but for what glides: that is as much as the edits ask for.
std::uint64_t lasting_bytes(const Session& session) {
  std::uint64_t bytes = 0;
  for (const MemoryPart& part : session.memory()) bytes += part.name == "continuity" ? 0 : part.bytes;
  return bytes;
}

class Storm {
 public:
  Storm(const Patch& patch, Program program, const StormOptions& options, const StormHost& host,
        runtime::Sabotage sabotage)
      : origin_(patch),
        running_(patch),
        program_(program),
        options_(options),
        host_(host),
        settings_{options.compile, options.session, sabotage},
        random_(options.seed ^ 0x5707u),
        edits_(patch, options.seed, options.compile, host.try_edit),
        session_(SabotagedSession::make(program, options.session, sabotage)),
        replay_(patch, program, settings_),
        frame_ms_(program.frame_time_ms(1)),
        budget_(options.budget_nanoseconds != 0 ? options.budget_nanoseconds
                                                : static_cast<std::uint64_t>(frame_ms_ * 1e6)),
        memory_(lasting_bytes(session_)) {
    history_.push_back(patch);
  }

  StormResult run() {
    tick();
    for (std::int64_t number = 0; number < options_.edits && !failed(); ++number) {
      RandomEdit edit = edits_.next();
      if (host_.begin_edit && !host_.begin_edit(number, edit, newest_.value_or(origin_))) break;
      count(edit);
      const bool back = edit.kind == EditKind::Undo;
      request(number, std::move(edit));
      for (std::size_t ticks = random_.below(kMostTicksBetween); ticks > 0; --ticks) tick();
      if (back || pending_.size() >= kMostPending || random_.one_in(4)) settle(number);
    }
    if (!failed()) settle(options_.edits);
    if (!failed()) check_kinds();
    return std::move(result_);
  }

 private:
  bool failed() const { return result_.failure.has_value(); }
  void fail(StormFault fault, std::int64_t edit, std::string what) {
    if (!failed()) result_.failure = StormFailure{fault, edit, ticks_ - 1, std::move(what), {}, {}};
  }

  void count(const RandomEdit& edit) {
    KindCount& kind = result_.kinds[static_cast<std::size_t>(edit.kind)];
    ++kind.edits;
    if (!edit.program) return;
    ++kind.compiled;
    kind.changed += edit.changes;
    newest_ = edit.patch;
  }

  void request(std::int64_t number, RandomEdit edit) {
    const std::uint64_t generation = session_.request_swap(edit.patch);
    pending_.emplace(generation, Pending{number, std::move(edit)});
    newest_number_ = number;
  }

  /// A tick of the session under test, measured.
  void tick() {
    if (failed()) return;
    const auto now = [](std::uint64_t (*meter)()) { return meter != nullptr ? meter() : 0; };
    const std::uint64_t waits = now(host_.waits);
    const std::uint64_t begin = now(host_.processor_nanoseconds);
    const RenderFrame& frame = session_.tick(static_cast<double>(ticks_) * frame_ms_);
    const std::uint64_t took = now(host_.processor_nanoseconds) - begin;
    const std::uint64_t waited = now(host_.waits) - waits;
    ++ticks_;
    ++result_.frames;
    result_.longest_tick_nanoseconds = std::max(result_.longest_tick_nanoseconds, took);
    if (waited > 0) fail(StormFault::Waited, newest_number_, "the frame thread waited within a tick");
    if (took > budget_)
      fail(StormFault::Late, newest_number_,
           fmt::format("a tick took {:.2f} ms of processor time, of {:.2f} ms", static_cast<double>(took) * 1e-6,
                       static_cast<double>(budget_) * 1e-6));
    if (std::string wrong = validate_frame(frame); !wrong.empty())
      fail(StormFault::Unsound, newest_number_, std::move(wrong));
    replay_.note(frame);
    if (host_.rest) host_.rest();
    for (SwapReport& report : session_.take_swap_reports()) take(std::move(report));
  }

  void take(SwapReport report) {
    auto found = pending_.find(report.generation);
    if (found == pending_.end())
      return fail(StormFault::Lost, -1, fmt::format("edit {} was reported twice", report.generation));
    Pending pending = std::move(found->second);
    pending_.erase(found);
    result_.swapped += report.outcome == SwapOutcome::Swapped;
    result_.refused += report.outcome == SwapOutcome::Refused;
    result_.superseded += report.outcome == SwapOutcome::Superseded;
    if ((report.outcome == SwapOutcome::Refused) != !pending.edit.program && report.outcome != SwapOutcome::Superseded)
      return fail(StormFault::Lost, pending.number,
                  pending.edit.program ? "a patch that compiles was refused" : "a patch with errors took over");
    if (report.outcome == SwapOutcome::Swapped && pending.edit.program)
      take_over(report, pending.number, pending.edit.patch, *pending.edit.program);
  }

  void take_over(const SwapReport& report, std::int64_t number, const Patch& patch, const Program& program) {
    std::string wrong = check_report(report, *program_.compiled().program, *program.compiled().program);
    program_ = program;
    running_ = patch;
    history_.push_back(patch);
    if (history_.size() > kEpisodePatches) history_.pop_front();
    replay_.note(Takeover{report.tick, number, patch, report.rehearsed});
    if (!wrong.empty()) fail(StormFault::State, number, std::move(wrong));
    play_episode(number);
  }

  /// The last edits once more, in a session of their own.
  void play_episode(std::int64_t number) {
    Episode episode;
    const std::size_t size = std::min(history_.size(), 2 + random_.below(kEpisodePatches - 1));
    if (size < 2) return;
    episode.patches.assign(history_.end() - static_cast<std::ptrdiff_t>(size), history_.end());
    for (std::size_t i = 1; i < size; ++i) episode.ticks.push_back(static_cast<std::int64_t>(1 + random_.below(12)));
    const std::optional<EpisodeFault> fault = play(episode, settings_, result_.kept_checks);
    if (!fault) return;
    if (!failed()) fail(fault->fault, number, fault->what);
    if (result_.failure->fault != fault->fault) return;
    episode = reduced(std::move(episode), settings_, fault->fault);
    for (const Patch& patch : episode.patches) result_.failure->patches.emplace_back(patch.text());
    result_.failure->ticks = episode.ticks;
    if (const auto again = play(episode, settings_, result_.kept_checks)) result_.failure->what = again->what;
  }

  bool is_origin() const { return running_.text() == origin_.text(); }

  /// Ticks until every edit so far is reported, then looks back.
  void settle(std::int64_t number) {
    for (std::int64_t patience = kPatience; !pending_.empty() && !failed(); tick())
      if (--patience == 0)
        fail(StormFault::Lost, pending_.begin()->second.number, "nobody said what became of the edit");
    // Two ticks later nobody looks at a frame of the program before, and the worker may free it.
    for (int i = 0; i < 3 && is_origin() && !failed(); ++i) tick();
    if (failed()) return;
    if (std::optional<ReplayFault> found = replay_.catch_up()) fail(found->fault, found->edit, std::move(found->what));
    if (!failed()) check_memory(number);
  }

  /// Whenever the first patch runs again, the session must be as large as in the beginning, and the process nearly.
  void check_memory(std::int64_t number) {
    if (!is_origin()) return;
    session_.wait_for_requests();
    replay_.wait();
    if (const std::uint64_t bytes = lasting_bytes(session_); bytes != memory_)
      return fail(StormFault::Memory, number,
                  fmt::format("the session holds {} bytes where it began with {}", bytes, memory_));
    const std::uint64_t whole = host_.heap_bytes != nullptr ? host_.heap_bytes() : 0;
    // What glides still, of both sessions, is known and goes away.
    const std::uint64_t heap = whole - std::min(whole, session_.memory_bytes() + replay_.memory_bytes());
    if (heap == 0 || number < options_.edits / 4) return;
    if (heap_ == 0) {
      heap_ = heap;
      heap_edit_ = number;
    }
    const std::uint64_t allowed = kHeapSlack + kHeapPerEdit * static_cast<std::uint64_t>(number - heap_edit_);
    if (heap > heap_ + allowed)
      fail(StormFault::Memory, number,
           fmt::format("the process grew from {} to {} bytes over {} edits", heap_, heap, number - heap_edit_));
  }

  void check_kinds() {
    const KindCount total = result_.total();
    const std::uint64_t least = total.edits / 20;
    for (std::size_t i = 0; i < kEditKinds; ++i) {
      const auto kind = static_cast<EditKind>(i);
      if (result_.kinds[i].edits < least && edits_.without_place(kind) == 0)
        return fail(StormFault::Kinds, -1,
                    fmt::format("{} of {} edits are of the kind {}, less than 5 %", result_.kinds[i].edits, total.edits,
                                word_of(kind)));
    }
    if (total.changed * 100 < total.edits * 60)
      fail(StormFault::Kinds, -1,
           fmt::format("{} of {} edits compile and change the picture, less than 60 %", total.changed, total.edits));
  }

  Patch origin_;
  Patch running_;
  Program program_;
  const StormOptions& options_;
  const StormHost& host_;
  EpisodeSettings settings_;
  Random random_;
  RandomEdits edits_;
  Session session_;
  StormReplay replay_;
  double frame_ms_;
  std::uint64_t budget_;
  std::uint64_t memory_;
  std::uint64_t heap_ = 0;
  std::int64_t heap_edit_ = 0;

  StormResult result_;
  std::map<std::uint64_t, Pending> pending_;
  std::optional<Patch> newest_;
  std::int64_t newest_number_ = -1;
  std::int64_t ticks_ = 0;
  std::deque<Patch> history_;
};

}  // namespace

StormResult run_storm(const Patch& patch, const StormOptions& options, const StormHost& host,
                      runtime::Sabotage sabotage) {
  CompileResult compiled = compile_patch(patch, options.compile);
  if (!compiled.program) {
    StormResult result;
    result.failure = StormFailure{StormFault::Unsound, -1, -1, "the patch has errors", {}, {}};
    return result;
  }
  return Storm(patch, std::move(*compiled.program), options, host, sabotage).run();
}

}  // namespace live

std::string_view word_of(StormFault fault) {
  switch (fault) {
    case StormFault::Blank: return "blank";
    case StormFault::Late: return "late";
    case StormFault::Waited: return "waited";
    case StormFault::Unsound: return "unsound";
    case StormFault::Jump: return "jump";
    case StormFault::Glide: return "glide";
    case StormFault::State: return "state";
    case StormFault::Replay: return "replay";
    case StormFault::Memory: return "memory";
    case StormFault::Lost: return "lost";
    case StormFault::Kinds: return "kinds";
  }
  return {};
}

KindCount StormResult::total() const {
  KindCount total;
  for (const KindCount& kind : kinds) {
    total.edits += kind.edits;
    total.compiled += kind.compiled;
    total.changed += kind.changed;
  }
  return total;
}

StormResult run_edit_storm(const Patch& patch, const StormOptions& options, const StormHost& host) {
  return live::run_storm(patch, options, host, runtime::Sabotage::None);
}

}  // namespace oscilla
