#include "live/composite_info.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "blocks/examples.hpp"
#include "graph/cut_cycles.hpp"
#include "graph/normalise.hpp"
#include "graph/solve_types.hpp"
#include "lang/parse.hpp"
#include "live/standard_library.hpp"

namespace oscilla::live {
namespace {

/// What the comments above a define say: lines `parameter: ...` of its parameters, the others of itself.
struct Comments {
  std::string doc;
  std::map<std::string, std::string, std::less<>> parameters;
};

std::string_view line_before(std::string_view text, std::size_t begin) {
  if (begin == 0) return {};
  const std::size_t from = text.rfind('\n', begin - 2);
  return text.substr(from == std::string_view::npos ? 0 : from + 1,
                     begin - 1 - (from == std::string_view::npos ? 0 : from + 1));
}

Comments comments_above(const patch::Patch& file, const patch::Define& define) {
  std::vector<std::string_view> lines;
  std::size_t begin = define.span.begin;
  for (std::string_view line = line_before(file.text, begin); line.starts_with("# ");
       line = line_before(file.text, begin)) {
    lines.insert(lines.begin(), line.substr(2));
    begin -= line.size() + 1;
  }
  Comments comments;
  for (const std::string_view line : lines) {
    const auto parameter =
        std::find_if(define.parameters.begin(), define.parameters.end(),
                     [&](const patch::Parameter& p) { return line.starts_with(fmt::format("{}: ", file.at(p.name))); });
    if (parameter != define.parameters.end())
      comments.parameters.emplace(file.at(parameter->name), line.substr(file.at(parameter->name).size() + 2));
    else
      comments.doc += fmt::format("{}{}", comments.doc.empty() ? "" : " ", line);
  }
  return comments;
}

/// The comment behind a definition, on its line.
std::string comment_behind(const patch::Patch& file, const patch::Definition& definition) {
  std::string_view rest = std::string_view(file.text).substr(definition.span.end);
  rest = rest.substr(0, rest.find('\n'));
  const std::size_t mark = rest.find("# ");
  return mark == std::string_view::npos ? std::string() : std::string(rest.substr(mark + 2));
}

/// The graph of one use with every default: what types its outputs have, and whether it remembers or draws.
graph::Graph sample(const patch::Patch& patch) {
  graph::Findings findings;
  graph::Graph graph = graph::normalise(patch, {}, findings, &standard_library());
  graph::cut_cycles(graph, findings);
  graph::solve_types(graph, findings);
  return graph;
}

BlockInfo info_of(const patch::Patch& file, const patch::Define& define) {
  const Comments comments = comments_above(file, define);
  BlockInfo info;
  info.name = file.at(define.name);
  info.category = "composite";
  info.example = blocks::example_of(info.name);
  info.doc = comments.doc;
  for (const patch::Parameter& parameter : define.parameters) {
    const auto doc = comments.parameters.find(file.at(parameter.name));
    const std::string_view type = file.at(parameter.type);
    info.inputs.push_back({std::string(file.at(parameter.name)), type == "any" ? "anything" : std::string(type),
                           parameter.fallback.valid() ? std::string(file.at(file[parameter.fallback].span)) : "",
                           "signal or field", doc == comments.parameters.end() ? "" : doc->second});
  }
  const patch::Patch use = lang::parse(fmt::format("oscilla 1\ntime = TimeRoot()\nx = {}()\n", info.name));
  const graph::Graph graph = sample(use);
  const auto inside = [&](blocks::Form form) {
    return std::any_of(graph.nodes.begin(), graph.nodes.end(),
                       [=](const graph::Node& node) { return node.row != nullptr && node.row->form == form; });
  };
  info.stateful = inside(blocks::Form::State);
  info.draws = inside(blocks::Form::Render);
  const graph::Places places = graph::places_of(graph);
  for (const Span output : define.outputs) {
    const std::string_view name = file.at(output);
    const auto definition = std::find_if(define.body.begin(), define.body.end(),
                                         [&](const patch::Definition& d) { return file.at(d.name) == name; });
    const auto place = places.find(fmt::format("x.{}", name));
    const ir::Type solved = place == places.end() ? ir::Type{} : graph.type_of(place->second);
    const std::string type = solved.payload == ir::Payload::Unknown ? "anything" : ir::describe(solved);
    info.outputs.push_back({std::string(name), type, "", "", comment_behind(file, *definition)});
  }
  return info;
}

}  // namespace

std::vector<BlockInfo> composite_infos() {
  std::vector<BlockInfo> infos;
  for (const patch::Define& define : standard_library().defines) infos.push_back(info_of(standard_library(), define));
  return infos;
}

}  // namespace oscilla::live
