// A block is the first of a loop iff it lies on one when all blocks before it are taken out. So blocks are put in one
// after the other, the last of the order first, and what counts is whether a wire's two ends become strongly connected
// in the very step that puts its later end in. Those steps are found for all wires together by halving the steps:
// O(wires * log blocks), where trying each block in turn would be quadratic.
#include "graph/first_on_loop.hpp"

#include <algorithm>
#include <numeric>

#include "graph/components.hpp"

namespace oscilla::graph {
namespace {

struct Wire {
  std::uint32_t from;
  std::uint32_t to;
  std::uint32_t step;  ///< that puts it in: the later one of its ends
};

class Steps {
 public:
  Steps(std::size_t nodes, std::uint32_t count)
      : parent_(nodes), first_wire_(nodes, kNone), order_(nodes), low_(nodes), group_(nodes), count_(count) {
    std::iota(parent_.begin(), parent_.end(), 0u);
  }

  /// Marks the steps at which a wire's ends become connected that this step puts in. All wires are connected within
  /// [first, last]; `last` may be one more than there are steps: never.
  void solve(std::uint32_t first, std::uint32_t last, const std::vector<Wire>& wires) {
    if (wires.empty()) return;
    if (first == last) {
      if (first > count_) return;
      for (const Wire& wire : wires) {
        if (wire.step == first) closes_.push_back(first);
        parent_[find(wire.from)] = find(wire.to);
      }
      return;
    }
    const std::uint32_t middle = first + (last - first) / 2;
    group(wires, middle);
    std::vector<Wire> early;
    std::vector<Wire> late;
    for (const Wire& wire : wires) {
      const bool connected = wire.step <= middle && group_[find(wire.from)] == group_[find(wire.to)];
      (connected ? early : late).push_back(wire);
    }
    solve(first, middle, early);
    solve(middle + 1, last, late);
  }

  /// Ascending, each once.
  std::vector<std::uint32_t> closes() {
    std::sort(closes_.begin(), closes_.end());
    closes_.erase(std::unique(closes_.begin(), closes_.end()), closes_.end());
    return std::move(closes_);
  }

 private:
  static constexpr std::uint32_t kNone = ~0u;

  std::uint32_t find(std::uint32_t node) {
    while (parent_[node] != node) node = parent_[node] = parent_[parent_[node]];
    return node;
  }

  /// Gives the ends of `wires` the groups that are strongly connected by those of steps up to `middle` (Tarjan's
  /// algorithm, with a stack of its own).
  void group(const std::vector<Wire>& wires, std::uint32_t middle) {
    next_.assign(wires.size(), kNone);
    to_.resize(wires.size());
    std::vector<std::uint32_t> nodes;
    for (const Wire& wire : wires)
      for (const std::uint32_t end : {find(wire.from), find(wire.to)}) {
        first_wire_[end] = kNone;
        order_[end] = 0;
        nodes.push_back(end);
      }
    for (std::uint32_t i = 0; i < wires.size(); ++i) {
      if (wires[i].step > middle) continue;
      const std::uint32_t from = find(wires[i].from);
      to_[i] = find(wires[i].to);
      next_[i] = first_wire_[from];
      first_wire_[from] = i;
    }
    counter_ = 0;
    for (const std::uint32_t node : nodes)
      if (order_[node] == 0) visit(node);
  }

  void visit(std::uint32_t root) {
    const auto enter = [&](std::uint32_t node) {
      order_[node] = low_[node] = ++counter_;
      group_[node] = kNone;
      stack_.push_back(node);
      frames_.push_back(node);
    };
    enter(root);
    while (!frames_.empty()) {
      const std::uint32_t node = frames_.back();
      const std::uint32_t wire = first_wire_[node];
      if (wire != kNone) {
        first_wire_[node] = next_[wire];
        const std::uint32_t to = to_[wire];
        if (order_[to] == 0)
          enter(to);
        else if (group_[to] == kNone)
          low_[node] = std::min(low_[node], order_[to]);
        continue;
      }
      frames_.pop_back();
      if (!frames_.empty()) low_[frames_.back()] = std::min(low_[frames_.back()], low_[node]);
      if (low_[node] != order_[node]) continue;
      std::uint32_t top;
      do {
        top = stack_.back();
        stack_.pop_back();
        group_[top] = node;
      } while (top != node);
    }
  }

  std::vector<std::uint32_t> closes_;
  std::vector<std::uint32_t> parent_;      ///< of a set of nodes that are connected by now
  std::vector<std::uint32_t> first_wire_;  ///< out of a node, in this group()
  std::vector<std::uint32_t> next_;        ///< by wire: the next one out of the same node
  std::vector<std::uint32_t> to_;          ///< by wire: the set that it leads to
  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> low_;
  std::vector<std::uint32_t> group_;
  std::vector<std::uint32_t> stack_;
  std::vector<std::uint32_t> frames_;
  std::uint32_t counter_ = 0;
  std::uint32_t count_;
};

}  // namespace

std::vector<NodeIx> first_on_some_loop(const Graph& graph, const std::vector<NodeIx>& order) {
  const auto count = static_cast<std::uint32_t>(order.size());
  std::vector<std::uint32_t> step_of(graph.nodes.size());
  for (std::uint32_t i = 0; i < count; ++i) step_of[order[i].v] = count - i;
  std::vector<Wire> wires;
  const Components all = components(graph);
  for (const Component component : all) {
    if (!is_loop(graph, component)) continue;
    for (const NodeIx to : component)
      for (const Input& input : graph[to].inputs) {
        const NodeIx from = input.source.node;
        if (!from.valid() || graph[from].is_cut || !std::binary_search(component.begin(), component.end(), from))
          continue;
        wires.push_back({from.v, to.v, std::max(step_of[from.v], step_of[to.v])});
      }
  }
  Steps steps(graph.nodes.size(), count);
  steps.solve(0, count + 1, wires);
  std::vector<NodeIx> first;
  for (const std::uint32_t step : steps.closes()) first.push_back(order[count - step]);
  std::reverse(first.begin(), first.end());
  return first;
}

}  // namespace oscilla::graph
