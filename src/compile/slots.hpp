// The scalar half of a program: a 64-bit slot for every live expression that is not a field, a list for every live list
// of events, and the instructions that fill them. Constants come first and are never written, then time, inputs,
// states, then results. Numbers and events of a stage are one list in the order in which they need each other; it falls
// into phases, numbers and events in turns, as few as can be.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "compile/liveness.hpp"
#include "compile/lower.hpp"
#include "compile/when.hpp"
#include "ir/program.hpp"

namespace oscilla::compile {

/// When a scalar or event instruction runs: even phases are of numbers, odd ones of events.
struct Phase {
  When when;
  std::uint16_t phase = 0;
  auto operator<=>(const Phase&) const = default;
};

class Slots {
 public:
  /// Adds slots, start values, time slots, lists, queues, scalar and event instructions to `program`.
  Slots(const Lowered& lowered, const Liveness& live, const std::vector<std::uint32_t>& state_numbers,
        ir::Program& program);

  /// The slot of a live expression of cardinality zero or one.
  ir::SlotIx of(ir::ExprId id) const { return of_expr_[id.v]; }
  /// The slot that component `c` of a signal's state is read from.
  ir::SlotIx of_state(std::uint32_t state, std::uint8_t c) const { return of_state_[state][c]; }
  /// The list of a live list of events.
  ir::EventIx list_of(ir::ExprId id) const { return lists_[id.v]; }
  /// When each scalar instruction runs; ascending.
  const std::vector<Phase>& scalar_times() const { return scalar_times_; }
  /// The same of event instructions.
  const std::vector<Phase>& event_times() const { return event_times_; }

 private:
  ir::SlotIx add(ir::Program& program, double start, ir::ExprId origin);
  void add_constants(const Lowered& lowered, const Liveness& live, ir::Program& program);
  void add_sources(const Lowered& lowered, const Liveness& live, const std::vector<std::uint32_t>& state_numbers,
                   ir::Program& program);
  void add_instructions(const Lowered& lowered, const Liveness& live, ir::Program& program);
  void add_scalar(const ir::ExprTable& exprs, std::uint32_t i, Phase phase, ir::Program& program);
  void add_lists(const Lowered& lowered, const Liveness& live, ir::Program& program);
  void add_event(const Lowered& lowered, std::uint32_t i, Phase phase, ir::Program& program);

  std::vector<ir::SlotIx> of_expr_;
  std::vector<std::array<ir::SlotIx, 4>> of_state_;
  std::vector<ir::EventIx> lists_;            // by expression
  std::vector<std::uint32_t> queue_numbers_;  // by draft
  std::map<std::pair<kernels::Op, std::vector<ir::ExprId>>, std::uint32_t>
      made_;  // an op with several results is one instruction
  std::vector<Phase> scalar_times_;
  std::vector<Phase> event_times_;
};

}  // namespace oscilla::compile
