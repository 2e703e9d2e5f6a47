// How one program's numbers become another's: measured at the same ticks in both. In: the two programs' memory and the
// plan made for them. Out: offsets in the new program's glides. Two ticks are rehearsed (the new program is evaluated
// over the old state, and leaves no trace), in the third it runs, while the old one is evaluated once more. Without a
// rehearsal values go on but slopes do not. Memory is made before; nothing is allocated in a tick.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/buffer.hpp"
#include "runtime/channels.hpp"
#include "runtime/clock.hpp"
#include "runtime/match_positions.hpp"
#include "runtime/program_state.hpp"
#include "runtime/swap_plan.hpp"

namespace oscilla::runtime {

/// One role of one sink of the new program.
struct RoleMeasure {
  ir::SinkIx sink;
  ir::Role role{};
  ir::SinkIx from;              ///< of the old program; invalid: nothing was there
  AlignedBuffer<float> old;     ///< the old program's numbers, by its lanes
  AlignedBuffer<float> mapped;  ///< the same by new lanes; empty where these are the old ones
  AlignedBuffer<float> before;  ///< offsets, or factors, of the tick before
  float greatest = 0;           ///< the largest jump that is absorbed
  std::uint32_t abrupt = 0;     ///< lanes that jumped in the rehearsals: of them only the value goes on, not the speed
};

/// One section of the new program's numbers.
struct SectionMeasure {
  std::uint32_t section = 0;
  std::uint32_t from = SectionPlan::kNone;  ///< of the old program; none: from what is neutral
  bool first_only = false;                  ///< the others are at once what they are
  double greatest = 0;
  bool abrupt = false;
};

/// Lanes of a sink of the old program that are not in the new one.
struct Deaths {
  ir::SinkIx from;
  std::size_t ghosts = 0;          ///< index into the new program's
  std::vector<std::uint8_t> kept;  ///< by old lane: it is still there
};

struct Transition {
  std::vector<Deaths> deaths;
  std::vector<RoleMeasure> roles;
  std::vector<PositionMatch> matches;  ///< of sinks whose lanes are other elements
  std::vector<SectionMeasure> sections;
  std::vector<double> sections_before, sections_earlier;  ///< offsets in the rehearsals, by number
  std::size_t background_ghosts = kNoGhosts;              ///< index into the new program's
  std::uint32_t rehearsals = 0;
  std::array<double, 2> rehearsed_ms{};
  bool measures() const { return !roles.empty() || !sections.empty(); }
};

/// Offsets and slopes of `next`, and what is needed to find them.
Transition make_transition(const SwapPlan& plan, std::shared_ptr<const ir::Program> from, ProgramState& next);

/// Before the old program's tick, at the time of `clock` which that tick will have: evaluates the new one.
void rehearse(Transition& transition, ProgramState& old, const Channels& old_channels, ProgramState& next,
              Channels& next_channels, const SwapPlan& plan, const Clock& clock);
/// After it.
void note_rehearsal(Transition& transition, ProgramState& old, ProgramState& next, const SwapPlan& plan);

/// In the new program's first tick, before it runs: evaluates the old program, whose state is `next`'s by now, and has
/// the offsets measured from it.
void begin_glides(Transition& transition, ProgramState& old, const Channels& old_channels, ProgramState& next,
                  const SwapPlan& plan, const Clock& old_clock);
/// After it.
void settle_glides(Transition& transition, ProgramState& next, double running_ms);

/// At the switch: what is gone begins to fade, what has begun goes on. `last` is the old program's last frame.
void carry_ghosts(const Transition& transition, ProgramState& old, ProgramState& next, const RenderFrame& last,
                  double running_ms);

/// Glides of numbers that nothing has changed go on.
void carry_glides(ProgramState& old, ProgramState& next, const SwapPlan& plan);

}  // namespace oscilla::runtime
