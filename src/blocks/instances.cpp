// Instances: what makes one thing many.
#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

constexpr Port kArrayPorts[] = {
    {"element", PortType::AnyT, kAbsent, "what there are many of; a small disc if left out", Lanes::Signal},
    {"count", PortType::Int, number(100), "how many", Lanes::Setting, 1, 4194304},
};

constexpr Output kArrayOutputs[] = {
    {"elements", PortType::AnyT, "the element, once a lane"},
    {"index", PortType::Int, "the lane's number, from 0"},
    {"t", PortType::Float, "0 at the first lane, 1 at the last; 0.5 where there is one"},
    {"u", PortType::Float, "index / count: for rings, whose end meets their beginning"},
    {"active", PortType::Bool, "whether the lane is in use"},
};

void lower_array(Lowering& lower) {
  InstanceDraft& draft = lower.draft.instances[lower.instance.v];
  draft.instance.lanes = static_cast<std::uint32_t>(lower.setting(1));
  draft.element = lower.has(0) ? lower.inputs[0] : lower.disc();
  lower.out(0, draft.element);
  lower.out(1, lower.index());
  lower.out(2, lower.normalized_index());
  lower.out(3, lower.divide(lower.index(), lower.number(lower.lanes())));
  lower.out(4, lower.build.constant(1, ir::Base::Bool));
}

constexpr Row kRows[] = {
    {"Array", Category::Instance, Form::Instance,
     "Makes many of one. Everything computed from its outputs is computed once a lane.", kArrayPorts, kArrayOutputs,
     lower_array},
};

}  // namespace

std::span<const Row> instance_rows() { return kRows; }

}  // namespace oscilla::blocks
