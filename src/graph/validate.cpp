#include "graph/validate.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include "graph/components.hpp"
#include "graph/findings.hpp"

namespace oscilla::graph {
namespace {

bool may_be_absent(const Node& node, std::size_t input) {
  if (node.row == nullptr) return false;
  const blocks::Port& port = node.port_of(input);
  return !port.words.empty() || port.list || port.type == blocks::PortType::Text ||
         port.fallback.kind == blocks::Fallback::Kind::Element || port.fallback.kind == blocks::Fallback::Kind::Absent;
}

void check_inputs(const Graph& graph, const Node& node, std::vector<std::string>& problems) {
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    const Source source = node.inputs[i].source;
    if (!source.valid()) {
      if (!may_be_absent(node, i)) problems.push_back(fmt::format("input {} of {} has no source", i, node.name));
    } else if (source.node.v >= graph.nodes.size() || source.output >= graph[source.node].outputs.size()) {
      problems.push_back(fmt::format("input {} of {} has a source that does not exist", i, node.name));
    }
  }
}

void check_outputs(const Graph& graph, const Node& node, std::vector<std::string>& problems) {
  for (const ir::Type& type : node.outputs) {
    if (type.payload == ir::Payload::Unknown)
      problems.push_back(fmt::format("{} has an output without a type", node.name));
    const bool field = type.cardinality == ir::Cardinality::Many;
    if (field != type.instance.valid() || (field && type.instance.v >= graph.instances.size()))
      problems.push_back(fmt::format("{} has a field without lanes, or lanes without a field", node.name));
  }
}

/// The laws of the axes: constants are of no time and no lane, only floats have units, and what is computed per element
/// has the lanes of what it is computed from.
void check_axes(const Graph& graph, const Node& node, std::vector<std::string>& problems) {
  for (const ir::Type& type : node.outputs)
    if (type.unit != ir::Unit::Plain && type.payload != ir::Payload::Float)
      problems.push_back(fmt::format("{} has a unit and is no float", node.name));
  if (node.kind == NodeKind::Row || node.kind == NodeKind::Error || node.outputs.size() != 1) return;
  if (node.kind == NodeKind::Adapter && node.inputs.size() > 1) return;  // a lane takes its parent's value
  ir::Cardinality cardinality = ir::Cardinality::Zero;
  for (const Input& input : node.inputs) {
    if (!input.source.valid()) continue;
    const ir::Type& type = graph.type_of(input.source);
    cardinality = std::max(cardinality, type.cardinality);
    if (type.instance.valid() && type.instance != node.outputs[0].instance)
      problems.push_back(fmt::format("{} reads lanes of another instance", node.name));
  }
  if (node.outputs[0].cardinality != cardinality)
    problems.push_back(fmt::format("{} changes the cardinality of what it reads", node.name));
}

}  // namespace

std::vector<std::string> validate(const Graph& graph) {
  std::vector<std::string> problems;
  const std::vector<bool> needed = needed_nodes(graph);
  std::set<std::string_view> names;
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
    const Node& node = graph.nodes[i];
    if (!names.insert(node.name).second) problems.push_back(fmt::format("two nodes are called {}", node.name));
    if (!needed[i]) continue;
    if (node.kind == NodeKind::Error) problems.push_back(fmt::format("{} is an error", node.name));
    check_inputs(graph, node, problems);
    check_outputs(graph, node, problems);
    check_axes(graph, node, problems);
  }
  const Components all = components(graph);
  for (const Component component : all)
    if (is_loop(graph, component))
      problems.push_back(fmt::format("the loop through {} is not cut", graph[component[0]].name));
  return problems;
}

}  // namespace oscilla::graph
