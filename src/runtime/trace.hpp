// What a tick has left in a program's memory, as a row of numbers to keep. In: which values are wanted, a program after
// its tick. Out: their numbers, in that order. A tick does nothing for it: slots, lists, states, planes and lanes stay
// as they are until the next one. Nothing is allocated here.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ir/program.hpp"

namespace oscilla::runtime {

struct ProgramState;

enum class TraceSource : std::uint8_t {
  Slots,    ///< `count` of them from `index` on
  State,    ///< a field's, `part` is the component
  Plane,    ///< what an earlier program of the tick has stored, or a scan or voices have made
  Tap,      ///< of probe `index`, `part` is the component; behind them ProgramState::tapped
  Sink,     ///< lanes as they are drawn, `part` is the ir::Role
  Glide,    ///< of sink `index` and role `part`: what is added to each lane; nothing at rest
  Factor,   ///< likewise, what each lane is multiplied by before that; nothing at rest or where none is measured
  Section,  ///< of the numbers that are no lane's: how much is left of their offset, 1 to 0
  Events,   ///< how many there are, then of the first `count` the key's bits as they are, its number and the value
  Program,  ///< field program `index`: 1 if what it gave in the tick before was taken, 0 if it ran
  Cache,    ///< plane `index`: 1 if it was there when the program was made, 0 if it was computed then
};

struct TraceItem {
  TraceSource source = TraceSource::Slots;
  std::uint8_t part = 0;
  std::uint32_t index = 0;
  std::uint32_t count = 1;
};

/// How many lanes there are, the first one, the smallest, the largest, the mean; of no lanes 0 everywhere.
inline constexpr std::size_t kSummaryNumbers = 5;

/// Of an event.
inline constexpr std::size_t kEventNumbers = 3;

struct TracePlan {
  std::vector<TraceItem> items;
  std::vector<std::uint32_t> lanes;  ///< of fields these, NaN where there is no such lane; none: a summary
  std::size_t numbers = 0;           ///< in all

  bool is_field(TraceSource source) const;
  /// How many numbers an item comes to.
  std::size_t numbers_of(const TraceItem& item) const;
};

/// `to` has room for the plan's numbers.
void read_trace(const TracePlan& plan, const ProgramState& state, std::span<double> to);

}  // namespace oscilla::runtime
