// The trace of a session: a ring of frames for each program that has run lately. In: a program after each tick. Out:
// frames with their rows. A ring is made by whoever makes the program ready, away from the frame thread, and freed
// there; a tick copies numbers and nothing else.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "oscilla/program.hpp"
#include "oscilla/trace.hpp"
#include "runtime/session.hpp"
#include "runtime/trace.hpp"

namespace oscilla::live {

/// What is kept of a program.
struct TraceTable {
  Program program;  ///< the names' owner
  runtime::TracePlan plan;
  std::vector<TraceRow> rows;
  std::vector<std::string> steps;
};

/// The fields that a trace names, which `state` has to tap (runtime/tapped_fields.hpp) before it has a table.
std::vector<ir::ExprId> fields_to_tap(const Program& program, const TraceOptions& options);

TraceTable make_trace_table(const Program& program, const runtime::ProgramState& state, const TraceOptions& options);

/// What a trace was asked for, numbered: who made a ring in advance may have made it for another one.
struct TraceRequest {
  TraceOptions options;
  std::uint64_t number = 0;
};

/// The last frames of one program, at most as many as were asked for.
class TraceRing {
 public:
  TraceRing(const Program& program, const runtime::ProgramState& state, const TraceRequest& request);

  /// `costs` are those of all ticks so far, by step.
  void begin(std::span<const std::int64_t> costs);
  void add(const runtime::Session& session, std::span<const std::int64_t> costs);
  /// Forgets frames before a tick.
  void drop_before(std::int64_t tick);
  /// Forgets frames after a tick.
  void drop_after(std::int64_t tick);

  std::size_t frames() const { return count_; }
  TracedFrame frame(std::size_t index) const;
  std::uint64_t request() const { return request_; }
  std::size_t bytes() const;

  std::unique_ptr<TraceRing> next;  ///< in a list of those that nobody needs any more

 private:
  struct Head {
    std::int64_t tick = 0;
    double t_ms = 0;
  };
  TraceTable table_;
  std::uint64_t request_ = 0;
  std::vector<Head> heads_;
  std::vector<double> numbers_;  ///< of each frame its values, then what each step took
  std::vector<std::int64_t> costs_before_;
  std::size_t first_ = 0;
  std::size_t count_ = 0;
  std::int64_t first_tick_ = -1;  ///< the first that it ever had
};

class Tracer {
 public:
  Tracer(const Program& program, const runtime::ProgramState& state, TraceRequest request,
         std::span<const std::int64_t> costs);

  /// Other rows, or more or fewer frames, from the next tick on.
  void change(const Program& program, const runtime::ProgramState& state, TraceRequest request,
              std::span<const std::int64_t> costs);
  /// Another program took over, or a moment of before: frames after `tick`, which was the last one, are those of a time
  /// that never was, and go. `made`: its ring if somebody made it; then what is not needed any more, to be freed.
  void switch_to(const Program& program, const runtime::ProgramState& state, std::int64_t tick,
                 std::span<const std::int64_t> costs, std::unique_ptr<TraceRing>& made);
  /// After a tick.
  void add(const runtime::Session& session, std::span<const std::int64_t> costs);

  const TraceRequest& request() const { return request_; }
  std::vector<TracedFrame> frames() const;
  std::optional<TracedFrame> last() const;
  std::size_t bytes() const;

 private:
  /// So many programs can have frames at once.
  static constexpr std::size_t kRings = 32;

  void begin(std::unique_ptr<TraceRing> ring, std::span<const std::int64_t> costs, std::unique_ptr<TraceRing>& spent);

  TraceRequest request_;
  std::array<std::unique_ptr<TraceRing>, kRings> rings_;  ///< the newest last; none behind it
  std::size_t count_ = 0;
};

}  // namespace oscilla::live
