#include "graph/print.hpp"

#include <fmt/format.h>

#include "base/number_text.hpp"
#include "graph/adapters.hpp"

namespace oscilla::graph {
namespace {

std::string source_name(const Graph& graph, Source source) {
  const Node& node = graph[source.node];
  if (node.row == nullptr || node.row->outputs.size() < 2) return std::string(node.name);
  return fmt::format("{}.{}", node.name, node.row->outputs[source.output].name);
}

std::string constant_text(const Node& node) {
  const std::size_t count = std::max<std::size_t>(1, ir::planes_of(node.outputs[0].payload));
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < count; ++i) texts.push_back(to_text(node.constant[i]));
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string arguments_text(const Graph& graph, const Node& node) {
  if (node.kind == NodeKind::Constant) return constant_text(node);
  std::vector<std::string> texts;
  if (node.kind == NodeKind::Combine) texts.emplace_back(kCombineWords[static_cast<std::size_t>(node.combine)]);
  for (std::size_t i = 0; i < node.inputs.size(); ++i) {
    const Input& input = node.inputs[i];
    std::string text;
    if (node.row != nullptr) {
      if (!input.source.valid() && (i >= node.words.size() || node.words[i].empty())) continue;
      text = fmt::format("{}: ", node.port_of(i).name);
    }
    text += input.source.valid() ? source_name(graph, input.source) : std::string(node.words[i]);
    texts.push_back(input.given || !input.source.valid() ? text : fmt::format("[{}]", text));
  }
  if (node.kind == NodeKind::Swizzle)
    for (std::size_t i = 0; i < node.component_count; ++i) texts.emplace_back(1, "xyzw"[node.components[i]]);
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string type_text(const Graph& graph, const ir::Type& type) {
  std::string text = ir::describe(type);
  if (type.instance.valid()) text += fmt::format(" over {}", graph[graph.instances[type.instance.v]].place);
  return text;
}

}  // namespace

std::string print_graph(const Graph& graph) {
  std::string out = fmt::format("canvas {}x{} fps {}/{} seed {}\n", graph.canvas.width, graph.canvas.height,
                                graph.canvas.fps_numerator, graph.canvas.fps_denominator, graph.seed);
  for (const Node& node : graph.nodes)
    out += fmt::format("{} = {}({}){}{}\n", node.name, kind_name(node), arguments_text(graph, node),
                       node.lens ? "  lens" : "", node.is_cut ? "  cut" : "");
  return out;
}

std::string source_text(const Graph& graph, Source source) {
  const Node& node = graph[source.node];
  if (node.kind == NodeKind::Constant) return to_text(node.constant[0]);
  const bool several = node.row != nullptr && node.row->outputs.size() > 1;
  return several ? fmt::format("{}.{}", node.place, node.row->outputs[source.output].name) : std::string(node.place);
}

std::string print_types(const Graph& graph) {
  std::string out;
  for (const Node& node : graph.nodes)
    for (std::size_t i = 0; i < node.outputs.size(); ++i) {
      const bool several = node.row != nullptr && node.outputs.size() > 1;
      out += fmt::format("{}{}{} : {}\n", node.name, several ? "." : "", several ? node.row->outputs[i].name : "",
                         type_text(graph, node.outputs[i]));
    }
  return out;
}

}  // namespace oscilla::graph
