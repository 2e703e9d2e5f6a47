#include "graph/cut_cycles.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "graph/components.hpp"
#include "graph/first_on_loop.hpp"

namespace oscilla::graph {
namespace {

bool remembers(const Node& node) { return node.row != nullptr && node.row->form == blocks::Form::State; }

/// Finds the shortest loops of a patch, until so many wires have been followed that any loop must do.
class LoopFinder {
 public:
  explicit LoopFinder(const Graph& graph) : graph_(graph), seen_(graph.nodes.size()), reader_(graph.nodes.size()) {}

  /// From value to value; of a huge knot not always the shortest.
  std::vector<NodeIx> shortest(Component component) {
    std::vector<NodeIx> shortest;
    for (const NodeIx ix : component) {
      if (graph_[ix].kind == NodeKind::Adapter || graph_[ix].kind == NodeKind::Constant) continue;
      std::vector<NodeIx> loop = through(component, ix);
      if (shortest.empty() || loop.size() < shortest.size()) shortest = std::move(loop);
      if (wires_ > kMostWires) break;
    }
    return shortest;
  }

 private:
  static constexpr std::size_t kMostWires = 1000000;

  /// The shortest loop through `start` inside `component`.
  std::vector<NodeIx> through(Component component, NodeIx start) {
    ++search_;
    std::vector<NodeIx> open{start};
    for (std::size_t next = 0; next < open.size(); ++next) {
      const NodeIx ix = open[next];
      for (const Input& input : graph_[ix].inputs) {
        ++wires_;
        const NodeIx source = input.source.node;
        if (!source.valid() || graph_[source].is_cut || !std::binary_search(component.begin(), component.end(), source))
          continue;
        if (source == start) {
          std::vector<NodeIx> loop{start};
          for (NodeIx at = ix; at != start; at = reader_[at.v]) loop.push_back(at);
          return loop;
        }
        if (seen_[source.v] == search_) continue;
        seen_[source.v] = search_;
        reader_[source.v] = ix;  // who reads it on the way back to start
        open.push_back(source);
      }
    }
    return {start};
  }

  const Graph& graph_;
  std::vector<std::uint32_t> seen_;  ///< by node: in which search
  std::vector<NodeIx> reader_;
  std::uint32_t search_ = 0;
  std::size_t wires_ = 0;
};

/// The definition that a place is in: "pos" of "pos.radius"; in a composite the inner one.
std::string_view definition_name(const Graph& graph, const Node& node) {
  return node.definition == kNoDefinition ? node.place : graph.definitions[node.definition].place;
}

/// Names that only stand for what `reader` reads of `source`, in the order of the values.
std::vector<std::string> aliases_between(const Graph& graph, NodeIx source, NodeIx reader) {
  std::vector<std::string> names;
  for (const Input& input : graph[reader].inputs) {
    if (input.source.node != source) continue;
    for (std::uint32_t at = input.via; at != kNoDefinition && graph.definitions[at].alias != kNoDefinition;
         at = graph.definitions[at].alias)
      names.emplace_back(graph.definitions[at].place);
    break;
  }
  std::reverse(names.begin(), names.end());
  return names;
}

/// The loop as an artist knows it: the definitions that it passes, in the order of the values.
std::string describe(const Graph& graph, const std::vector<NodeIx>& loop) {
  std::vector<std::string> places;
  const auto pass = [&](std::string place) {
    if (places.empty() || places.back() != place) places.push_back(std::move(place));
  };
  for (std::size_t i = 0; i < loop.size(); ++i) {
    pass(std::string(definition_name(graph, graph[loop[i]])));
    for (std::string& name : aliases_between(graph, loop[i], loop[(i + 1) % loop.size()])) pass(std::move(name));
  }
  if (places.size() > 1 && places.front() == places.back()) places.pop_back();
  places.push_back(places.front());
  return fmt::format("{}", fmt::join(places, " -> "));
}

bool gives_event(const Node& node) {
  if (node.kind == NodeKind::Combine) return node.combine == CombineMode::Any || node.combine == CombineMode::All;
  return node.row != nullptr && !node.row->outputs.empty() && node.row->outputs[0].type == blocks::PortType::Event;
}

/// Where a UnitDelay closes the loop: at a value; events cannot wait for a frame.
std::string loop_hint(const Graph& graph, const std::vector<NodeIx>& loop) {
  const auto value = std::find_if(loop.begin(), loop.end(), [&](NodeIx ix) { return !gives_event(graph[ix]); });
  const bool all_events = value == loop.end();
  std::string_view name = definition_name(graph, graph[all_events ? loop[0] : *value]);
  name = name.substr(name.rfind('.') + 1);
  if (all_events)
    return fmt::format(
        "a value of them may: where the loop closes, EdgeDetect(UnitDelay(Toggle({})), mode: both) fires "
        "one frame later",
        name);
  const bool makes_lanes = std::ranges::any_of(
      loop, [&](NodeIx ix) { return graph[ix].row != nullptr && graph[ix].row->form == blocks::Form::Instance; });
  if (makes_lanes) return "let one value of its elements lead back, a frame later: UnitDelay(Reduce(...))";
  return fmt::format("read it one frame later where the loop closes: UnitDelay({})", name);
}

/// A loop that nothing remembers. It has no value any more, so that nothing else complains about it.
void refuse(Graph& graph, Component component, LoopFinder& finder, Findings& findings) {
  const std::vector<NodeIx> shortest = finder.shortest(component);
  const Node& first = graph[shortest[0]];
  const bool of_events = std::ranges::all_of(shortest, [&](NodeIx ix) { return gives_event(graph[ix]); });
  const std::string_view what =
      of_events ? "a loop of events, which never wait for a frame" : "a loop that nothing remembers";
  findings.report(shortest[0], Code::E_CYCLE_DETECTED, first.span,
                  fmt::format("{}: {}", what, describe(graph, shortest)), loop_hint(graph, shortest));
  for (const NodeIx ix : component) {
    graph[ix].is_cut = true;
    graph[ix].kind = NodeKind::Error;
  }
}

/// Loops that pass no block that remembers.
void refuse_loops(Graph& graph, Findings& findings) {
  std::vector<bool> was_cut;
  for (Node& node : graph.nodes) {
    was_cut.push_back(node.is_cut);
    node.is_cut = node.is_cut || remembers(node);
  }
  const Components all = components(graph);
  LoopFinder finder(graph);
  for (const Component component : all)
    if (is_loop(graph, component)) refuse(graph, component, finder, findings);
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    if (remembers(graph.nodes[i])) graph.nodes[i].is_cut = was_cut[i];
}

}  // namespace

void cut_cycles(Graph& graph, Findings& findings) {
  for (Node& node : graph.nodes)
    if ((remembers(node) && node.row->delays) || node.kind == NodeKind::Error) node.is_cut = true;
  if (!components(graph).has_loops()) return;
  refuse_loops(graph, findings);
  std::vector<NodeIx> states;
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i)
    if (remembers(graph.nodes[i]) && !graph.nodes[i].is_cut) states.push_back({i});
  std::sort(states.begin(), states.end(), [&](NodeIx a, NodeIx b) { return graph[a].identity < graph[b].identity; });
  for (const NodeIx ix : first_on_some_loop(graph, states)) {
    graph[ix].is_cut = true;
    findings.report(ix, Code::I_CYCLE_CUT, graph[ix].span,
                    fmt::format("feedback: in this loop `{}` gives the value of the frame before", graph[ix].place),
                    "a UnitDelay in the loop says where it is cut");
  }
}

}  // namespace oscilla::graph
