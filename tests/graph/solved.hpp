// A patch as its solved graph, with what was found, for the tests of this room.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "graph/cut_cycles.hpp"
#include "graph/findings.hpp"
#include "graph/normalise.hpp"
#include "graph/print.hpp"
#include "graph/solve_types.hpp"
#include "ir/types.hpp"
#include "lang/parse.hpp"

namespace oscilla::graph::test {

struct Solved {
  patch::Patch patch;
  Graph graph;
  std::vector<Diagnostic> diagnostics;

  /// The codes found, in text order, by spaces.
  std::string codes() const {
    std::string out;
    for (const Diagnostic& d : diagnostics) out += (out.empty() ? "" : " ") + std::string(d.code);
    return out;
  }
  /// Messages and hints, a line each.
  std::string said() const {
    std::string out;
    for (const Diagnostic& d : diagnostics) out += d.message + "\n" + d.hint + "\n";
    return out;
  }
  /// The type of a value by its path, as dumps show it: "time", "vec2 field".
  std::string type(std::string_view path) {
    std::string nearest;
    const std::optional<Source> source = find_value(graph, places_of(graph), path, nearest);
    return source ? ir::describe(graph.type_of(*source)) : "no value; nearest: " + nearest;
  }
  /// Full names of the blocks that remember, in the order of names; with " was X" where the identity is another.
  std::vector<std::string> states() const {
    std::vector<std::string> names;
    for (const Node& node : graph.nodes)
      if (node.row != nullptr && node.row->form == blocks::Form::State)
        names.push_back(std::string(node.name) +
                        (node.identity == node.name ? "" : " was " + std::string(node.identity)) +
                        (node.is_cut ? " cut" : ""));
    std::sort(names.begin(), names.end());
    return names;
  }
  const Node* node(std::string_view name) const {
    for (const Node& node : graph.nodes)
      if (node.name == name) return &node;
    return nullptr;
  }
};

inline Solved solve(const std::string& text) {
  Solved solved{lang::parse(text), {}, {}};
  Findings findings;
  solved.graph = normalise(solved.patch, {}, findings);
  cut_cycles(solved.graph, findings);
  solve_types(solved.graph, findings);
  solved.diagnostics = diagnose(solved.patch, solved.graph, findings).sorted();
  return solved;
}

/// `lines` in a patch with a clock, two instances and a sink that draws `x` if it is a number.
inline Solved solve_lines(const std::string& lines) {
  return solve("oscilla 1\ntime = TimeRoot()\ndots = Array(Ellipse(), count: 4)\nbars = Array(Rect(), count: 4)\n" +
               lines + "\ndraw = RenderInstances2D((0.5, 0.5))\n");
}

/// `lines` in a patch whose sink draws as many as x says: what is wrong with `x` matters.
inline Solved solve_drawn(const std::string& lines) {
  return solve("oscilla 1\ntime = TimeRoot()\ndots = Array(Ellipse(), count: 4)\nbars = Array(Rect(), count: 4)\n" +
               lines + "\ndraw = RenderInstances2D((0.5, 0.5), size: x)\n");
}

}  // namespace oscilla::graph::test
