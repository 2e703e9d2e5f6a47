#include "graph/findings.hpp"

#include <fmt/format.h>

namespace oscilla::graph {
namespace {

bool draws(const Node& node) { return node.row != nullptr && node.row->form == blocks::Form::Render; }

/// Inputs are there for the outside, whether the patch reads them or not.
bool is_input(const Node& node) { return node.row != nullptr && node.row->form == blocks::Form::Input; }

/// The definition whose text holds `span`, or kNoDefinition.
std::uint32_t definition_at(const patch::Patch& patch, Span span) {
  for (std::uint32_t i = 0; i < patch.definitions.size(); ++i) {
    const Span whole = patch.definitions[i].span;
    if (whole.begin <= span.begin && span.begin < whole.end) return i;
  }
  return kNoDefinition;
}

}  // namespace

std::vector<bool> needed_nodes(const Graph& graph) {
  std::vector<bool> needed(graph.nodes.size());
  std::vector<NodeIx> open;
  const auto need = [&](NodeIx ix) {
    if (!ix.valid() || needed[ix.v]) return;
    needed[ix.v] = true;
    open.push_back(ix);
  };
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i)
    if (draws(graph.nodes[i]) || is_input(graph.nodes[i])) need({i});
  if (graph.time_root.valid()) need(graph.time_root);
  if (graph.camera.valid()) need(graph.camera);
  for (const Source probe : graph.probes) need(probe.node);
  while (!open.empty()) {
    const NodeIx ix = open.back();
    open.pop_back();
    for (const Input& input : graph[ix].inputs) need(input.source.node);
    if (graph[ix].instance.valid()) need(graph.instances[graph[ix].instance.v]);
  }
  return needed;
}

Diagnostics diagnose(const patch::Patch& patch, const Graph& graph, const Findings& findings) {
  const std::vector<bool> needed = needed_nodes(graph);
  std::vector<bool> needed_definitions(patch.definitions.size());  // a definition is right or wrong as a whole
  bool anything_draws = false;
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
    const Node& node = graph.nodes[i];
    anything_draws = anything_draws || draws(node);
    if (needed[i] && node.definition != kNoDefinition) needed_definitions[node.definition] = true;
  }

  Diagnostics diagnostics;
  const auto report = [&](bool matters, std::string_view code, Severity severity, DiagnosticDomain domain, Span span,
                          const std::string& message, const std::string& hint, const std::string& target) {
    if (severity < Severity::Error || matters || !anything_draws) {
      diagnostics.add({code, severity, domain, span, target, message, hint});
      return;
    }
    diagnostics.report(Code::W_BLOCK_UNREACHABLE_ERROR, span, fmt::format("{} ({}; nothing draws this)", message, code),
                       hint, target);
  };
  for (const Diagnostic& d : patch.diagnostics.list()) {
    const std::uint32_t definition = definition_at(patch, d.span);
    const bool matters = definition == kNoDefinition || needed_definitions[definition] || d.code == "E_DUPLICATE_NAME";
    report(matters, d.code, d.severity, d.domain, d.span, d.message, d.hint, d.target);
  }
  for (const Finding& f : findings.list()) {
    const DiagnosticRow& row = row_of(f.code);
    const std::uint32_t definition = f.node.valid() ? graph[f.node].definition : definition_at(patch, f.span);
    const bool whole_patch = f.code == Code::E_TIME_ROOT_MISSING || f.code == Code::E_TIME_ROOT_MULTIPLE ||
                             f.code == Code::E_CAMERA_MULTIPLE || f.span.empty();
    const bool matters = whole_patch || definition == kNoDefinition || needed_definitions[definition];
    report(matters, row.name, row.severity, row.domain, f.span, f.message, f.hint,
           f.node.valid() ? graph[f.node].name : "");
  }
  if (!anything_draws && !diagnostics.has_errors())
    diagnostics.report(Code::W_NO_RENDER_SINK, {}, "nothing in this patch draws",
                       "add a sink: `draw = RenderInstances2D(position, color: ...)`");
  return diagnostics;
}

}  // namespace oscilla::graph
