#include "graph/normalise.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "base/nearest_name.hpp"
#include "graph/limits.hpp"
#include "graph/normaliser.hpp"
#include "graph/swizzle.hpp"
#include "patch/literal.hpp"

namespace oscilla::graph {

Place Normaliser::down(const Place& place, std::string_view port) {
  const std::string_view now = graph_.names.keep({place.now, ".", port});
  return {now, place.before == place.now ? now : graph_.names.keep({place.before, ".", port}), place.definition};
}

NodeIx Normaliser::add(Node node, const Place& place, Span span) {
  node.place = place.now;
  node.span = span;
  node.definition = place.definition;
  const std::string_view kind = kind_name(node);
  node.name = graph_.names.keep({place.now, ".", kind});
  const std::uint32_t n = ++name_counts_[node.name];
  const std::string suffix = n == 1 ? "" : fmt::format("~{}", n);
  if (n > 1) node.name = graph_.names.keep({node.name, suffix});
  node.identity = place.before == place.now ? node.name : graph_.names.keep({place.before, ".", kind, suffix});
  const bool in_a_use = node.place.find('~') != std::string_view::npos;  // the second of a composite at a place
  if ((n > 1 || in_a_use) && node.row != nullptr && node.row->form == blocks::Form::State)
    report({static_cast<std::uint32_t>(graph_.nodes.size())}, Code::I_UNNAMED_STATE, span,
           fmt::format("the state of `{}` is found by its order here", node.name),
           in_a_use ? "give the composite that it is in a name of its own: a line of its own"
                    : fmt::format("give the inner {} a name of its own: `name = {}(...)`", kind, kind));
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

/// A value that must be of a port's type, and is converted as at a port.
Ref Normaliser::typed(blocks::PortType type, Ref value, const Place& place, Span span) {
  Node node;
  node.kind = NodeKind::Parameter;
  node.port = type;
  node.inputs = {input(value, span)};
  node.outputs.resize(1);
  return {{add(std::move(node), place, span), 0}};
}

/// The value of what could not be read and is reported.
Ref Normaliser::nothing() {
  if (!nothing_.source.valid()) nothing_ = error({}, {"nothing", "nothing", kNoDefinition});
  return nothing_;
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
  if (ref.expansion != kNone) {
    pendings_.push_back({kNone, {}, span, {"", "", definition_}, ref.expansion});
    ref = {{}, static_cast<std::uint32_t>(pendings_.size() - 1)};
  }
  Input result{ref.source, span, given};
  if (ref.pending != kNone) result.source = {{kNone - 1 - ref.pending}, 0};
  return result;
}

Source Normaliser::swizzle(Source value, Member member, Span span, const Place& place) {
  Node node;
  if (!read_swizzle(member.name, node)) return {};
  node.inputs = {{value, span, true}};
  return {add(std::move(node), place, span), 0};
}

std::optional<std::uint32_t> Normaliser::find_definition(std::string_view name) const {
  if (expansion_ != kNone) {
    const Expansion& expansion = expansions_[expansion_];
    const auto& names = composites_[expansion.composite].names;
    if (const auto found = names.find(name); found != names.end()) return expansion.first + found->second;
    if (name != "time") return std::nullopt;
  }
  const auto found = definitions_.find(name);
  return found == definitions_.end() ? std::nullopt : std::optional(found->second);
}

const std::vector<std::string_view>& Normaliser::names_here() const {
  return expansion_ == kNone ? definition_names_ : composites_[expansions_[expansion_].composite].name_list;
}

/// "did you mean `x`?", or nothing. Looking is given up after so many that hints cost no more than reading does.
std::string Normaliser::nearest(std::string_view name, std::span<const std::string_view> candidates) {
  constexpr std::size_t kMostHints = 100;
  return ++hints_ > kMostHints ? std::string() : did_you_mean(name, candidates);
}

void Normaliser::index_definitions() {
  graph_.definitions.reserve(patch_->definitions.size());
  for (std::uint32_t i = 0; i < patch_->definitions.size(); ++i) {
    const patch::Definition& definition = patch_->definitions[i];
    const std::string_view name = patch_->at(definition.name);
    graph_.definitions.push_back({name, definition.span, 0});
    if (definitions_.emplace(name, i).second) definition_names_.push_back(name);
    if (name == "pi" || name == "tau" || name == "goldenAngle" || name == "canvas")
      report({}, Code::I_SHADOWS_BUILTIN, definition.name,
             fmt::format("`{}` is this patch's own from here on, not the built-in one", name),
             "another name leaves the built-in one as it is");
  }
  definition_values_.resize(graph_.definitions.size());
}

/// A sink has a name like any other block, but no value; another name for it is the mistake, not the uses of that.
void Normaliser::refuse_sink_values() {
  const auto is_sink = [&](Source source) { return source.valid() && graph_[source.node].outputs.empty(); };
  const auto refuse = [&](Span span, NodeIx sink) {
    const std::string_view place = graph_[sink].place;
    const Source none = error(span, {place, place, definition_}).source;
    const bool camera = graph_[sink].row->form == blocks::Form::Camera;
    report(none.node, Code::E_TYPE_MISMATCH, span,
           fmt::format("`{}` {} and has no value", place, camera ? "is the camera" : "draws"),
           camera ? "all sinks are seen through it by themselves; nobody reads it"
                  : "read what it draws instead, such as its position");
    return none;
  };
  std::unordered_map<std::uint32_t, Source> refused;  // by sink: other names for it; looked up only
  for (std::uint32_t i = 0; i < definition_values_.size(); ++i) {
    const std::uint32_t use = definition_values_[i].pending;
    if (use == kNone || !is_sink(resolved_[use].source)) continue;
    const NodeIx sink = resolved_[use].source.node;
    definition_ = i;
    if (!refused.contains(sink.v)) refused.emplace(sink.v, refuse(pendings_[use].span, sink));
  }
  for (std::size_t i = 0; i < graph_.nodes.size(); ++i)
    for (std::size_t k = 0; k < graph_.nodes[i].inputs.size(); ++k) {
      const Input input = graph_.nodes[i].inputs[k];
      if (!is_sink(input.source)) continue;
      definition_ = graph_.nodes[i].definition;
      const auto known = refused.find(input.source.node.v);
      const bool by_alias = input.via != kNoDefinition && graph_.definitions[input.via].alias != kNoDefinition;
      const Source none = !by_alias || known == refused.end() ? refuse(input.span, input.source.node) : known->second;
      graph_.nodes[i].inputs[k].source = none;
    }
  definition_ = kNoDefinition;
}

void Normaliser::record_places() {
  for (std::uint32_t i = 0; i < definition_values_.size(); ++i) {
    const Ref direct = definition_values_[i];
    const Ref value = direct.pending == kNone ? direct : resolved_[direct.pending];
    const std::string_view place = graph_.definitions[i].place;
    if (value.source.valid()) graph_.named.emplace_back(place, value.source);
    if (value.expansion == kNone) continue;
    if (const Source source = first_output(value.expansion); source.valid()) graph_.named.emplace_back(place, source);
    if (direct.pending == kNone) continue;  // its own definitions have their places
    const std::vector<std::string_view> names = output_names(value.expansion);
    for (std::size_t k = 0; k < names.size(); ++k) {
      Ref output = output_value(value.expansion, k);
      if (output.pending != kNone) output = resolved_[output.pending];
      if (output.source.valid()) graph_.named.emplace_back(graph_.names.keep({place, ".", names[k]}), output.source);
    }
  }
  for (const patch::Input& input : patch_->inputs)
    if (const auto found = inputs_.find(patch_->at(input.name)); found != inputs_.end())
      graph_.named.emplace_back(found->first, found->second.source);
  for (const auto& [name, source] : rails_) graph_.named.emplace_back(graph_.names.keep({"time.", name}), source);
}

/// What a block that remembers begins with is read in its first tick: it is no part of what comes a tick later, so it
/// has a node of its own, which is what everybody else reads. A literal is put into the state before.
void Normaliser::add_births() {
  std::unordered_map<std::uint32_t, NodeIx> births;  // by state; looked up only
  const std::size_t count = graph_.nodes.size();
  for (std::uint32_t i = 0; i < count; ++i) {
    if (graph_.nodes[i].row == nullptr) continue;
    const std::size_t port = initial_port(*graph_.nodes[i].row);
    if (port == kNoInitial || !graph_.nodes[i].inputs[port].given) continue;
    const Input initial = graph_.nodes[i].inputs[port];
    if (graph_[initial.source.node].kind == NodeKind::Constant) continue;
    Node node;
    node.kind = NodeKind::Birth;
    const Span span = graph_.nodes[i].span;
    node.inputs = {{{{i}, 0}, span, false}, initial};
    node.outputs.resize(1);
    const std::string_view place = graph_.nodes[i].place;
    const std::uint32_t definition = graph_.nodes[i].definition;
    births.emplace(i, add(std::move(node), {place, place, definition}, span));
  }
  if (births.empty()) return;
  const auto redirect = [&](Source& source) {
    if (source.output != 0) return;
    if (const auto found = births.find(source.node.v); found != births.end()) source.node = found->second;
  };
  for (Node& node : graph_.nodes)
    for (std::size_t i = 0; i < node.inputs.size(); ++i)
      if (node.kind != NodeKind::Birth || i > 0) redirect(node.inputs[i].source);
  for (auto& [place, source] : graph_.named) redirect(source);
}

void Normaliser::check_time_root() {
  if (is_full()) return;  // the rest was not built
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
    report({}, Code::E_TIME_ROOT_MISSING, graph_[roots.front()].span, "the TimeRoot must be called `time`",
           "write `time = TimeRoot(...)`");
  for (std::size_t i = 1; i < roots.size(); ++i)
    report({}, Code::E_TIME_ROOT_MULTIPLE, graph_[roots[i]].span, "a second TimeRoot: a patch has one clock",
           "remove it and use `time` everywhere");
  const bool unread =
      std::any_of(patch_->statements.begin(), patch_->statements.end(),
                  [](const patch::Statement& statement) { return statement.kind == patch::StatementKind::Unread; });
  if (!graph_.time_root.valid() && patch_->version != 0 && !unread)
    report({}, Code::E_TIME_ROOT_MISSING, {}, "this patch has no clock",
           "add `time = TimeRoot(periodA: 4s, periodB: 8s)`");
}

bool Normaliser::is_full() {
  return graph_.nodes.size() + graph_.definitions.size() > kMaximumBlocks + patch_->definitions.size();
}

void Normaliser::build_definition(const patch::Definition& definition, std::uint32_t ix, bool again) {
  const bool was_full = is_full();
  definition_ = ix;
  const std::string_view name = graph_.definitions[ix].place;
  Place place{name, name, ix};
  if (expansion_ != kNone)
    if (const Place& outer = expansions_[expansion_].place; outer.before != outer.now)
      place.before = graph_.names.keep({outer.before, ".", patch_->at(definition.name)});
  const Ref value = was_full || again ? error(definition.span, place) : build(definition.value, place);
  definition_values_[ix] = value;  // only now: building moves the vector
  if (!was_full && is_full())
    report({}, Code::E_LIMIT_BLOCKS, definition.span,
           fmt::format("the patch expands to more than {} blocks", kMaximumBlocks),
           "use smaller composites, or fewer of them");
  definition_ = kNoDefinition;
}

namespace {

/// A name to sort by: its first eight bytes as a number tell most names apart without a look at the text.
struct SortName {
  std::uint64_t head = 0;
  std::string_view name;
  std::uint32_t ix = 0;
  auto operator<=>(const SortName&) const = default;

  SortName(std::string_view text, std::uint32_t index) : name(text), ix(index) {
    for (std::size_t i = 0; i < 8; ++i) head = head << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0u);
  }
};

}  // namespace

/// In the order of their names, so that the order of the text shows nowhere.
void Normaliser::build_definitions() {
  std::vector<SortName> order;
  order.reserve(patch_->definitions.size());
  for (std::uint32_t i = 0; i < patch_->definitions.size(); ++i)
    order.emplace_back(patch_->at(patch_->definitions[i].name), i);
  std::sort(order.begin(), order.end());
  for (const auto& [head, name, i] : order)  // a name's second definition was refused when it was read
    build_definition(patch_->definitions[i], i, definitions_.at(name) != i);
}

void Normaliser::run() {
  graph_.nodes.reserve(std::min<std::size_t>(patch_->nodes.size(), kMaximumBlocks));
  pendings_.reserve(
      static_cast<std::size_t>(std::count_if(patch_->nodes.begin(), patch_->nodes.end(), [](const patch::Node& node) {
        return node.kind == patch::NodeKind::Name;
      })));
  graph_.named.reserve(patch_->definitions.size());
  read_canvas();
  read_seed();
  read_files();
  index_definitions();
  build_inputs();
  build_definitions();
  build_expansions();
  resolve_pendings();
  refuse_sink_values();
  record_places();
  add_births();
  check_renames();
  check_identities();
  check_time_root();
  check_camera();
  std::size_t wires = 0;
  for (const Node& node : graph_.nodes) wires += node.inputs.size();
  if (wires > kMaximumWires)
    report({}, Code::E_LIMIT_WIRES, {}, fmt::format("the patch expands to more than {} wires", kMaximumWires));
}

Graph normalise(const patch::Patch& patch, std::optional<std::uint32_t> seed, Findings& findings,
                const patch::Patch* library) {
  Graph graph;
  Normaliser(patch, library, graph, findings).run();
  if (seed) graph.seed = *seed;
  return graph;
}

}  // namespace oscilla::graph
