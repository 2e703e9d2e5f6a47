// Strongly connected components of a graph's wires, inputs first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/graph.hpp"

namespace oscilla::graph {

/// Whether wires out of nodes with `is_cut` count: types go through a cut, this tick's values do not.
enum class Cuts : std::uint8_t { Respect, Ignore };

/// Whether a field's reader counts as reading the block that makes the field's instance: it does where it matters how
/// many elements there are, even behind a cut. Types must be solved for that.
enum class Domains : std::uint8_t { Ignore, Respect };

using Component = std::span<const NodeIx>;

/// Every node once, in components; a component comes after all that it reads. Within a component nodes are ascending.
class Components {
 public:
  Component operator[](std::size_t i) const {
    const std::uint32_t begin = i == 0 ? 0 : ends_[i - 1];
    return Component(nodes_).subspan(begin, ends_[i] - begin);
  }
  struct Iterator {
    const Components* all;
    std::size_t at;
    Component operator*() const { return (*all)[at]; }
    Iterator& operator++() {
      ++at;
      return *this;
    }
    bool operator==(const Iterator& other) const { return at == other.at; }
  };
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, ends_.size()}; }

  void add(NodeIx node) { nodes_.push_back(node); }
  /// All since the last call are one component; `reads_itself` says so of one that is a single node.
  void close(bool reads_itself);
  bool has_loops() const { return has_loops_; }

 private:
  std::vector<NodeIx> nodes_;
  std::vector<std::uint32_t> ends_;
  bool has_loops_ = false;
};

Components components(const Graph& graph, Cuts cuts = Cuts::Respect, Domains domains = Domains::Ignore);

/// True if the component is a loop: several nodes, or one that reads itself.
bool is_loop(const Graph& graph, Component component, Cuts cuts = Cuts::Respect);

}  // namespace oscilla::graph
