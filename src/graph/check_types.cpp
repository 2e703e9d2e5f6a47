#include "graph/check_types.hpp"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "graph/adapters.hpp"
#include "graph/type_checker.hpp"

namespace oscilla::graph {

using ir::Payload;
using ir::Type;
using kernels::UnitRule;

void TypeChecker::run(const Components& order) {
  find_angles();
  for (const Component component : order) {
    const std::size_t before = findings_.list().size();
    for (const NodeIx ix : component) check(ix);
    if (findings_.list().size() == before) check_resolved(component);
  }
}

/// Whether anybody reads a node's value as an angle: functions such as floor() take a turn as its number.
void TypeChecker::find_angles() {
  read_as_angle_.resize(graph_.nodes.size());
  for (const Node& node : graph_.nodes)
    for (const Input& input : node.inputs)
      if (input.source.valid() && !(node.kind == NodeKind::Op && kernels::row_of(node.op).unit == UnitRule::Plain))
        read_as_angle_[input.source.node.v] = true;
}

void TypeChecker::fail(NodeIx ix, Code code, Span span, std::string message, std::string_view hint) {
  findings_.report(ix, code, span, std::move(message), std::string(hint));
  bad_[ix.v] = true;
}

/// A mistake is told where it is made: what reads its result is bad too, and silent. In a loop it may be told later
/// than at its readers, which see a value of unknown type.
void TypeChecker::check(NodeIx ix) {
  const NodeKind kind = graph_[ix].kind;
  if (kind == NodeKind::Error) bad_[ix.v] = true;
  if (kind == NodeKind::Error || kind == NodeKind::Constant) return;
  for (const Input& input : graph_[ix].inputs)
    if (input.source.valid() && bad_[input.source.node.v]) bad_[ix.v] = true;
  if (bad_[ix.v] || reads_unknown(graph_[ix])) return check_known_ports(ix);
  arriving_types(graph_, graph_[ix], arriving_);
  const NodeTypes joined = join_inputs(graph_[ix], arriving_, graph_.parents);
  if (!check_instances(ix, joined)) return;
  take_parents_values(ix, joined.instance);
  arriving_types(graph_, graph_[ix], arriving_);
  const Types& arriving = arriving_;
  switch (kind) {
    case NodeKind::Row: check_row(ix, arriving, joined); break;
    case NodeKind::Op: check_op(ix, arriving, joined); break;
    case NodeKind::Swizzle: check_swizzle(ix, arriving[0]); break;
    case NodeKind::Combine: check_combine(ix, arriving, joined); break;
    case NodeKind::Parameter: check_parameter(ix, arriving[0], joined); break;
    default: break;
  }
}

/// Of a node that cannot be checked as a whole because something before it is wrong, or not known in a loop: the other
/// arguments still can.
void TypeChecker::check_known_ports(NodeIx ix) {
  if (graph_[ix].kind == NodeKind::Op) {
    arriving_types(graph_, graph_[ix], arriving_);
    for (std::size_t i = 0; i < arriving_.size(); ++i)
      if (bad_[graph_[ix].inputs[i].source.node.v]) arriving_[i] = {};
    check_op_payloads(ix, arriving_, join_inputs(graph_[ix], arriving_, graph_.parents));
  }
  if (graph_[ix].kind != NodeKind::Row) return;
  for (std::size_t port = 0; port < graph_[ix].inputs.size(); ++port) {
    const Source source = graph_[ix].inputs[port].source;
    if (!source.valid() || bad_[source.node.v] || graph_.type_of(source).payload == Payload::Unknown) continue;
    if (is_generic(graph_[ix].port_of(port).type)) continue;
    const Type type = graph_.type_of(source);
    const blocks::Port& wanted = graph_[ix].port_of(port);
    if (check_port(ix, port, wanted, type, {})) adapt_port(ix, port, wanted, type, {});
  }
}

bool TypeChecker::reads_unknown(const Node& node) const {
  return std::any_of(node.inputs.begin(), node.inputs.end(), [&](const Input& input) {
    return input.source.valid() && graph_.type_of(input.source).payload == Payload::Unknown;
  });
}

/// Values of unknown type where nothing is wrong: once a loop.
void TypeChecker::check_resolved(Component component) {
  const auto unknown = [&](NodeIx ix) {
    const std::span<const Type> outputs = graph_[ix].outputs;
    return std::any_of(outputs.begin(), outputs.end(),
                       [](const Type& type) { return type.payload == Payload::Unknown; });
  };
  const auto sound = [&](NodeIx ix) {
    const std::span<const Input> inputs = graph_[ix].inputs;
    return graph_[ix].kind != NodeKind::Error && std::none_of(inputs.begin(), inputs.end(), [&](const Input& input) {
             return input.source.valid() && bad_[input.source.node.v] &&
                    !std::binary_search(component.begin(), component.end(), input.source.node);
           });
  };
  if (std::none_of(component.begin(), component.end(), unknown) ||
      !std::all_of(component.begin(), component.end(), sound))
    return;
  const NodeIx ix = *std::find_if(component.begin(), component.end(), unknown);
  fail(ix, Code::E_TYPE_UNRESOLVED, graph_[ix].span, fmt::format("nothing says what type `{}` has", graph_[ix].place),
       "its loop has no value but itself: add one, or say what it begins with: `initial: 0`, `initial: (0.5, 0.5)`");
}

bool TypeChecker::check_instances(NodeIx ix, const NodeTypes& joined) {
  const bool repeats = graph_[ix].row != nullptr && blocks::repeats(*graph_[ix].row);
  if (repeats && belongs_to(graph_.parents, graph_[ix].instance, graph_[ix].instance)) {
    fail(ix, Code::E_CYCLE_DETECTED, graph_[ix].span, fmt::format("`{}` repeats its own lanes", graph_[ix].place),
         "`parent` is a field of another instance, such as an Array");
    return false;
  }
  if (!joined.other_instance.valid()) return true;
  const std::string_view a = graph_[graph_.instances[joined.instance.v]].place;
  const std::string_view b = graph_[graph_.instances[joined.other_instance.v]].place;
  fail(ix, Code::E_INSTANCE_MISMATCH, graph_[ix].span, fmt::format("lanes of `{}` meet lanes of `{}`", a, b),
       fmt::format("use fields of one of them only: lane 3 of `{}` has nothing to do with lane 3 of `{}`", a, b));
  return false;
}

/// Where a Repeat's lanes meet fields of its parent, or of that one's parent: every lane takes the value of the lane
/// that it belongs to.
void TypeChecker::take_parents_values(NodeIx ix, ir::InstanceIx instance) {
  for (std::size_t i = 0; i < graph_[ix].inputs.size(); ++i) {
    const Node& node = graph_[ix];
    if (!node.inputs[i].source.valid()) continue;
    const ir::InstanceIx from = graph_.type_of(node.inputs[i].source).instance;
    const bool is_row = node.kind == NodeKind::Row;
    if (!from.valid() || from == instance || (is_row && node.port_of(i).lanes == blocks::Lanes::Whole)) continue;
    std::vector<ir::InstanceIx> way;  // from the lanes of the node up to below those of the value
    for (ir::InstanceIx at = instance; at != from; at = graph_.parents[at.v]) way.push_back(at);
    const bool is_block = is_row && node.row->category != blocks::Category::Function;
    const std::string_view place = is_block ? graph_.names.keep({node.place, ".", node.port_of(i).name}) : node.place;
    for (; !way.empty(); way.pop_back()) {
      insert(ix, i, of_parent_adapter(), place);
      const NodeIx repeat = graph_.instances[way.back().v];
      Node& adapter = graph_.nodes.back();
      adapter.instance = adapter.outputs[0].instance = way.back();
      adapter.inputs.push_back({{repeat, graph_[repeat].row->parent_output}, adapter.span});
    }
  }
}

void TypeChecker::insert(NodeIx ix, std::size_t input_index, std::uint8_t row, std::string_view place) {
  const Input input = graph_[ix].inputs[input_index];
  Node node;
  node.kind = NodeKind::Adapter;
  node.adapter = row;
  node.span = input.span;
  node.definition = graph_[ix].definition;
  node.inputs = {input};
  Type type = graph_.type_of(input.source);
  node.instance = type.instance;
  if (adapter_rows()[row].finish != Finish::OfParent) {
    type.unit = adapter_rows()[row].to;
    if (type.payload == Payload::Int) type.payload = Payload::Float;
  }
  node.outputs = {type};
  node.name = graph_.names.keep({place, ".", adapter_rows()[row].name});
  const std::uint32_t n = ++adapter_counts_[node.name];
  if (n > 1) node.name = graph_.names.keep({node.name, fmt::format("~{}", n)});
  node.identity = node.name;
  node.place = place;
  graph_.nodes.push_back(std::move(node));
  bad_.push_back(false);
  graph_[ix].inputs[input_index].source = {{static_cast<std::uint32_t>(graph_.nodes.size() - 1)}, 0};
}

void arriving_types(const Graph& graph, const Node& node, std::vector<Type>& types) {
  types.assign(node.inputs.size(), {});
  for (std::size_t i = 0; i < node.inputs.size(); ++i)
    if (node.inputs[i].source.valid()) types[i] = graph.type_of(node.inputs[i].source);
}

void check_types(Graph& graph, const Components& order, Findings& findings) { TypeChecker(graph, findings).run(order); }

}  // namespace oscilla::graph
