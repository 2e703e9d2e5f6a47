#include "graph/solve_types.hpp"

#include <algorithm>
#include <span>
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
bool solve_node(Graph& graph, NodeIx ix, std::vector<ir::Type>& scratch) {
  Node& node = graph[ix];
  if (node.kind == NodeKind::Constant || node.kind == NodeKind::Error) return false;
  arriving_types(graph, node, scratch);
  const std::size_t count = scratch.size();
  scratch.insert(scratch.end(), node.outputs.begin(), node.outputs.end());  // as they were
  const std::span<const ir::Type> arriving = std::span(scratch).first(count);
  const ir::InstanceIx parent = repeats(node) ? arriving[0].instance : ir::InstanceIx{};
  const bool other_parent = repeats(node) && std::exchange(graph.parents[node.instance.v], parent) != parent;
  const NodeTypes joined = join_inputs(node, arriving, graph.parents);
  if (node.row == nullptr || node.row->form != blocks::Form::Instance) node.instance = joined.instance;
  output_types(node, joined, arriving, node.outputs);
  return other_parent ||
         !std::equal(node.outputs.begin(), node.outputs.end(), scratch.begin() + static_cast<std::ptrdiff_t>(count));
}

/// Who reads each node of a loop inside of it.
std::vector<std::vector<NodeIx>> readers_in(const Graph& graph, Component component) {
  std::vector<std::vector<NodeIx>> readers(component.size());
  for (const NodeIx ix : component)
    for (const Input& input : graph[ix].inputs) {
      const auto source = std::lower_bound(component.begin(), component.end(), input.source.node);
      if (source == component.end() || *source != input.source.node) continue;
      readers[static_cast<std::size_t>(source - component.begin())].push_back(ix);
    }
  return readers;
}

/// Solves a loop: whoever reads a changed output is solved again, until nothing changes; false if it never comes to
/// rest.
bool solve_loop(Graph& graph, Component component, std::vector<ir::Type>& scratch) {
  const std::vector<std::vector<NodeIx>> readers = readers_in(graph, component);
  std::vector<NodeIx> queue(component.begin(), component.end());
  const auto turn = [&](NodeIx ix) {  // what a state begins with has the state's type, and comes right behind it
    return graph[ix].kind == NodeKind::Birth ? graph[ix].inputs[0].source.node : ix;
  };
  std::stable_sort(queue.begin(), queue.end(), [&](NodeIx a, NodeIx b) { return turn(a) < turn(b); });
  std::vector<bool> waits(component.size(), true);
  const auto place_of = [&](NodeIx ix) {
    return static_cast<std::size_t>(std::lower_bound(component.begin(), component.end(), ix) - component.begin());
  };
  const std::size_t limit = component.size() * kMaximumClimbs;
  for (std::size_t next = 0; next < queue.size(); ++next) {
    if (next > limit) return false;
    const NodeIx ix = queue[next];
    const std::size_t place = place_of(ix);
    waits[place] = false;
    if (!solve_node(graph, ix, scratch)) continue;
    // Whose lanes are whose matters to everybody.
    for (const NodeIx reader : repeats(graph[ix]) ? component : Component(readers[place])) {
      const std::size_t of_reader = place_of(reader);
      if (waits[of_reader]) continue;
      waits[of_reader] = true;
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
  const Components order = components(graph, Cuts::Ignore);
  std::vector<ir::Type> scratch;
  for (const Component component : order) {
    if (!order.has_loops() || !is_loop(graph, component, Cuts::Ignore))
      solve_node(graph, component[0], scratch);
    else if (!solve_loop(graph, component, scratch))
      findings.report(component[0], Code::E_TYPE_UNRESOLVED, graph[component[0]].span,
                      fmt::format("the type of `{}` depends on itself", graph[component[0]].place),
                      "give one block of the loop a value of a definite type, such as UnitDelay's `initial`");
  }
  give_single_lanes(graph);
  check_types(graph, order, findings);
}

}  // namespace oscilla::graph
