// Fields whose lanes see other lanes: of their own instance, or of another one.
#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using ir::ExprId;
using kernels::Op;

constexpr Output kOut[] = {{"out", PortType::T, "components each on their own"}};

// -- Scan

constexpr std::string_view kScanModes[] = {"sum", "min", "max"};
constexpr Port kScanPorts[] = {
    {"field", PortType::T, kRequired, "what is joined, from the first lane to each", Lanes::Field},
    {"mode", PortType::Int, number(0), "how", Lanes::Setting, 0, 2, kScanModes},
};

/// What is the same in every lane needs no pass over the lanes.
void lower_scan(Lowering& lower) {
  constexpr ir::Reduction kModes[] = {ir::Reduction::Sum, ir::Reduction::Minimum, ir::Reduction::Maximum};
  const ir::Reduction mode = kModes[lower.word(1)];
  for (std::uint8_t c = 0; c < lower.inputs[0].components(); ++c) {
    const ExprId plane = lower.in(0, c);
    ExprId& result = lower.outputs[0].planes[c];
    if (lower.build[plane].cardinality == ir::Cardinality::Many)
      result = lower.build.scan(mode, plane);
    else
      result = mode == ir::Reduction::Sum ? lower.multiply(plane, lower.add(lower.index(), lower.number(1))) : plane;
  }
}

// -- Neighbour

constexpr std::string_view kEdges[] = {"wrap", "clamp"};
constexpr Port kNeighbourPorts[] = {
    {"field", PortType::T, kRequired, "whose values", Lanes::Field},
    {"offset", PortType::Int, number(1), "how many lanes further on; negative: before"},
    {"edge", PortType::Int, number(0), "what is beyond the last lane: the first one again, or the last one",
     Lanes::Setting, 0, 1, kEdges},
};

void lower_neighbour(Lowering& lower) {
  ExprId lane = lower.add(lower.index(), lower.in(1));
  if (lower.word(2) == 0) lane = lower.op(Op::Modulo, {lane, lower.count()});  // a gather clamps by itself
  for (std::uint8_t c = 0; c < lower.inputs[0].components(); ++c)
    lower.outputs[0].planes[c] = lower.build.gather(lower.in(0, c), lane);
}

// -- Pick

constexpr Port kPickPorts[] = {
    {"field", PortType::T, kRequired, "whose value; of any instance", Lanes::Whole},
    {"index", PortType::Int, kRequired, "which lane, from 0; the nearest one where there is none of that number"},
};

/// One lane as a signal: the sum of all with the others taken out.
ExprId pick_one(Lowering& lower, ExprId plane, ExprId lane) {
  const Value& field = lower.inputs[0];
  const InstanceDraft& from = lower.draft.instances[field.type.instance.v];
  const ExprId count = from.count.valid() ? from.count : lower.number(from.instance.lanes);
  const ExprId last = lower.subtract(lower.op(Op::Max, {count, lower.number(1)}), lower.number(1));
  const ExprId wanted = lower.op(Op::Clamp, {lane, lower.number(0), last});
  const ExprId here = lower.op(Op::Equal, {lower.build.index(field.type.instance, from.instance.id), wanted});
  const ExprId none = lower.build.constant(0, lower.build[plane].base);
  return lower.build.reduce(ir::Reduction::Sum, lower.op(Op::Select, {here, plane, none}));
}

void lower_pick(Lowering& lower) {
  const ExprId lane = lower.in(1);
  const bool one = lower.build[lane].cardinality != ir::Cardinality::Many;
  for (std::uint8_t c = 0; c < lower.inputs[0].components(); ++c) {
    const ExprId plane = lower.in(0, c);
    const bool same = lower.build[plane].cardinality != ir::Cardinality::Many;
    ExprId& result = lower.outputs[0].planes[c];
    result = same ? plane : one ? pick_one(lower, plane, lane) : lower.build.gather(plane, lane);
  }
}

constexpr Row kRows[] = {
    {"Scan", Category::Field, Form::Pure,
     "Every lane joined with all lanes before it: running totals, places in a row.", kScanPorts, kOut, lower_scan},
    {"Neighbour", Category::Field, Form::Pure, "The value of another lane, so many lanes away.", kNeighbourPorts, kOut,
     lower_neighbour},
    {"Pick", Category::Field, Form::Pure,
     "The value of one lane, also of another instance: a signal for one index, a field for a field of them.",
     kPickPorts, kOut, lower_pick},
};

}  // namespace

std::span<const Row> lane_rows() { return kRows; }

}  // namespace oscilla::blocks
