// What may be another number after an edit. In: two programs, and what becomes of the old one's instances, states,
// channels and queues. Out: for everything that both compute, whether its value is surely what it was. Pure.
#pragma once

#include <vector>

#include "ir/program.hpp"
#include "runtime/swap_plan.hpp"

namespace oscilla::runtime {

/// Expressions whose values may be other ones than an expression of the same hash in the old program has.
class Changes {
 public:
  /// `plan` knows what becomes of instances, states, channels and queues.
  Changes(const ir::Program& from, const ir::Program& to, const SwapPlan& plan);

  bool moved(ir::InstanceIx instance) const { return moved_instances_[instance.v]; }
  bool changed(ir::ExprId before, ir::ExprId now) const;
  bool changed(ir::SlotIx before, ir::SlotIx now) const;
  bool changed(const ir::Operand& before, const ir::Operand& now) const;

 private:
  bool is_changed(const ir::Expr& expr) const;
  bool same_pace(ir::TimeValue value) const;
  bool goes_on(ir::StateIx state) const;
  bool goes_on(const ir::Expr& list) const;
  bool voices_go_on(ir::InstanceIx instance) const;

  const ir::Program& from_;
  const ir::Program& to_;
  const SwapPlan& plan_;
  std::vector<bool> moved_instances_;  // by instance of the new program
  std::vector<bool> changed_;          // by expression of the new program
};

/// Whether the lanes of both are all the same elements.
bool same_elements(const ir::Program& from, const ir::Instance& old, const ir::Program& to,
                   const ir::Instance& instance);

}  // namespace oscilla::runtime
