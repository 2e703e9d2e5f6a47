#include "graph/components.hpp"

#include <algorithm>
#include <span>

namespace oscilla::graph {
namespace {

/// Tarjan's algorithm with a stack of its own: a patch may chain more definitions than a thread's stack holds.
class Tarjan {
 public:
  Tarjan(const Graph& graph, Cuts cuts, Domains domains)
      : graph_(graph),
        cuts_(cuts),
        domains_(domains),
        order_(graph.nodes.size()),
        low_(graph.nodes.size()),
        open_(graph.nodes.size()) {}

  Components run() {
    for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i)
      if (order_[i] == 0) visit(i);
    return std::move(result_);
  }

 private:
  struct Frame {
    std::uint32_t node;
    std::size_t next_input = 0;
  };

  std::size_t edges_of(std::span<const Input> inputs) const {
    return domains_ == Domains::Respect ? 2 * inputs.size() : inputs.size();
  }

  /// What a node reads: first the sources of its inputs, then who makes their instances. Invalid where nothing is read.
  NodeIx edge(std::span<const Input> inputs, std::size_t i) const {
    const Source source = inputs[i % inputs.size()].source;
    if (!source.valid()) return {};
    if (i < inputs.size()) return cuts_ == Cuts::Respect && graph_[source.node].is_cut ? NodeIx{} : source.node;
    if (source.output >= graph_[source.node].outputs.size()) return {};
    const ir::InstanceIx instance = graph_.type_of(source).instance;
    return instance.valid() ? graph_.instances[instance.v] : NodeIx{};
  }

  void enter(std::uint32_t node) {
    order_[node] = low_[node] = ++counter_;
    open_[node] = true;
    stack_.push_back({node});
    frames_.push_back({node});
  }

  void visit(std::uint32_t root) {
    enter(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      const std::uint32_t node = frame.node;
      const std::span<const Input> inputs = graph_.nodes[node].inputs;
      if (frame.next_input == edges_of(inputs)) {
        frames_.pop_back();
        if (!frames_.empty()) low_[frames_.back().node] = std::min(low_[frames_.back().node], low_[node]);
        if (low_[node] == order_[node]) close(node);
        continue;
      }
      const NodeIx source = edge(inputs, frame.next_input++);
      if (!source.valid()) continue;
      if (order_[source.v] == 0)
        enter(source.v);
      else if (open_[source.v])
        low_[node] = std::min(low_[node], order_[source.v]);
    }
  }

  void close(std::uint32_t node) {
    NodeIx top;
    do {
      top = stack_.back();
      stack_.pop_back();
      open_[top.v] = false;
      result_.add(top);
    } while (top.v != node);
    result_.close();
  }

  const Graph& graph_;
  const Cuts cuts_;
  const Domains domains_;
  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> low_;
  std::vector<bool> open_;
  std::vector<NodeIx> stack_;
  std::vector<Frame> frames_;
  std::uint32_t counter_ = 0;
  Components result_;
};

}  // namespace

void Components::close() {
  const std::uint32_t begin = ends_.empty() ? 0 : ends_.back();
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

bool has_loops(const Graph& graph, const Components& components, Cuts cuts) {
  for (const Component component : components)
    if (is_loop(graph, component, cuts)) return true;
  return false;
}

}  // namespace oscilla::graph
