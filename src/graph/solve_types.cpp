#include "graph/solve_types.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "graph/check_types.hpp"
#include "graph/components.hpp"
#include "graph/type_rules.hpp"

namespace oscilla::graph {
namespace {

/// A node's type climbs a few steps only; a loop in which one is solved this often on average has no type.
constexpr std::size_t kMaximumClimbs = 64;

void number_instances(Graph& graph) {
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
    Node& node = graph.nodes[i];
    if (node.row == nullptr || node.row->form != blocks::Form::Instance) continue;
    node.instance = {static_cast<std::uint32_t>(graph.instances.size())};
    graph.instances.push_back({i});
  }
  graph.parents.resize(graph.instances.size());
}

bool repeats(const Node& node) { return node.row != nullptr && blocks::repeats(*node.row); }

/// Solves one node from what its inputs have now; true if an output changed.
bool solve_node(Graph& graph, NodeIx ix) {
  Node& node = graph[ix];
  if (node.kind == NodeKind::Constant || node.kind == NodeKind::Error) return false;
  const std::vector<ir::Type> arriving = arriving_types(graph, node);
  const ir::InstanceIx parent = repeats(node) ? arriving[0].instance : ir::InstanceIx{};
  const bool other_parent = repeats(node) && std::exchange(graph.parents[node.instance.v], parent) != parent;
  const NodeTypes joined = join_inputs(node, arriving, graph.parents);
  if (node.row == nullptr || node.row->form != blocks::Form::Instance) node.instance = joined.instance;
  std::vector<ir::Type> outputs = node.outputs;
  output_types(node, joined, arriving, outputs);
  const bool changed = other_parent || outputs != node.outputs;
  node.outputs = std::move(outputs);
  return changed;
}

std::vector<std::vector<NodeIx>> readers_of(const Graph& graph) {
  std::vector<std::vector<NodeIx>> readers(graph.nodes.size());
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i)
    for (const Input& input : graph.nodes[i].inputs)
      if (input.source.valid()) readers[input.source.node.v].push_back({i});
  return readers;
}

/// Solves a loop: whoever reads a changed output is solved again, until nothing changes; false if it never comes to
/// rest.
bool solve_loop(Graph& graph, const std::vector<NodeIx>& component, const std::vector<std::vector<NodeIx>>& readers) {
  std::vector<NodeIx> queue = component;
  std::vector<bool> waits(component.size(), true);
  const auto place_of = [&](NodeIx ix) {
    return std::lower_bound(component.begin(), component.end(), ix) - component.begin();
  };
  const std::size_t limit = component.size() * kMaximumClimbs;
  for (std::size_t next = 0; next < queue.size(); ++next) {
    if (next > limit) return false;
    const NodeIx ix = queue[next];
    waits[static_cast<std::size_t>(place_of(ix))] = false;
    if (!solve_node(graph, ix)) continue;
    // Whose lanes are whose matters to everybody.
    for (const NodeIx reader : repeats(graph[ix]) ? component : readers[ix.v]) {
      const std::size_t place = static_cast<std::size_t>(place_of(reader));
      if (place == component.size() || component[place] != reader || waits[place]) continue;
      waits[place] = true;
      queue.push_back(reader);
    }
  }
  return true;
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
  const std::vector<std::vector<NodeIx>> readers = readers_of(graph);
  for (const std::vector<NodeIx>& component : order) {
    if (!is_loop(graph, component, Cuts::Ignore))
      solve_node(graph, component[0]);
    else if (!solve_loop(graph, component, readers))
      findings.report(component[0], Code::E_TYPE_UNRESOLVED, graph[component[0]].span,
                      fmt::format("the type of `{}` depends on itself", graph[component[0]].place),
                      "give one block of the loop a value of a definite type, such as UnitDelay's `initial`");
  }
  give_single_lanes(graph);
  check_types(graph, order, findings);
}

}  // namespace oscilla::graph
