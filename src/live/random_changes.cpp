#include "live/random_changes.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "base/diagnostics.hpp"
#include "blocks/catalogue.hpp"
#include "lang/edit.hpp"
#include "live/random_values.hpp"
#include "live/signatures.hpp"
#include "live/workbench.hpp"
#include "oscilla/edit.hpp"
#include "patch/calls.hpp"

namespace oscilla::live {
namespace {

/// Every output of every definition and input, in the order of the text.
std::vector<ReadableValue> readable_values(const Patch& patch) {
  const compile::Compilation compilation = compilation_of(patch);
  const graph::Graph& graph = compilation.graph;
  const graph::Places places = graph::places_of(graph);
  std::vector<ReadableValue> values;
  const auto add = [&](std::string name) {
    const auto place = places.find(name);
    if (place == places.end()) return;
    const graph::Node& node = graph[place->second.node];
    const bool several = node.row != nullptr && node.row->outputs.size() > 1 && place->second.output == 0;
    if (place->second.output < node.outputs.size())
      values.push_back({name, ir::describe(node.outputs[place->second.output])});
    for (std::size_t i = 0; several && i < node.row->outputs.size(); ++i)
      values.push_back({fmt::format("{}.{}", name, node.row->outputs[i].name), ir::describe(node.outputs[i])});
  };
  for (const patch::Input& input : patch.model().inputs) add(std::string(patch.model().at(input.name)));
  for (const patch::Definition& definition : patch.model().definitions)
    add(std::string(patch.model().at(definition.name)));
  return values;
}

/// `text` of an expression with `was: place` in every call of a Kind that stands there itself.
std::string with_was(const Material& material, const Site& site) {
  const patch::Patch& model = material.patch.model();
  std::string text(material.at(site));
  std::vector<patch::CallSite> calls = patch::calls_at(model, site.node);
  for (auto call = calls.rbegin(); call != calls.rend(); ++call) {
    const Node& node = model[call->call];
    if (!patch::is_kind(model.at(node.token))) continue;
    const std::size_t end = node.span.end - model[site.node].span.begin - 1;  // the closing bracket
    const bool first = model.arguments_of(node).empty();
    text.insert(end, (first ? "was: " : ", was: ") + site.place);
  }
  return text;
}

Change extract(const Material& material, std::size_t number, Random& random) {
  const Site* site = pick(material, random, [&](const Site& s) {
    const NodeKind kind = kind_of(material, s);
    const bool computed =
        kind == NodeKind::Call || kind == NodeKind::Binary || kind == NodeKind::Pipe || kind == NodeKind::Vector;
    return computed && !is_time(material, s) && material.at(s).find("was:") == std::string_view::npos;
  });
  if (site == nullptr) return {};
  const std::string name = fmt::format("named{}", number);
  std::string text = material.with(*site, name);
  if (!text.ends_with('\n')) text += '\n';
  text += fmt::format("{} = {}\n", name, with_was(material, *site));
  return TextChange{std::move(text),
                    fmt::format("`{}`: `{}` gets the name `{}`", site->place, material.at(*site), name)};
}

/// A sink like one that is there, beside it.
Change add_sink(const Material& material, const std::string& name, Random& random) {
  const patch::Patch& model = material.patch.model();
  const Site* site = pick(material, random, [&](const Site& s) {
    return s.in_kind && s.port == "position" && s.place.find('.') == s.place.rfind('.');
  });
  if (site == nullptr) return {};
  const Span span = model[model.definitions[site->definition].value].span;
  std::string value(model.at(span));
  const Span inner = model[site->node].span;
  value.replace(inner.begin - span.begin, inner.end - inner.begin, fmt::format("({}) + (0.04, 0.03)", model.at(inner)));
  return TextChange{fmt::format("{}\n{} = {}\n", model.text, name, value), fmt::format("a new sink `{}`", name)};
}

Change add(const Material& material, std::size_t number, Random& random) {
  static constexpr const char* kDrivers[] = {"sin(time.phaseA)",
                                             "Phasor(0.3)",
                                             "Lag(sin(time.phaseA), time: 300ms)",
                                             "Accumulator(0.004)",
                                             "time.phaseA | Slew()",
                                             "noise(time.tMs / 800ms)",
                                             "UnitDelay(sin(time.phaseB))",
                                             "fract(time.tMs / 3s)"};
  static constexpr const char* kUses[] = {"({0}) + 0.03 * {1}", "({0}) * (1 - 0.2 * {1})", "({0}) + 0.02 * ({1}, {1})",
                                          "mix({0}, #ffd166, 0.3 * {1})"};
  const std::string name = fmt::format("added{}", number);
  if (random.one_in(4)) return add_sink(material, name, random);
  const Site* site = pick(material, random, [&](const Site& s) { return s.whole && is_value(material, s); });
  if (site == nullptr) return {};
  std::string text =
      material.with(*site, "(" + fmt::format(fmt::runtime(random.pick(kUses)), material.at(*site), name) + ")");
  const char* driver = random.pick(kDrivers);
  return TextChange{fmt::format("{}\n{} = {}\n", text, name, driver),
                    fmt::format("`{} = {}`, read by `{}`", name, driver, site->place)};
}

/// What may stand for a definition that goes: what its value is made of, a value like it, or a number.
std::string stand_in(const Material& material, const patch::Definition& gone, Random& random) {
  static constexpr const char* kPlain[] = {"0.4", "(0.4, 0.5)", "#ff8800", "3", "1s", "0.25turn"};
  const patch::Patch& model = material.patch.model();
  const std::string_view name = model.at(gone.name);
  std::vector<std::string> parts;
  const std::uint32_t index = static_cast<std::uint32_t>(&gone - model.definitions.data());
  for (const Site& site : material.sites)
    if (site.definition == index && site.node != gone.value && kind_of(material, site) != NodeKind::Bool)
      parts.push_back(fmt::format("({})", material.at(site)));
  for (const ReadableValue& value : material.values) {
    if (value.text != name) continue;
    if (const ReadableValue* other = alike(material, value.type, name, random); other != nullptr)
      parts.insert(parts.end(), 3, other->text);
  }
  return parts.empty() || random.one_in(4) ? random.pick(kPlain) : random.pick(parts);
}

Change remove(const Material& material, Random& random) {
  const patch::Patch& model = material.patch.model();
  if (model.definitions.size() < 3) return {};
  const patch::Definition& gone = random.pick(model.definitions);
  const std::string name(model.at(gone.name));
  if (name == "time") return {};
  struct Piece {
    Span span;
    std::string text;
  };
  std::vector<Piece> pieces{{gone.span, ""}};
  const std::string other = stand_in(material, gone, random);
  for (const Site& site : material.sites) {
    const Span span = model[site.node].span;
    const bool inside = span.begin >= gone.span.begin && span.end <= gone.span.end;
    const NodeKind kind = kind_of(material, site);
    if (!inside && !site.in_composite && (kind == NodeKind::Name || kind == NodeKind::Member) &&
        read_name(model, site.node) == name)
      pieces.push_back({span, other});
  }
  std::ranges::sort(pieces, {}, [](const Piece& piece) { return piece.span.begin; });
  std::string text = model.text;
  for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece)
    text.replace(piece->span.begin, piece->span.end - piece->span.begin, piece->text);
  return TextChange{std::move(text), pieces.size() == 1 ? fmt::format("`{}` goes", name)
                                                        : fmt::format("`{}` goes; `{}` stands for it", name, other)};
}

Change rename(const Material& material, std::size_t number, Random& random) {
  const patch::Patch& model = material.patch.model();
  if (model.definitions.empty()) return {};
  const std::string name(model.at(random.pick(model.definitions).name));
  if (name == "time") return {};
  const std::string other = fmt::format("called{}", number);
  const Edit edit = Edit::rename(name, other);
  auto edited = lang::apply_edits(model, std::span(&edit, 1), signature);
  if (!edited) return {};
  return TextChange{std::move(edited->text), fmt::format("`{}` is called `{}`", name, other)};
}

Change broken(const Material& material, Random& random) {
  static constexpr std::string_view kSlips[] = {"(",  ")",       "=",       ",", "|", "?",
                                                "\"", "nowhere", " 1.2.3 ", "#", "[", "Lag("};
  std::string text = material.patch.model().text;
  const std::size_t first_line = std::min(text.find('\n') + 1, text.size() - 1);
  const std::size_t at = first_line + random.below(text.size() - first_line);
  switch (random.below(3)) {
    case 0: text.erase(at, 1 + random.below(12)); break;
    case 1: text.insert(at, random.pick(kSlips)); break;
    default: text.resize(at); break;  // half of it was saved
  }
  return TextChange{std::move(text), fmt::format("a slip at byte {}", at)};
}

}  // namespace

Material::Material(Patch text)
    : patch(std::move(text)), sites(edit_sites(patch.model())), values(readable_values(patch)) {}

std::string_view Material::at(const Site& site) const { return patch.model().at(patch.model()[site.node].span); }

std::string_view Material::type_at(const Site& site) const {
  const auto found = std::ranges::find(values, at(site), &ReadableValue::text);
  return found == values.end() ? std::string_view{} : std::string_view(found->type);
}

std::string Material::with(const Site& site, std::string_view replacement) const {
  const Span span = patch.model()[site.node].span;
  std::string text = patch.model().text;
  text.replace(span.begin, span.end - span.begin, replacement);
  return text;
}

std::optional<TextChange> random_change(EditKind kind, const Material& material, std::size_t number, Random& random) {
  switch (kind) {
    case EditKind::Literal: return change_literal(material, random);
    case EditKind::Count: return change_count(material, random);
    case EditKind::Rewire: return rewire_value(material, random);
    case EditKind::Wrap: return wrap_value(material, random);
    case EditKind::Lens: return add_lens(material, random);
    case EditKind::Extract: return extract(material, number, random);
    case EditKind::Add: return add(material, number, random);
    case EditKind::Remove: return remove(material, random);
    case EditKind::Rename: return rename(material, number, random);
    case EditKind::Broken: return broken(material, random);
    case EditKind::Undo: break;
  }
  return {};
}

}  // namespace oscilla::live
