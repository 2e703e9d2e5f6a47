#include "graph/normalise.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "base/nearest_name.hpp"
#include "graph/normaliser.hpp"
#include "graph/swizzle.hpp"
#include "patch/literal.hpp"

namespace oscilla::graph {

namespace {

constexpr std::size_t kMaximumBlocks = 262144;
constexpr std::size_t kMaximumWires = 1048576;

/// True if `path` begins with `head` as whole segments.
bool begins_with_path(std::string_view path, std::string_view head) {
  return path.starts_with(head) && (path.size() == head.size() || path[head.size()] == '.' || path[head.size()] == '~');
}

}  // namespace

Place Place::down(std::string_view port) const {
  return {fmt::format("{}.{}", now, port), fmt::format("{}.{}", before, port), definition};
}

NodeIx Normaliser::add(Node node, const Place& place, Span span) {
  node.place = place.now;
  node.span = span;
  node.definition = place.definition;
  const std::string_view kind = kind_name(node);
  std::string name = fmt::format("{}.{}", place.now, kind);
  const std::uint32_t n = ++name_counts_[name];
  const std::string suffix = n == 1 ? "" : fmt::format("~{}", n);
  node.identity = fmt::format("{}.{}{}", place.before, kind, suffix);
  node.name = std::move(name) + suffix;
  if (n > 1 && node.row != nullptr && node.row->form == blocks::Form::State)
    findings_.report({static_cast<std::uint32_t>(graph_.nodes.size())}, Code::I_UNNAMED_STATE, span,
                     fmt::format("the state of `{}` is found by its order here", node.name),
                     fmt::format("give the inner {} a name of its own: `name = {}(...)`", kind, kind));
  const NodeIx ix{static_cast<std::uint32_t>(graph_.nodes.size())};
  graph_.nodes.push_back(std::move(node));
  return ix;
}

Ref Normaliser::error(Span span, const Place& place) {
  Node node;
  node.kind = NodeKind::Error;
  node.outputs.resize(1);
  return {{add(std::move(node), place, span), 0}};
}

Ref Normaliser::constant(std::array<double, 4> value, ir::Type type, const Place& place, Span span) {
  Node node;
  node.kind = NodeKind::Constant;
  node.constant = value;
  node.outputs = {type};
  return {{add(std::move(node), place, span), 0}};
}

/// A pending use is remembered in the source's node number, above every real one, until resolve_pendings().
Input Normaliser::input(Ref ref, Span span, bool given) {
  Input result{ref.source, span, given};
  if (ref.pending != ~0u) result.source = {{~0u - 1 - ref.pending}, 0};
  return result;
}

Source Normaliser::swizzle(Source value, Member member, Span span, const Place& place) {
  Node node;
  if (!read_swizzle(member.name, node)) return {};
  node.inputs = {{value, span, true}};
  return {add(std::move(node), place, span), 0};
}

void Normaliser::index_definitions() {
  for (std::uint32_t i = 0; i < patch_.definitions.size(); ++i) {
    const std::string_view name = patch_.at(patch_.definitions[i].name);
    if (definitions_.emplace(name, i).second) definition_names_.push_back(name);
    if (name == "pi" || name == "tau" || name == "goldenAngle" || name == "canvas")
      findings_.report({}, Code::I_SHADOWS_BUILTIN, patch_.definitions[i].name,
                       fmt::format("`{}` is this patch's own from here on, not the built-in one", name),
                       "another name leaves the built-in one as it is");
  }
}

/// Names that only stand for each other: said where the first of them stands in the text.
void Normaliser::refuse_alias_loop(std::span<const std::uint32_t> loop) {
  const std::size_t first =
      static_cast<std::size_t>(std::min_element(loop.begin(), loop.end(),
                                                [&](auto a, auto b) { return pendings_[a].span < pendings_[b].span; }) -
                               loop.begin());
  const auto definition = [&](std::size_t i) { return pendings_[loop[(first + i) % loop.size()]].place.definition; };
  const auto name = [&](std::size_t i) { return patch_.at(patch_.definitions[definition(i)].name); };
  std::string names(name(0));
  for (std::size_t i = 1; i <= loop.size(); ++i) names += fmt::format(" -> {}", name(i));
  const Pending& use = pendings_[loop[first]];
  findings_.report({}, Code::E_CYCLE_DETECTED, use.span,
                   loop.size() == 1 ? fmt::format("`{}` is defined as itself", name(0))
                                    : fmt::format("names that only lead to each other: {}", names),
                   loop.size() == 1 ? "give it a value" : "give one of them a value");
}

/// Follows a use of a definition to the node that makes its value. Aliases may form a loop: reported once.
Source Normaliser::resolve(std::uint32_t pending, std::vector<std::uint8_t>& state) {
  std::vector<std::uint32_t> chain;
  std::uint32_t at = pending;
  bool has_value = false;
  while (state[at] == 0 && !has_value) {
    state[at] = 1;
    chain.push_back(at);
    const Ref value = definition_values_[pendings_[at].definition];
    has_value = value.pending == ~0u;
    if (!has_value) at = value.pending;
  }
  if (state[at] == 1 && !has_value) {
    refuse_alias_loop(std::span(std::find(chain.begin(), chain.end(), at), chain.end()));
    const Source none = error(pendings_[at].span, pendings_[at].place).source;
    for (const std::uint32_t i : chain) {
      resolved_[i] = none;
      state[i] = 2;
    }
    return resolved_[pending];
  }
  for (auto it = chain.rbegin(); it != chain.rend(); ++it) {
    const Pending& use = pendings_[*it];
    const Ref value = definition_values_[use.definition];
    Ref ref{value.pending == ~0u ? value.source : resolved_[value.pending]};
    for (const Member member : use.members) ref = member_of(ref, member, use.span, use.place);
    resolved_[*it] = ref.source;
    state[*it] = 2;
  }
  return resolved_[pending];
}

void Normaliser::resolve_pendings() {
  resolved_.resize(pendings_.size());
  std::vector<std::uint8_t> state(pendings_.size());  // 0 not seen, 1 on the way, 2 resolved
  for (std::uint32_t i = 0; i < pendings_.size(); ++i) resolve(i, state);
  for (Node& node : graph_.nodes)
    for (Input& input : node.inputs)
      if (input.source.valid() && input.source.node.v > ~0u - 1 - pendings_.size())
        input.source = resolved_[~0u - 1 - input.source.node.v];
}

/// A sink has a name like any other block, but no value.
void Normaliser::refuse_sink_values() {
  for (std::size_t i = 0; i < graph_.nodes.size(); ++i)
    for (std::size_t k = 0; k < graph_.nodes[i].inputs.size(); ++k) {
      const Input input = graph_.nodes[i].inputs[k];
      if (!input.source.valid() || !graph_[input.source.node].outputs.empty()) continue;
      const std::string place = graph_[input.source.node].place;
      const Source none = error(input.span, {place, place, graph_.nodes[i].definition}).source;
      graph_.nodes[i].inputs[k].source = none;
      findings_.report(none.node, Code::E_TYPE_MISMATCH, input.span, fmt::format("`{}` draws and has no value", place),
                       "read what it draws instead, such as its position");
    }
}

void Normaliser::record_places() {
  for (std::uint32_t i = 0; i < patch_.definitions.size(); ++i) {
    const Ref value = definition_values_[i];
    const Source source = value.pending == ~0u ? value.source : resolved_[value.pending];
    if (source.valid()) graph_.places.emplace(patch_.at(patch_.definitions[i].name), source);
  }
  for (const patch::Input& input : patch_.inputs)
    if (const auto found = inputs_.find(patch_.at(input.name)); found != inputs_.end())
      graph_.places.emplace(found->first, found->second.source);
  for (const Node& node : graph_.nodes) {
    if (node.row == nullptr || node.row->category == blocks::Category::Function) continue;
    for (std::size_t port = 0; port < node.inputs.size(); ++port)
      if (node.inputs[port].source.valid())
        graph_.places.emplace(fmt::format("{}.{}", node.place, node.port_of(port).name), node.inputs[port].source);
  }
}

/// `was:` counts only for a place that the patch no longer has; for one that it has, the name stays the identity.
void Normaliser::check_renames() {
  for (const Rename& rename : renames_) {
    if (!graph_.places.contains(rename.was)) continue;
    findings_.report({}, Code::W_WAS_DEFINED, rename.span,
                     fmt::format("`{}` is still defined, so `was:` does nothing", rename.was),
                     "remove `was:`, or the definition that has the old name");
    for (Node& node : graph_.nodes)
      if (begins_with_path(node.identity, rename.was) && begins_with_path(node.place, rename.place))
        node.identity = node.name;
  }
}

/// Two blocks that claim one former place: the first by name has it, the other begins anew.
void Normaliser::check_identities() {
  std::unordered_map<std::string, std::string> owners;
  const auto is_block = [](const Node& node) {
    return node.row != nullptr && node.row->category != blocks::Category::Function;
  };
  for (const Node& node : graph_.nodes)
    if (is_block(node) && node.identity == node.name) owners.emplace(node.identity, node.place);
  for (Node& node : graph_.nodes) {
    if (!is_block(node) || node.identity == node.name) continue;
    const auto [owner, is_new] = owners.emplace(node.identity, node.place);
    if (is_new) continue;
    node.identity = node.name;
    const auto rename = std::find_if(renames_.begin(), renames_.end(),
                                     [&](const Rename& r) { return begins_with_path(node.place, r.place); });
    if (rename != renames_.end())
      findings_.report({}, Code::W_WAS_DEFINED, rename->span,
                       fmt::format("`{}` has the state of `{}` already", owner->second, rename->was),
                       "one block only can carry it on: remove one `was:`");
  }
}

void Normaliser::check_time_root() {
  if (graph_.nodes.size() > kMaximumBlocks) return;  // the rest was not built
  std::vector<NodeIx> roots;
  for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i)
    if (graph_.nodes[i].row != nullptr && graph_.nodes[i].row->form == blocks::Form::Time) roots.push_back({i});
  std::stable_sort(roots.begin(), roots.end(),
                   [&](NodeIx a, NodeIx b) {  // the one called `time`, else the first in the text
                     const auto rank = [&](NodeIx ix) {
                       return std::pair(graph_[ix].name != "time.TimeRoot", graph_[ix].span.begin);
                     };
                     return rank(a) < rank(b);
                   });
  if (!roots.empty()) graph_.time_root = roots.front();
  if (!roots.empty() && graph_[roots.front()].place != "time")
    findings_.report({}, Code::E_TIME_ROOT_MISSING, graph_[roots.front()].span, "the TimeRoot must be called `time`",
                     "write `time = TimeRoot(...)`");
  for (std::size_t i = 1; i < roots.size(); ++i)
    findings_.report({}, Code::E_TIME_ROOT_MULTIPLE, graph_[roots[i]].span, "a second TimeRoot: a patch has one clock",
                     "remove it and use `time` everywhere");
  if (!graph_.time_root.valid() && patch_.version != 0)
    findings_.report({}, Code::E_TIME_ROOT_MISSING, {}, "this patch has no clock",
                     "add `time = TimeRoot(periodA: 4s, periodB: 8s)`");
}

void Normaliser::refuse_what_waits() {
  const auto refuse = [&](Span span, std::string_view what) {
    findings_.report({}, Code::E_NOT_IN_THIS_VERSION, span, fmt::format("`{}` cannot be used yet", what),
                     "it is read and formatted, but this version does not run it");
  };
  for (const patch::Use& use : patch_.uses) refuse(use.span, "use");
  for (const patch::Define& define : patch_.defines) refuse(define.name, "define");
}

Ref Normaliser::build_input(const patch::Input& input) {
  const std::string name(patch_.at(input.name));
  const Place place{name, name, kNoDefinition};
  const patch::Node& call = patch_[input.call];
  const bool readable = call.kind == patch::NodeKind::Call;
  const blocks::Row* row = readable ? blocks::find_kind(patch_.at(call.token)) : nullptr;
  if (!readable) return error(input.span, place);
  if (row == nullptr || row->form != blocks::Form::Input) {
    std::vector<std::string_view> kinds;
    for (const blocks::Row& known : blocks::rows())
      if (known.form == blocks::Form::Input) kinds.push_back(known.name);
    const std::string hint = did_you_mean(patch_.at(call.token), kinds);
    const Ref result = error(input.span, place);
    findings_.report(result.source.node, row == nullptr ? Code::E_UNKNOWN_NAME : Code::E_ARGUMENT, call.token,
                     fmt::format("`{}` is no Kind of inputs", patch_.at(call.token)),
                     hint.empty() ? fmt::format("the Kinds are {}", fmt::join(kinds, ", ")) : hint);
    return result;
  }
  in_input_ = true;
  return build_call(call, place, std::nullopt);
}

/// Before the definitions, in the order of their names.
void Normaliser::build_inputs() {
  std::vector<const patch::Input*> order;
  for (const patch::Input& input : patch_.inputs) order.push_back(&input);
  const auto name_of = [&](const patch::Input* input) { return patch_.at(input->name); };
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return name_of(a) < name_of(b); });
  for (const patch::Input* input : order) {
    if (inputs_.contains(name_of(input)) || definitions_.contains(name_of(input)))
      continue;  // refused when it was read
    inputs_.emplace(name_of(input), build_input(*input));
    definition_names_.push_back(name_of(input));
  }
}

/// In the order of their names, so that the order of the text shows nowhere.
void Normaliser::build_definitions() {
  std::vector<std::uint32_t> order(patch_.definitions.size());
  std::iota(order.begin(), order.end(), 0u);
  const auto name_of = [&](std::uint32_t i) { return patch_.at(patch_.definitions[i].name); };
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return name_of(a) < name_of(b); });
  definition_values_.resize(order.size());
  bool too_many = false;
  for (const std::uint32_t i : order) {
    const patch::Definition& definition = patch_.definitions[i];
    const std::string name(name_of(i));
    const Place place{name, name, i};
    const bool again = definitions_.at(name) != i;  // the name's second definition: refused when it was read
    definition_values_[i] = too_many || again ? error(definition.span, place) : build(definition.value, place);
    if (too_many || graph_.nodes.size() <= kMaximumBlocks) continue;
    too_many = true;
    findings_.report({}, Code::E_LIMIT_BLOCKS, definition.span,
                     fmt::format("the patch expands to more than {} blocks", kMaximumBlocks));
  }
}

void Normaliser::run() {
  read_canvas();
  read_seed();
  refuse_what_waits();
  index_definitions();
  build_inputs();
  build_definitions();
  resolve_pendings();
  refuse_sink_values();
  record_places();
  check_renames();
  check_identities();
  check_time_root();
  check_camera();
  std::size_t wires = 0;
  for (const Node& node : graph_.nodes) wires += node.inputs.size();
  if (wires > kMaximumWires)
    findings_.report({}, Code::E_LIMIT_WIRES, {},
                     fmt::format("the patch expands to more than {} wires", kMaximumWires));
}

Graph normalise(const patch::Patch& patch, std::optional<std::uint32_t> seed, Findings& findings) {
  Graph graph;
  Normaliser(patch, graph, findings).run();
  if (seed) graph.seed = *seed;
  return graph;
}

}  // namespace oscilla::graph
