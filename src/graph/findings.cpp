#include "graph/findings.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace oscilla::graph {
namespace {

bool draws(const Node& node) { return node.row != nullptr && node.row->form == blocks::Form::Render; }

/// What holds for the whole picture counts even if nothing reads it.
bool is_picture(const Node& node) { return node.row != nullptr && node.row->form == blocks::Form::Picture; }

/// Inputs are there for the outside, whether the patch reads them or not.
bool is_input(const Node& node) { return node.row != nullptr && node.row->form == blocks::Form::Input; }

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
    if (draws(graph.nodes[i]) || is_input(graph.nodes[i]) || is_picture(graph.nodes[i])) need({i});
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

namespace {

/// Where definitions stand, and whether any sink needs one of those that stand there: a definition is right or wrong as
/// a whole, and one of a composite stands in the text once for all its uses.
class Needs {
 public:
  Needs(const patch::Patch& patch, const Graph& graph) : needed_(graph.definitions.size()) {
    const std::vector<bool> needed = needed_nodes(graph);
    for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
      anything_draws_ = anything_draws_ || draws(graph.nodes[i]);
      if (needed[i] && graph.nodes[i].definition != kNoDefinition) needed_[graph.nodes[i].definition] = true;
    }
    for (std::size_t i = needed_.size(); i-- > 0;)  // what a composite is used in stands before it
      if (const std::uint32_t user = graph.definitions[i].user; needed_[i] && user != kNoDefinition)
        needed_[user] = true;
    for (const patch::Define& define : patch.defines)
      for (const patch::Definition& definition : define.body) texts_.push_back({0, definition.span, false});
    for (std::size_t i = 0; i < needed_.size(); ++i)
      texts_.push_back({graph.definitions[i].file, graph.definitions[i].span, needed_[i]});
    std::sort(texts_.begin(), texts_.end());
  }
  bool anything_draws() const { return anything_draws_; }
  bool definition(std::uint32_t ix) const { return ix == kNoDefinition || needed_[ix]; }

  /// Whether the definitions that stand at `span` are needed; nothing if none stands there. What is missing is missed
  /// at a definition's end.
  std::optional<bool> text(std::uint32_t file, Span span) const {
    auto at = std::upper_bound(texts_.begin(), texts_.end(), Text{file, {span.begin, ~0u}, true});
    std::optional<bool> found;
    while (at != texts_.begin() && (--at)->file == file && span.begin <= at->span.end)
      found = found.value_or(false) || at->needed;
    return found;
  }

 private:
  struct Text {
    std::uint32_t file;
    Span span;
    bool needed;
    auto operator<=>(const Text&) const = default;
  };
  std::vector<bool> needed_;
  std::vector<Text> texts_;
  bool anything_draws_ = false;
};

/// What was found, with its place and whether it matters; the same thing found in several uses of a composite is one.
class Teller {
 public:
  Teller(const Graph& graph, const Needs& needs) : graph_(graph), needs_(needs) {}

  void tell(Diagnostic diagnostic, std::uint32_t file, bool matters) {
    if (file != 0) diagnostic.file = graph_.files[file]->file_name;
    const auto [place, is_new] =
        known_.emplace(std::tuple(file, diagnostic.span, diagnostic.code, diagnostic.message), told_.size());
    if (is_new) told_.push_back({std::move(diagnostic), {}, false});
    Told& told = told_[place->second];
    told.matters = told.matters || matters;
  }
  void tell(Diagnostic diagnostic, const Finding& finding, std::uint32_t definition) {
    const bool structure = finding.code == Code::E_COMPOSITE || finding.code == Code::E_LIMIT_COMPOSITES ||
                           finding.code == Code::E_LIMIT_BLOCKS || finding.code == Code::E_TIME_ROOT_MISSING ||
                           finding.code == Code::E_TIME_ROOT_MULTIPLE || finding.code == Code::E_CAMERA_MULTIPLE;
    const bool everywhere = definition == kNoDefinition || structure || finding.span.empty();
    const bool inside = definition != kNoDefinition && graph_.definitions[definition].user != kNoDefinition;
    const std::size_t before = told_.size();
    tell(std::move(diagnostic), definition == kNoDefinition ? 0 : graph_.definitions[definition].file,
         everywhere || needs_.definition(definition));
    if (!inside || told_.size() == before) return;
    const std::string_view place = graph_.definitions[definition].place;
    told_.back().use =
        fmt::format("`{}`, a {}", place.substr(0, place.rfind('.')), graph_.definitions[definition].composite);
  }
  Diagnostics finish() {
    Diagnostics diagnostics;
    for (Told& told : told_) {
      Diagnostic& d = told.diagnostic;
      std::string more = told.use.empty() ? "" : fmt::format("in {}", told.use);
      if (d.severity >= Severity::Error && !told.matters && needs_.anything_draws()) {
        const DiagnosticRow& row = row_of(Code::W_BLOCK_UNREACHABLE_ERROR);
        more = fmt::format("{}{}{}; nothing draws this", d.code, more.empty() ? "" : " ", more);
        d.code = row.name, d.severity = row.severity, d.domain = row.domain;
      }
      if (!more.empty()) d.message += fmt::format(" ({})", more);
      diagnostics.add(std::move(d));
    }
    return diagnostics;
  }

 private:
  struct Told {
    Diagnostic diagnostic;
    std::string use;  ///< of a composite, where it stands in one
    bool matters;
  };
  const Graph& graph_;
  const Needs& needs_;
  std::vector<Told> told_;
  std::map<std::tuple<std::uint32_t, Span, std::string_view, std::string>, std::size_t> known_;
};

/// Of a file that the patch uses only its composites count.
bool is_of_a_composite(const patch::Patch& file, const Diagnostic& diagnostic) {
  return diagnostic.code == row_of(Code::E_VERSION).name ||
         std::any_of(file.defines.begin(), file.defines.end(), [&](const patch::Define& define) {
           return define.span.begin <= diagnostic.span.begin && diagnostic.span.begin < define.span.end;
         });
}

bool is_in_a_body(const patch::Patch& file, const Diagnostic& diagnostic) {
  for (const patch::Define& define : file.defines)
    for (const patch::Definition& definition : define.body)
      if (definition.span.begin <= diagnostic.span.begin && diagnostic.span.begin <= definition.span.end) return true;
  return false;
}

}  // namespace

Diagnostics diagnose(const patch::Patch& patch, const Graph& graph, const Findings& findings) {
  const bool quiet =
      findings.list().empty() && std::all_of(graph.files.begin(), graph.files.end(),
                                             [](const patch::Patch* file) { return file->diagnostics.list().empty(); });
  if (quiet && std::any_of(graph.nodes.begin(), graph.nodes.end(), draws)) return {};
  const Needs needs(patch, graph);
  Teller teller(graph, needs);
  for (const Diagnostic& d : patch.diagnostics.list())
    teller.tell(d, 0, needs.text(0, d.span).value_or(true) || d.code == row_of(Code::E_DUPLICATE_NAME).name);
  for (std::uint32_t file = 1; file < graph.files.size(); ++file)
    for (const Diagnostic& d : graph.files[file]->diagnostics.list()) {
      const std::optional<bool> needed = needs.text(file, d.span);
      const bool unused = !needed && is_in_a_body(*graph.files[file], d);
      if (!unused && is_of_a_composite(*graph.files[file], d)) teller.tell(d, file, needed.value_or(true));
    }
  for (const Finding& f : findings.list()) {
    const DiagnosticRow& row = row_of(f.code);
    const std::uint32_t definition = f.node.valid() ? graph[f.node].definition : f.definition;
    teller.tell({row.name,
                 row.severity,
                 row.domain,
                 f.span,
                 f.node.valid() ? std::string(graph[f.node].name) : std::string(),
                 f.message,
                 f.hint,
                 {}},
                f, definition);
  }
  Diagnostics diagnostics = teller.finish();
  if (!needs.anything_draws() && !diagnostics.has_errors())
    diagnostics.report(Code::W_NO_RENDER_SINK, {}, "nothing in this patch draws",
                       "add a sink: `draw = RenderInstances2D(position, color: ...)`");
  return diagnostics;
}

}  // namespace oscilla::graph
