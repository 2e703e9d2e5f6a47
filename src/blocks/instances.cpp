// Instances: what makes one thing many.
#include <algorithm>

#include <fmt/format.h>

#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using ir::ExprId;
using kernels::Op;

constexpr double kMostLanes = 4194304;
constexpr std::string_view kElementDoc = "what there are many of; a small disc if left out";

/// What every block that makes an instance gives: elements, index, t, u, active.
void lower_elements(Lowering& lower, std::size_t element_port) {
  InstanceDraft& draft = lower.draft.instances[lower.instance.v];
  draft.element = lower.has(element_port) ? lower.inputs[element_port] : lower.disc();
  lower.out(0, draft.element);
  lower.out(1, lower.index());
  lower.out(2, lower.normalized_index());
  lower.out(3, lower.divide(lower.index(), lower.count()));
  lower.out(4, lower.build.constant(1, ir::Base::Bool));
}

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
  lower_elements(lower, kArrayElement);
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
  draft.instance.columns = static_cast<std::uint32_t>(columns);
  const ExprId width = lower.build.constant(columns, ir::Base::Int);
  const ExprId row = lower.op(Op::Floor, {lower.divide(lower.index(), width)});
  const ExprId column = lower.subtract(lower.index(), lower.multiply(row, width));
  draft.element_id = {row, column};
  lower_elements(lower, kGridElement);
  lower.out(5, column);
  lower.out(6, row);
  lower.out(7, place_on_axis(lower, column, columns));
  lower.out(8, place_on_axis(lower, row, rows));
}

constexpr Row kRows[] = {
    {"Array", Category::Instance, Form::Instance,
     "Makes many of one. Everything computed from its outputs is computed once a lane.", kArrayPorts, kArrayOutputs,
     lower_array},
    {"Grid", Category::Instance, Form::Instance,
     "Makes many of one, in columns and rows. An element is known by its row and column, however many there are.",
     kGridPorts, kGridOutputs, lower_grid_domain},
};

}  // namespace

std::span<const Row> instance_rows() { return kRows; }

}  // namespace oscilla::blocks
