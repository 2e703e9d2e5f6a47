#include "graph/components.hpp"

#include <algorithm>
#include <span>

namespace oscilla::graph {
namespace {

/// Tarjan's algorithm with a stack of its own: a patch may chain more definitions than a thread's stack holds.
class Tarjan {
 public:
  Tarjan(const Graph& graph, Cuts cuts, Domains domains)
      : graph_(graph), order_(graph.nodes.size()), low_(graph.nodes.size()), open_(graph.nodes.size()) {
    list_edges(cuts, domains);
  }

  Components run() {
    for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i)
      if (order_[i] == 0) visit(i);
    return std::move(result_);
  }

 private:
  struct Frame {
    std::uint32_t node;
    std::uint32_t next_edge;
  };

  /// What each node reads: first the sources of its inputs, then who makes their instances. The search jumps about in
  /// a list that the caches hold, not in the nodes.
  void list_edges(Cuts cuts, Domains domains) {
    std::vector<bool> is_cut(graph_.nodes.size());
    for (std::size_t i = 0; i < graph_.nodes.size() && cuts == Cuts::Respect; ++i) is_cut[i] = graph_.nodes[i].is_cut;
    first_edge_.reserve(graph_.nodes.size() + 1);
    for (const Node& node : graph_.nodes) {
      first_edge_.push_back(static_cast<std::uint32_t>(edges_.size()));
      for (const Input& input : node.inputs)
        if (input.source.valid() && !is_cut[input.source.node.v]) edges_.push_back(input.source.node);
      if (domains == Domains::Ignore) continue;
      for (const Input& input : node.inputs)
        if (const NodeIx maker = instance_of(input.source); maker.valid()) edges_.push_back(maker);
    }
    first_edge_.push_back(static_cast<std::uint32_t>(edges_.size()));
  }

  NodeIx instance_of(Source source) const {
    if (!source.valid() || source.output >= graph_[source.node].outputs.size()) return {};
    const ir::InstanceIx instance = graph_.type_of(source).instance;
    return instance.valid() ? graph_.instances[instance.v] : NodeIx{};
  }

  void enter(std::uint32_t node) {
    order_[node] = low_[node] = ++counter_;
    open_[node] = true;
    stack_.push_back({node});
    frames_.push_back({node, first_edge_[node]});
  }

  void visit(std::uint32_t root) {
    enter(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      const std::uint32_t node = frame.node;
      if (frame.next_edge == first_edge_[node + 1]) {
        frames_.pop_back();
        if (!frames_.empty()) low_[frames_.back().node] = std::min(low_[frames_.back().node], low_[node]);
        if (low_[node] == order_[node]) close(node);
        continue;
      }
      const NodeIx source = edges_[frame.next_edge++];
      if (order_[source.v] == 0)
        enter(source.v);
      else if (open_[source.v])
        low_[node] = std::min(low_[node], order_[source.v]);
    }
  }

  void close(std::uint32_t node) {
    const auto edges = std::span(edges_).subspan(first_edge_[node], first_edge_[node + 1] - first_edge_[node]);
    const bool reads_itself = std::find(edges.begin(), edges.end(), NodeIx{node}) != edges.end();
    NodeIx top;
    do {
      top = stack_.back();
      stack_.pop_back();
      open_[top.v] = false;
      result_.add(top);
    } while (top.v != node);
    result_.close(reads_itself);
  }

  const Graph& graph_;
  std::vector<NodeIx> edges_;
  std::vector<std::uint32_t> first_edge_;  ///< by node, and behind the last
  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> low_;
  std::vector<bool> open_;
  std::vector<NodeIx> stack_;
  std::vector<Frame> frames_;
  std::uint32_t counter_ = 0;
  Components result_;
};

}  // namespace

void Components::close(bool reads_itself) {
  const std::uint32_t begin = ends_.empty() ? 0 : ends_.back();
  has_loops_ = has_loops_ || reads_itself || nodes_.size() - begin > 1;
  if (nodes_.size() - begin > 1) std::sort(nodes_.begin() + begin, nodes_.end());
  ends_.push_back(static_cast<std::uint32_t>(nodes_.size()));
}

Components components(const Graph& graph, Cuts cuts, Domains domains) { return Tarjan(graph, cuts, domains).run(); }

bool is_loop(const Graph& graph, Component component, Cuts cuts) {
  if (component.size() > 1) return true;
  const Node& node = graph[component[0]];
  return (cuts == Cuts::Ignore || !node.is_cut) &&
         std::any_of(node.inputs.begin(), node.inputs.end(),
                     [&](const Input& input) { return input.source.node == component[0]; });
}

}  // namespace oscilla::graph
