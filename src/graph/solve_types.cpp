#include "graph/solve_types.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "graph/check_types.hpp"
#include "graph/components.hpp"
#include "graph/type_rules.hpp"

namespace oscilla::graph {
namespace {

/// A type climbs at most this often round a loop; a loop that has not come to rest then has no type.
constexpr int kMaximumRounds = 16;

void number_instances(Graph& graph) {
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
    Node& node = graph.nodes[i];
    if (node.row == nullptr || node.row->form != blocks::Form::Instance) continue;
    node.instance = {static_cast<std::uint32_t>(graph.instances.size())};
    graph.instances.push_back({i});
  }
}

/// Solves one node from what its inputs have now; true if an output changed.
bool solve_node(Graph& graph, NodeIx ix) {
  Node& node = graph[ix];
  if (node.kind == NodeKind::Constant || node.kind == NodeKind::Error) return false;
  const std::vector<ir::Type> arriving = arriving_types(graph, node);
  const NodeTypes joined = join_inputs(node, arriving);
  if (node.row == nullptr || node.row->form != blocks::Form::Instance) node.instance = joined.instance;
  std::vector<ir::Type> outputs = node.outputs;
  output_types(node, joined, arriving, outputs);
  const bool changed = outputs != node.outputs;
  node.outputs = std::move(outputs);
  return changed;
}

/// A sink whose inputs are all signals draws one lane of its own.
void give_single_lanes(Graph& graph) {
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
    Node& node = graph.nodes[i];
    if (node.row == nullptr || node.row->form != blocks::Form::Render || node.instance.valid()) continue;
    node.instance = {static_cast<std::uint32_t>(graph.instances.size())};
    graph.instances.push_back({i});
  }
}

}  // namespace

void solve_types(Graph& graph, Findings& findings) {
  number_instances(graph);
  const std::vector<std::vector<NodeIx>> order = components(graph, Cuts::Ignore);
  for (const std::vector<NodeIx>& component : order) {
    const bool loop = is_loop(graph, component, Cuts::Ignore);
    bool changed = true;
    for (int round = 0; changed && round < (loop ? kMaximumRounds : 1); ++round) {
      changed = false;
      for (const NodeIx ix : component) changed = solve_node(graph, ix) || changed;
    }
    if (loop && changed)
      findings.report(component[0], Code::E_TYPE_UNRESOLVED, graph[component[0]].span,
                      fmt::format("the type of `{}` depends on itself", graph[component[0]].place),
                      "give one block of the loop a value of a definite type, such as UnitDelay's `initial`");
  }
  give_single_lanes(graph);
  check_types(graph, order, findings);
}

}  // namespace oscilla::graph
