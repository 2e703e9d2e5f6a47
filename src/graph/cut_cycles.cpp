#include "graph/cut_cycles.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "graph/components.hpp"

namespace oscilla::graph {
namespace {

bool remembers(const Node& node) { return node.row != nullptr && node.row->form == blocks::Form::State; }

/// The shortest loop through `start` inside `component`, from value to value.
std::vector<NodeIx> shortest_loop(const Graph& graph, const std::vector<NodeIx>& component, NodeIx start) {
  std::map<NodeIx, NodeIx> reader;  // by node: who reads it on the way back to start
  std::vector<NodeIx> open{start};
  for (std::size_t next = 0; next < open.size(); ++next) {
    const NodeIx ix = open[next];
    for (const Input& input : graph[ix].inputs) {
      const NodeIx source = input.source.node;
      if (!source.valid() || graph[source].is_cut || !std::binary_search(component.begin(), component.end(), source))
        continue;
      if (source == start) {
        std::vector<NodeIx> loop{start};
        for (NodeIx at = ix; at != start; at = reader.at(at)) loop.push_back(at);
        return loop;
      }
      if (reader.emplace(source, ix).second) open.push_back(source);
    }
  }
  return {start};
}

/// The loop as an artist knows it: the definitions that it passes, in the order of the values.
std::string describe(const Graph& graph, const std::vector<NodeIx>& loop) {
  std::vector<std::string> places;
  for (const NodeIx ix : loop) {
    std::string place = graph[ix].place.substr(0, graph[ix].place.find('.'));
    if (places.empty() || places.back() != place) places.push_back(std::move(place));
  }
  if (places.size() > 1 && places.front() == places.back()) places.pop_back();
  places.push_back(places.front());
  return fmt::format("{}", fmt::join(places, " -> "));
}

void report_loop(const Graph& graph, const std::vector<NodeIx>& component, Findings& findings) {
  std::vector<NodeIx> shortest;
  for (const NodeIx ix : component) {
    if (graph[ix].kind == NodeKind::Adapter || graph[ix].kind == NodeKind::Constant) continue;
    std::vector<NodeIx> loop = shortest_loop(graph, component, ix);
    if (shortest.empty() || loop.size() < shortest.size()) shortest = std::move(loop);
    if (component.size() > 1000) break;  // one loop of a huge knot is enough to start with
  }
  const Node& first = graph[shortest[0]];
  const std::string name = first.place.substr(0, first.place.find('.'));
  findings.report(shortest[0], Code::E_CYCLE_DETECTED, first.span,
                  fmt::format("a loop that nothing remembers: {}", describe(graph, shortest)),
                  fmt::format("read it one frame later where the loop closes: UnitDelay({})", name));
}

/// What has been reported has no value any more, so that nothing else complains about it.
void stop(Graph& graph, const std::vector<NodeIx>& component) {
  for (const NodeIx ix : component) {
    graph[ix].is_cut = true;
    graph[ix].kind = NodeKind::Error;
  }
}

}  // namespace

void cut_cycles(Graph& graph, Findings& findings) {
  for (Node& node : graph.nodes)
    if ((remembers(node) && node.row->delays) || node.kind == NodeKind::Error) node.is_cut = true;
  bool found = true;
  while (found) {
    found = false;
    for (const std::vector<NodeIx>& component : components(graph)) {
      if (!is_loop(graph, component)) continue;
      found = true;
      NodeIx first;
      for (const NodeIx ix : component)
        if (remembers(graph[ix]) && !graph[ix].is_cut && (!first.valid() || graph[ix].identity < graph[first].identity))
          first = ix;
      if (first.valid()) {
        graph[first].is_cut = true;
        findings.report(
            first, Code::I_CYCLE_CUT, graph[first].span,
            fmt::format("feedback: in this loop `{}` gives the value of the frame before", graph[first].place),
            "a UnitDelay in the loop says where it is cut");
      } else {
        report_loop(graph, component, findings);
        stop(graph, component);
      }
    }
  }
}

}  // namespace oscilla::graph
