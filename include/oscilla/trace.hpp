// What a running program computed, frame by frame, in a ring of fixed size: switched on, off and filtered while it
// runs (Session::trace), read whenever somebody wants to know (Session::traced). Rows know the block, port, expression
// and place in the text that they are of, also after other programs took over. No frame is another one because of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "oscilla/diagnostic.hpp"

namespace oscilla {

class Program;

enum class TraceKind : std::uint8_t {
  Signal,  ///< a number that is the same for all lanes
  State,   ///< what a block has written for the next frame
  Field,   ///< a number of every lane: of what is drawn, of what is kept in memory, of probes
  Event,   ///< what happened: keys and values
  Cache,   ///< 1: taken from what was computed before; 0: computed
  Glide,   ///< continuity: what is added to each lane; of the camera, figures and so on how much of it is left, 1 to 0
};
inline constexpr std::size_t kTraceKinds = 6;

/// "signal", "state" and so on.
std::string_view name_of(TraceKind kind);
std::optional<TraceKind> trace_kind_of(std::string_view name);

struct TraceOptions {
  std::uint32_t frames = 600;          ///< so many are kept, the newest; 1 to 1,000,000
  std::uint32_t every = 1;             ///< of so many frames one is kept; from 1
  std::vector<TraceKind> kinds{};      ///< none: all
  std::vector<std::string> places{};   ///< of these blocks and ports ("pos", "pos.radius", "frame.draw"); none: of all
  std::vector<std::uint32_t> lanes{};  ///< of a field these lanes; none: how many it has, the first one, the smallest,
                                       ///< the largest and the mean
};

/// So many events of a list are kept in a frame; how many there were is told anyway.
inline constexpr std::uint32_t kTracedEvents = 16;

/// One value of a program, or one lane of it. Views live as long as somebody holds the program or the session has a
/// frame of it.
struct TraceRow {
  TraceKind kind{};
  std::string name;                     ///< "pos.radius", "dots.t.x", "frame.draw.x"
  std::string_view block{};             ///< full name; empty: nobody's
  std::string_view port{};              ///< the value of which it is a part: "pos.radius"
  std::string_view operation{};         ///< what makes it: "multiply"; empty: time, an input, memory
  std::string_view instance{};          ///< whose lanes
  std::optional<std::uint32_t> step{};  ///< of the schedule (`dump --stage schedule`); none: it is there before
  std::optional<std::uint32_t> slot{};  ///< of a signal (`dump --stage slots`)
  std::optional<std::uint32_t> lane{};  ///< of a field, if lanes were asked for
  std::uint32_t expression = ~0u;       ///< its number in `dump --stage program`; ~0u: none
  Span span{};                          ///< where the port stands in the text
  std::string_view file{};              ///< whose text `span` is in; empty: the patch itself
  std::uint32_t first = 0;              ///< its numbers among those of a frame
  std::uint32_t count = 1;
};

struct TracedEvent {
  std::string key;  ///< empty if nobody knows its text any more
  double value = 0;
};

/// A frame of the ring. Views live until the next tick, or until the trace is switched on, off or to something else.
struct TracedFrame {
  std::int64_t tick = 0;
  double t_ms = 0;
  bool first_of_program = false;     ///< another program took over, or other rows were asked for
  const Program* program = nullptr;  ///< whose frame it is
  std::span<const TraceRow> rows{};
  std::span<const double> numbers{};           ///< by TraceRow::first
  std::span<const std::string> steps{};        ///< what the steps of the schedule are called
  std::span<const double> step_nanoseconds{};  ///< by step; 0 where the session is not measured

  std::span<const double> numbers_of(const TraceRow& row) const { return numbers.subspan(row.first, row.count); }
};

/// Of what two runs of one program computed in the same frame, the value of the earliest step that is another one:
/// "near, made by step 0 (scalars), in slot 3: 0.5 and 0.25"; empty if there is none.
std::string first_difference(const TracedFrame& a, const TracedFrame& b);

}  // namespace oscilla
