#include "live/cause_places.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "graph/print.hpp"
#include "patch/patch.hpp"

namespace oscilla::live {
namespace {

using compile::Attribution;
using compile::Origin;
using graph::CombineMode;
using graph::Graph;
using graph::Node;
using graph::NodeKind;

/// The expression that a component of an output is.
std::optional<ir::ExprId> expression_of(const Attribution& attribution, graph::Source source, std::uint8_t component) {
  const auto found = std::find_if(attribution.origins.begin(), attribution.origins.end(), [&](const Origin& origin) {
    return origin.source == source && origin.component == component;
  });
  if (found == attribution.origins.end()) return std::nullopt;
  return found->expr;
}

/// The writer whose value came through a combine, if one did: of min and max the first that has it.
std::optional<std::size_t> winner_of(const Node& node, const Attribution& attribution, const Origin& origin,
                                     const ValueOfExpression& value) {
  if (node.combine == CombineMode::First) return 0;
  if (node.combine == CombineMode::Last) return node.inputs.size() - 1;
  if (node.combine != CombineMode::Min && node.combine != CombineMode::Max) return std::nullopt;
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    auto writer = expression_of(attribution, node.inputs[i].source, origin.component);
    if (!writer) writer = expression_of(attribution, node.inputs[i].source, 0);  // one number for all components
    if (writer && value(*writer) == value(origin.expr)) return i;
  }
  return std::nullopt;
}

std::string combine_role(const Graph& graph, const Node& node, const Attribution& attribution, const Origin& origin,
                         const ValueOfExpression& value) {
  std::vector<std::string> writers;
  for (const graph::Input& input : node.inputs) writers.push_back(graph::source_text(graph, input.source));
  std::string role =
      fmt::format("{} of {}", graph::kCombineWords[static_cast<std::size_t>(node.combine)], fmt::join(writers, ", "));
  if (const auto winner = winner_of(node, attribution, origin, value))
    role += fmt::format(": {} won", writers[*winner]);
  return role;
}

/// A value that is read by another name, or with what a state begins with, is told where it comes from.
bool hands_on(const Node& node) {
  return node.kind == NodeKind::Parameter || node.kind == NodeKind::Birth || node.kind == NodeKind::Swizzle;
}

CausePlace place_of(const Graph& graph, const Attribution& attribution, const Origin& origin,
                    const ValueOfExpression& value) {
  const Node& node = graph[origin.source.node];
  CausePlace place{std::string(node.place), std::string(graph::kind_name(node)), {}, {}, true, node.span, {}};
  if (node.row != nullptr && node.row->outputs.size() > 1) place.output = node.row->outputs[origin.source.output].name;
  if (node.lens) place.role = "lens";
  if (node.kind == NodeKind::Adapter) place.role = "adapter";
  if (node.kind == NodeKind::Combine) place.role = combine_role(graph, node, attribution, origin, value);
  place.in_text = node.kind != NodeKind::Adapter && !node.span.empty();
  if (node.definition == graph::kNoDefinition) return place;
  const std::uint32_t file = graph.definitions[node.definition].file;
  if (file != 0) place.file = graph.files[file]->file_name;
  return place;
}

}  // namespace

std::vector<CausePlace> places_of_cause(const Graph& graph, const Attribution& attribution, ir::ExprId expr,
                                        const ValueOfExpression& value) {
  std::vector<CausePlace> places;
  const auto first = std::lower_bound(attribution.origins.begin(), attribution.origins.end(), expr,
                                      [](const Origin& origin, ir::ExprId id) { return origin.expr < id; });
  for (auto origin = first; origin != attribution.origins.end() && origin->expr == expr; ++origin) {
    if (hands_on(graph[origin->source.node])) continue;
    CausePlace place = place_of(graph, attribution, *origin, value);
    const bool told = std::any_of(places.begin(), places.end(), [&](const CausePlace& other) {
      return other.place == place.place && other.kind == place.kind && other.output == place.output;
    });
    if (!told) places.push_back(std::move(place));
  }
  return places;
}

std::vector<std::string> sinks_of(const Graph& graph, graph::Source source) {
  std::vector<std::vector<std::uint32_t>> readers(graph.nodes.size());
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i)
    for (const graph::Input& input : graph.nodes[i].inputs)
      if (input.source.valid()) readers[input.source.node.v].push_back(i);
  std::vector<bool> seen(graph.nodes.size());
  std::vector<std::uint32_t> open{source.node.v};
  std::vector<std::string> sinks;
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    open.pop_back();
    if (seen[at]) continue;
    seen[at] = true;
    const Node& node = graph.nodes[at];
    if (node.row != nullptr && node.row->form == blocks::Form::Render) sinks.emplace_back(node.place);
    open.insert(open.end(), readers[at].begin(), readers[at].end());
  }
  std::sort(sinks.begin(), sinks.end());
  return sinks;
}

}  // namespace oscilla::live
