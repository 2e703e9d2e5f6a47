#include "compile/compile.hpp"

#include <cassert>
#include <string_view>
#include <unordered_map>

#include <fmt/format.h>

#include "compile/lower.hpp"
#include "compile/plan.hpp"
#include "graph/cut_cycles.hpp"
#include "graph/find_assets.hpp"
#include "graph/findings.hpp"
#include "graph/normalise.hpp"
#include "graph/solve_types.hpp"
#include "graph/validate.hpp"
#include "ir/validate.hpp"

namespace oscilla::compile {
namespace {

/// Names of values become sources; one that names nothing is an error, or left out. Returns those that are there.
std::vector<std::string> find_probes(graph::Graph& graph, const Options& options, graph::Findings& findings) {
  std::vector<std::string> found;
  if (options.probes.empty()) return found;
  const graph::Places places = graph::places_of(graph);
  for (const std::string& name : options.probes) {
    std::string nearest;
    const std::optional<graph::Source> source = graph::find_value(graph, places, name, nearest);
    const bool shape = source && graph.type_of(*source).payload == ir::Payload::Shape;
    if (options.optional_probes && (!source || shape)) continue;
    found.push_back(name);
    if (shape)
      findings.report({}, Code::E_PAYLOAD_NOT_ALLOWED, {}, fmt::format("`{}` is a shape, which has no numbers", name),
                      "probe another output of its block, such as an instance's `index`");
    else if (source)
      graph.probes.push_back(*source);
    else
      findings.report(
          {}, Code::E_UNKNOWN_NAME, {}, fmt::format("no value is called `{}`", name),
          nearest.empty() ? "`oscilla dump --stage types` lists all" : fmt::format("did you mean `{}`?", nearest));
  }
  return found;
}

/// Sinks on one layer are painted in the order of their names: said once a layer, where the order is easy to miss.
void mention_overlap(const ir::Program& program, const graph::Graph& graph, graph::Findings& findings) {
  std::unordered_map<std::string_view, graph::NodeIx> drawers;  // looked up only
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i)
    if (const graph::Node& node = graph.nodes[i]; node.row != nullptr && node.row->form == blocks::Form::Render)
      drawers.emplace(node.place, graph::NodeIx{i});
  const std::vector<ir::Sink>& sinks = program.sinks;  // in the order in which they are painted
  for (std::size_t first = 0, end = 0; first < sinks.size(); first = end) {
    while (end < sinks.size() && sinks[end].layer == sinks[first].layer) ++end;
    if (end - first < 2) continue;
    const graph::NodeIx drawer = drawers.at(sinks[first + 1].name);
    const std::string more =
        end - first == 2 ? "" : fmt::format(", and {} more in the order of their names", end - first - 2);
    findings.report(drawer, Code::I_SINKS_OVERLAP, graph[drawer].span,
                    fmt::format("`{}` is painted over `{}`{}: {} are on layer {}", sinks[first + 1].name,
                                sinks[first].name, more, end - first == 2 ? "both" : "all", sinks[first].layer),
                    "`layer:` orders them whatever they are called");
  }
}

/// What the executor has no numbers for.
void check_planes(const ir::Program& program, graph::Findings& findings) {
  for (const ir::FieldProgram& field : program.fields)
    if (ir::planes_needed(field) > ir::kMostPlanes)
      findings.report({}, Code::E_LIMIT_PLANES, {},
                      fmt::format("the fields of `{}` need more than {} values at once",
                                  program.instances[field.instance.v].name, ir::kMostPlanes),
                      "spread what is computed over several instances");
}

}  // namespace

Compilation compile(const patch::Patch& patch, const Options& options) {
  Compilation result;
  graph::Findings findings;
  result.graph = graph::normalise(patch, options.seed, findings, options.library);
  graph::find_assets(result.graph, findings);
  graph::cut_cycles(result.graph, findings);
  graph::solve_types(result.graph, findings);
  const std::vector<std::string> probes = find_probes(result.graph, options, findings);
  std::size_t told = ~std::size_t{0};
  const auto has_errors = [&] {  // telling costs a pass over the graph
    if (told != findings.list().size()) result.diagnostics = graph::diagnose(patch, result.graph, findings);
    told = findings.list().size();
    return result.diagnostics.has_errors();
  };
  if (has_errors()) return result;

  assert(graph::validate(result.graph).empty());
  Lowered lowered = lower(result.graph, probes, findings, options.explain ? Origins::Keep : Origins::Forget);
  if (has_errors()) return result;
  if (options.explain) result.attribution = keep_causes(lowered);
  result.program = plan(std::move(lowered), result.graph.canvas, options.storage);
  mention_overlap(*result.program, result.graph, findings);
  check_planes(*result.program, findings);
  if (has_errors()) result.program.reset();
  assert(!result.program || ir::validate(*result.program).empty());
  return result;
}

}  // namespace oscilla::compile
