// Instances: what makes one thing many.
#include <algorithm>

#include <fmt/format.h>

#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using ir::ExprId;
using kernels::Op;

// -- Rows and pools

enum ArrayPort : std::size_t { kArrayElement, kArrayCount, kArrayPool };

constexpr Port kArrayPorts[] = {
    {"element", PortType::AnyT, kAbsent, kElementDoc, Lanes::Signal},
    {"count", PortType::Int, number(100), "how many; it may change while the patch runs, up to `maxCount`",
     Lanes::Signal, 1, kMostLanes},
    {"maxCount", PortType::Int, kAbsent, "the most that there can be: room for them is made once", Lanes::Setting, 1,
     kMostLanes},
};

constexpr Output kArrayOutputs[] = {
    {"elements", PortType::AnyT, "the element, once a lane"},
    {"index", PortType::Int, "the lane's number, from 0"},
    {"t", PortType::Float, "0 at the first lane, 1 at the last; 0.5 where there is one"},
    {"u", PortType::Float, "index / count: for rings, whose end meets their beginning"},
    {"active", PortType::Bool, "whether the lane is in use"},
};

/// Makes the instance a pool of `lanes` lanes, of which as many live as `asked` says: not a number counts as 0.
void make_pool(Lowering& lower, InstanceDraft& draft, ExprId asked) {
  ir::ExprBuilder& build = lower.build;
  const ExprId least = lower.op(Op::Max, {asked, build.constant(0, ir::Base::Int)});  // NaN is not above 0
  draft.asked = asked;
  draft.count = lower.op(Op::Min, {least, build.constant(draft.instance.lanes, ir::Base::Int)});
  build.set_count(lower.instance, draft.count);
}

void lower_array(Lowering& lower) {
  InstanceDraft& draft = lower.draft.instances[lower.instance.v];
  const ir::Expr& count = lower.build[lower.in(kArrayCount)];
  const bool known = count.kind == ir::ExprKind::Constant;
  const double lanes = lower.has(kArrayPool) ? lower.setting(kArrayPool) : known ? count.value : 1;
  draft.instance.lanes = static_cast<std::uint32_t>(lanes);
  if (!known && !lower.has(kArrayPool))
    lower.problems.emplace_back(kArrayPool, "`count` changes while the patch runs, so `maxCount` must be given");
  if (known && count.value > lanes)
    lower.problems.emplace_back(kArrayCount, fmt::format("`count` is {}, with a `maxCount` of {}", count.value, lanes));
  if (lower.has(kArrayPool)) make_pool(lower, draft, lower.in(kArrayCount));
  lower_elements(lower, element_of(lower, kArrayElement));
}

// -- Grids

enum GridPort : std::size_t { kGridColumns, kGridRows, kGridElement };

constexpr Port kGridPorts[] = {
    {"columns", PortType::Int, number(10), "how many stand side by side", Lanes::Setting, 1, kMostLanes},
    {"rows", PortType::Int, number(10), "how many stand one above the other", Lanes::Setting, 1, kMostLanes},
    {"element", PortType::AnyT, kAbsent, kElementDoc, Lanes::Signal},
};

constexpr Output kGridOutputs[] = {
    {"elements", PortType::AnyT, "the element, once a lane"},
    {"index", PortType::Int, "row * columns + column: the lane's number"},
    {"t", PortType::Float, "0 at the first lane, 1 at the last; 0.5 where there is one"},
    {"u", PortType::Float, "index / count"},
    {"active", PortType::Bool, "whether the lane is in use"},
    {"column", PortType::Int, "from 0 at the left"},
    {"row", PortType::Int, "from 0 at the bottom"},
    {"x", PortType::Float, "0 in the first column, 1 in the last; 0.5 where there is one"},
    {"y", PortType::Float, "0 in the bottom row, 1 in the top one; 0.5 where there is one"},
};

/// Where a cell stands on its axis.
ExprId place_on_axis(Lowering& lower, ExprId cell, double cells) {
  return cells > 1 ? lower.divide(cell, lower.number(cells - 1)) : lower.number(0.5);
}

void lower_grid_domain(Lowering& lower) {
  InstanceDraft& draft = lower.draft.instances[lower.instance.v];
  const double columns = lower.setting(kGridColumns);
  const double rows = lower.setting(kGridRows);
  draft.instance.lanes = static_cast<std::uint32_t>(std::min(columns * rows, 4294967295.0));
  draft.instance.inner = {static_cast<std::uint32_t>(columns)};
  const ExprId width = lower.build.constant(columns, ir::Base::Int);
  const ExprId row = lower.op(Op::Floor, {lower.divide(lower.index(), width)});
  const ExprId column = lower.subtract(lower.index(), lower.multiply(row, width));
  draft.element_id = {row, column};
  lower_elements(lower, element_of(lower, kGridElement));
  lower.out(5, column);
  lower.out(6, row);
  lower.out(7, place_on_axis(lower, column, columns));
  lower.out(8, place_on_axis(lower, row, rows));
}

// -- Repeat

enum RepeatPort : std::size_t { kRepeatParent, kRepeatCount, kRepeatElement };

constexpr Port kRepeatPorts[] = {
    {"parent", PortType::Domain, kRequired, "a field of the instance whose lanes are repeated", Lanes::Whole},
    {"count", PortType::Int, number(10), "how many for each lane of the parent", Lanes::Setting, 1, kMostLanes},
    {"element", PortType::AnyT, kAbsent, "what there are many of; the parent's element if left out", Lanes::Signal},
};

constexpr Output kRepeatOutputs[] = {
    {"elements", PortType::AnyT, "the element, once a lane"},
    {"index", PortType::Int, "parentIndex * count + ownIndex: the lane's number"},
    {"t", PortType::Float, "0 at the first lane, 1 at the last; 0.5 where there is one"},
    {"u", PortType::Float, "index / how many there are in all"},
    {"active", PortType::Bool, "whether the lane is in use: whether its parent's is"},
    {"parentIndex", PortType::Int, "the number of the parent's lane that it belongs to"},
    {"ownIndex", PortType::Int, "its number among those of the same parent, from 0"},
    {"ownT", PortType::Float, "0 at the first of the same parent, 1 at the last; 0.5 where there is one"},
    {"ownU", PortType::Float, "ownIndex / count: for rings round the parent"},
};
constexpr std::uint8_t kRepeatParentOutput = 5;

/// As many lanes as the parent has, each so many times; as many live as of the parent's do.
void size_repeat(Lowering& lower, InstanceDraft& draft, const InstanceDraft& parent, double count) {
  draft.instance.lanes = static_cast<std::uint32_t>(std::min(parent.instance.lanes * count, 4294967295.0));
  draft.instance.inner = parent.instance.inner;
  draft.instance.inner.push_back(static_cast<std::uint32_t>(count));
  if (!parent.count.valid()) return;
  draft.count = lower.multiply(parent.count, lower.build.constant(count, ir::Base::Int));
  draft.asked = draft.count;  // what does not fit is said of the parent
  lower.build.set_count(lower.instance, draft.count);
}

/// What is a value of the parent's lanes, for the lanes here.
ExprId of_parent(Lowering& lower, ExprId value, ExprId lane) { return lower.build.gather(value, lane); }

void lower_repeat(Lowering& lower) {
  InstanceDraft& draft = lower.draft.instances[lower.instance.v];
  const ir::InstanceIx parent_ix = lower.inputs[kRepeatParent].type.instance;
  const InstanceDraft& parent = lower.draft.instances[parent_ix.v];
  const double count = lower.setting(kRepeatCount);
  draft.instance.parent = parent_ix;
  size_repeat(lower, draft, parent, count);
  const ExprId width = lower.build.constant(count, ir::Base::Int);
  const ExprId lane = lower.op(Op::Floor, {lower.divide(lower.index(), width)});
  const ExprId own = lower.subtract(lower.index(), lower.multiply(lane, width));
  for (const ExprId id : parent.element_id) draft.element_id.push_back(of_parent(lower, id, lane));
  if (parent.element_id.empty()) draft.element_id.push_back(lane);
  draft.element_id.push_back(own);
  if (parent.active.valid()) draft.active = of_parent(lower, parent.active, lane);
  if (parent.fresh.valid()) draft.fresh = of_parent(lower, parent.fresh, lane);
  const bool parents = !lower.has(kRepeatElement) && parent.element.type.payload == ir::Payload::Shape;
  lower_elements(lower, parents ? parent.element : element_of(lower, kRepeatElement));
  lower.out(kRepeatParentOutput, lane);
  lower.out(6, own);
  lower.out(7, place_on_axis(lower, own, count));
  lower.out(8, lower.divide(own, lower.number(count)));
}

constexpr Row kRows[] = {
    {"Array", Category::Instance, Form::Instance,
     "Makes many of one. Everything computed from its outputs is computed once a lane.", kArrayPorts, kArrayOutputs,
     lower_array},
    {"Grid", Category::Instance, Form::Instance,
     "Makes many of one, in columns and rows. An element is known by its row and column, however many there are.",
     kGridPorts, kGridOutputs, lower_grid_domain},
    {.name = "Repeat",
     .category = Category::Instance,
     .form = Form::Instance,
     .doc = "Makes several of every lane of another instance: sparks of a burst, leaves of a branch. Beside its fields "
            "those of the parent may stand: every lane takes the value of the parent's lane that it belongs to.",
     .ports = kRepeatPorts,
     .outputs = kRepeatOutputs,
     .lower = lower_repeat,
     .parent_output = kRepeatParentOutput},
};

}  // namespace

Value element_of(Lowering& lower, std::size_t port) { return lower.has(port) ? lower.inputs[port] : lower.disc(); }

void lower_elements(Lowering& lower, const Value& element) {
  InstanceDraft& draft = lower.draft.instances[lower.instance.v];
  draft.element = element;
  lower.out(0, element);
  lower.out(1, lower.index());
  lower.out(2, lower.normalized_index());
  lower.out(3, lower.divide(lower.index(), lower.count()));
  lower.out(4, draft.active.valid() ? draft.active : lower.build.constant(1, ir::Base::Bool));
}

std::span<const Row> instance_rows() { return kRows; }

}  // namespace oscilla::blocks
