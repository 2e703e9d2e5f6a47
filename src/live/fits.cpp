// Which values fit a port. No rule of the type system stands here twice: one value of each type is wired in and the
// patch is compiled.
#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "blocks/catalogue.hpp"
#include "graph/graph.hpp"
#include "lang/edit.hpp"
#include "live/signatures.hpp"
#include "live/workbench.hpp"
#include "oscilla/edit.hpp"
#include "oscilla/inspect.hpp"
#include "patch/target.hpp"

namespace oscilla {
namespace {

using graph::Graph;
using graph::Node;
using graph::NodeKind;
using graph::Source;

constexpr std::size_t kMostLoopsTried = 64;  ///< beyond, a value that closes a loop fits if its type does

struct Candidate {
  std::string value;
  Source source;
};

/// The outputs of every input and definition, in the order of the text.
std::vector<Candidate> candidates(const patch::Patch& patch, const Graph& graph) {
  const graph::Places places = graph::places_of(graph);
  std::vector<Candidate> found;
  std::vector<Span> names;
  for (const patch::Input& input : patch.inputs) names.push_back(input.name);
  for (const patch::Definition& definition : patch.definitions) names.push_back(definition.name);
  std::sort(names.begin(), names.end());
  for (const Span span : names) {
    const std::string name(patch.at(span));
    const auto place = places.find(name);
    if (place == places.end()) continue;
    const Node& node = graph[place->second.node];
    const bool several = node.row != nullptr && node.row->outputs.size() > 1 && place->second.output == 0;
    if (!several && node.outputs.size() > place->second.output) found.push_back({name, place->second});
    for (std::uint16_t i = 0; several && i < node.row->outputs.size(); ++i)
      found.push_back({fmt::format("{}.{}", name, node.row->outputs[i].name), {place->second.node, i}});
  }
  return found;
}

/// The nodes that need a node of the definition.
std::vector<bool> dependants(const Graph& graph, std::uint32_t definition) {
  std::vector<std::vector<std::uint32_t>> readers(graph.nodes.size());
  std::vector<std::uint32_t> open;
  std::vector<bool> depends(graph.nodes.size());
  for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
    for (const graph::Input& input : graph.nodes[i].inputs)
      if (input.source.valid()) readers[input.source.node.v].push_back(i);
    if (graph.nodes[i].definition != definition) continue;
    depends[i] = true;
    open.push_back(i);
  }
  while (!open.empty()) {
    const std::uint32_t node = open.back();
    open.pop_back();
    for (const std::uint32_t reader : readers[node]) {
      if (depends[reader]) continue;
      depends[reader] = true;
      open.push_back(reader);
    }
  }
  return depends;
}

/// "spin.Phasor~2.frequency" as the place that it is: "spin.frequency".
std::string place_of(std::string_view target) {
  std::string place;
  while (!target.empty()) {
    const std::size_t dot = std::min(target.find('.'), target.size());
    const std::string_view segment = target.substr(0, dot);
    if (!patch::is_kind(segment)) place += (place.empty() ? "" : ".") + std::string(segment);
    target.remove_prefix(std::min(dot + 1, target.size()));
  }
  return place;
}

class Trials {
 public:
  Trials(const Patch& patch, std::string_view port, const Diagnostics& before)
      : patch_(patch), port_(port), place_(place_of(port)), before_(before.sorted()) {}

  /// The adapters that a value would need; nothing if it does not fit.
  std::optional<std::vector<std::string>> wire(const std::string& value) const {
    const Edit edit = Edit::set(port_, value);
    auto edited = lang::apply_edits(patch_.model(), std::span(&edit, 1), live::signature);
    if (!edited) return std::nullopt;
    const Patch trial = patch_.with_text(std::move(edited->text));
    const compile::Compilation compilation = live::compilation_of(trial);
    if (breaks(live::introduced(before_, compilation.diagnostics.sorted()))) return std::nullopt;
    std::vector<std::string> adapters;
    for (const Node& node : compilation.graph.nodes)
      if (node.kind == NodeKind::Adapter && node.place == place_) adapters.emplace_back(graph::kind_name(node));
    return adapters;
  }

 private:
  /// Errors, and those that are only warnings because nothing draws them.
  static bool breaks(const std::vector<Diagnostic>& diagnostics) {
    return std::any_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) {
      return d.severity >= Severity::Error || d.code == "W_BLOCK_UNREACHABLE_ERROR";
    });
  }

  const Patch& patch_;
  std::string port_;
  std::string place_;
  std::vector<Diagnostic> before_;
};

/// The port of `kind` that the place `port` ends in, if words stand in it.
const blocks::Port* word_port(std::string_view kind, std::string_view port) {
  const blocks::Row* const row = blocks::find_kind(kind);
  if (row == nullptr) return nullptr;
  const std::string_view name = port.substr(port.rfind('.') + 1);
  const auto found = std::ranges::find(row->ports, name, &blocks::Port::name);
  return found == row->ports.end() || found->words.empty() ? nullptr : &*found;
}

}  // namespace

std::expected<std::vector<FittingValue>, Diagnostic> fitting_values(const Patch& patch, std::string_view port) {
  const patch::Patch& model = patch.model();
  const patch::FoundTarget target = patch::find_target(model, port, live::signature);
  if (!target) return std::unexpected(target.error());
  const bool of_block = target->is_port() && patch::is_kind(model.at(model[target->call.call].token));
  if (!of_block || target->define != patch::kNoIndex)
    return patch::refuse(Code::E_EDIT_TARGET, target->name, fmt::format("`{}` is no port of a block", port),
                         "name a port: draw.size, pos.radius");
  if (const blocks::Port* const words = word_port(model.at(model[target->call.call].token), port); words != nullptr)
    return patch::refuse(Code::E_EDIT_TARGET, target->name, fmt::format("`{}` takes a word and no value", port),
                         fmt::format("one of {}", fmt::join(words->words, ", ")));
  const compile::Compilation compilation = live::compilation_of(patch);
  const Graph& graph = compilation.graph;
  const std::vector<bool> depends = dependants(graph, target->definition);
  const Trials trials(patch, port, compilation.diagnostics);
  std::map<ir::Type, std::optional<std::vector<std::string>>> by_type;
  std::vector<FittingValue> fitting;
  std::size_t loops = 0;
  for (const Candidate& candidate : candidates(model, graph)) {
    const ir::Type& type = graph.type_of(candidate.source);
    if (type.payload == ir::Payload::Unknown) continue;
    const bool feedback = depends[candidate.source.node.v];
    std::optional<std::vector<std::string>> adapters;
    if (feedback && loops++ < kMostLoopsTried) {
      adapters = trials.wire(candidate.value);
    } else {
      auto known = by_type.find(type);
      if (known == by_type.end()) known = by_type.emplace(type, trials.wire(candidate.value)).first;
      adapters = known->second;
    }
    if (adapters) fitting.push_back({candidate.value, ir::describe(type), std::move(*adapters), feedback});
  }
  return fitting;
}

}  // namespace oscilla
