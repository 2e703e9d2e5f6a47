// Composites: a use of a `define` becomes definitions of its own, named `place.name`, which are read like any others.
// Uses are expanded one after the other, not inside each other, so nesting costs no stack.
#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "graph/limits.hpp"
#include "graph/normaliser.hpp"

namespace oscilla::graph {
namespace {

using blocks::PortType;

struct TypeWord {
  std::string_view word;
  PortType type;
};
constexpr TypeWord kTypeWords[] = {
    {"float", PortType::Float}, {"int", PortType::Int},     {"bool", PortType::Bool},   {"vec2", PortType::Vec2},
    {"vec3", PortType::Vec3},   {"color", PortType::Color}, {"shape", PortType::Shape}, {"phase", PortType::Phase},
    {"angle", PortType::Angle}, {"time", PortType::Time},   {"norm", PortType::Norm},   {"any", PortType::AnyT},
    {"event", PortType::Event},
};

/// A patch has one of these, whoever uses it.
bool is_for_files_only(const blocks::Row& row) { return row.form == blocks::Form::Time || row.name == "Camera"; }

}  // namespace

/// The patch, what it uses, what that uses ..., and the program's own library.
void Normaliser::read_files() {
  graph_.files.push_back(patch_);
  std::unordered_map<const patch::Patch*, std::uint32_t> known{{patch_, 0}};
  for (std::size_t i = 0; i < graph_.files.size(); ++i)
    for (const patch::Use& use : graph_.files[i]->uses)
      if (use.file && known.emplace(use.file.get(), graph_.files.size()).second) graph_.files.push_back(use.file.get());
  if (library_ != nullptr) graph_.files.push_back(library_);
  index_composites();
  for (std::size_t i = 0; i < graph_.files.size(); ++i) {
    const auto& own = kinds_[i];
    auto visible = own;
    for (const patch::Use& use : graph_.files[i]->uses) {
      if (!use.file) continue;
      for (const auto& [name, composite] : kinds_[known.at(use.file.get())])
        if (composites_[composite].file == known.at(use.file.get())) visible.emplace(name, composite);
    }
    visible_.push_back(std::move(visible));
  }
  check_uses();
  check_kind_names();
}

/// A file that could not be read was reported then; one that nobody tried to read is reported here.
void Normaliser::check_uses() {
  for (const patch::Use& use : patch_->uses) {
    const auto& told = patch_->diagnostics.list();
    const bool known = std::any_of(told.begin(), told.end(), [&](const Diagnostic& d) {
      return use.span.begin <= d.span.begin && d.span.begin < use.span.end;
    });
    if (!use.file && !known)
      report({}, Code::E_USE, use.span, fmt::format("{} was not read", patch_->at(use.path)),
             "whoever has read this patch has not read the files that it uses");
  }
}

void Normaliser::index_composites() {
  for (std::uint32_t file = 0; file < graph_.files.size(); ++file) {
    const patch::Patch& patch = *graph_.files[file];
    std::unordered_map<std::string_view, std::uint32_t> kinds;
    for (const patch::Define& define : patch.defines) {
      Composite composite{&define, file, {}, {}, {}};
      std::uint32_t next = 0;
      const auto add_name = [&](Span span) {
        if (composite.names.emplace(patch.at(span), next++).second) composite.name_list.push_back(patch.at(span));
      };
      for (const patch::Parameter& parameter : define.parameters) add_name(parameter.name);
      for (const patch::Definition& definition : define.body) add_name(definition.name);
      composite.order.resize(define.body.size());
      std::iota(composite.order.begin(), composite.order.end(), 0u);
      std::stable_sort(composite.order.begin(), composite.order.end(),
                       [&](auto a, auto b) { return patch.at(define.body[a].name) < patch.at(define.body[b].name); });
      kinds.emplace(patch.at(define.name), static_cast<std::uint32_t>(composites_.size()));
      composites_.push_back(std::move(composite));
    }
    kinds_.push_back(std::move(kinds));
  }
}

/// A Kind of the patch's own beside one of the catalogue or of another file.
void Normaliser::check_kind_names() {
  const auto mention = [&](Span span, std::string_view name) {
    if (blocks::find_kind(name) != nullptr || find_in_library(name))
      report({}, Code::I_SHADOWS_BUILTIN, span,
             fmt::format("`{}` is this patch's own from here on, not the built-in one", name),
             "another name leaves the built-in one as it is");
  };
  std::unordered_map<std::string_view, std::string_view> owners;
  for (const patch::Define& define : patch_->defines) {
    mention(define.name, patch_->at(define.name));
    owners.emplace(patch_->at(define.name), "this patch");
  }
  for (const patch::Use& use : patch_->uses) {
    if (!use.file) continue;
    for (const patch::Define& define : use.file->defines) {
      const std::string_view name = use.file->at(define.name);
      const auto [owner, is_new] = owners.emplace(name, patch_->at(use.path));
      if (is_new) mention(use.span, name);
      if (!is_new && owner->second != patch_->at(use.path))
        report({}, Code::E_DUPLICATE_NAME, use.span, fmt::format("`{}` is defined in {} too", name, owner->second),
               "a Kind can have one meaning only: rename one of them");
    }
  }
}

std::optional<std::uint32_t> Normaliser::find_composite(std::string_view name) const {
  const auto found = visible_[file_].find(name);
  return found == visible_[file_].end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::uint32_t> Normaliser::find_in_library(std::string_view name) const {
  if (library_ == nullptr) return std::nullopt;
  const auto found = kinds_.back().find(name);
  return found == kinds_.back().end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string_view> Normaliser::output_names(std::uint32_t expansion) const {
  const Composite& composite = composites_[expansions_[expansion].composite];
  std::vector<std::string_view> names;
  for (const Span output : composite.define->outputs) names.push_back(graph_.files[composite.file]->at(output));
  return names;
}

/// The definition of an output. One that the body does not define was refused when it was read.
std::uint32_t Normaliser::output_of(std::uint32_t expansion, std::size_t output) const {
  const Composite& composite = composites_[expansions_[expansion].composite];
  const auto found = composite.names.find(graph_.files[composite.file]->at(composite.define->outputs[output]));
  return found == composite.names.end() ? kNone : expansions_[expansion].first + found->second;
}

Ref Normaliser::output_value(std::uint32_t expansion, std::size_t output) {
  const std::uint32_t definition = output_of(expansion, output);
  return definition == kNone ? nothing() : definition_values_[definition];
}

/// Neither too deep nor inside itself.
bool Normaliser::may_expand(std::uint32_t composite, const patch::Node& ast) {
  const auto name_of = [&](std::uint32_t i) {
    return graph_.files[composites_[i].file]->at(composites_[i].define->name);
  };
  std::vector<std::string_view> chain;
  for (std::uint32_t at = expansion_; at != kNone; at = expansions_[at].outer) {
    chain.push_back(name_of(expansions_[at].composite));
    if (expansions_[at].composite != composite) continue;
    std::reverse(chain.begin(), chain.end());
    report({}, Code::E_COMPOSITE, ast.token,
           chain.size() == 1
               ? fmt::format("`{}` contains itself", chain[0])
               : fmt::format("`{}` contains itself: {} -> {}", chain[0], fmt::join(chain, " -> "), chain[0]),
           "it would never end; feedback goes through a UnitDelay in one body");
    return false;
  }
  if (chain.size() < kMaximumComposites) return true;
  std::reverse(chain.begin(), chain.end());
  report({}, Code::E_LIMIT_COMPOSITES, ast.token,
         fmt::format("composites are nested more than {} deep: {} -> {}", kMaximumComposites, fmt::join(chain, " -> "),
                     name_of(composite)),
         "write the inner ones out where they are used");
  return false;
}

std::uint32_t Normaliser::add_expansion(std::uint32_t composite, const Place& place) {
  const Composite& kind = composites_[composite];
  const patch::Patch& file = *graph_.files[kind.file];
  const auto add_definition = [&](Span name, Span span) {
    graph_.definitions.push_back({graph_.names.keep({place.now, ".", file.at(name)}), span, kind.file, place.definition,
                                  file.at(kind.define->name)});
  };
  expansions_.push_back({composite, place, expansion_, static_cast<std::uint32_t>(graph_.definitions.size())});
  for (const patch::Parameter& parameter : kind.define->parameters) add_definition(parameter.name, parameter.name);
  for (const patch::Definition& definition : kind.define->body) add_definition(definition.name, definition.span);
  definition_values_.resize(graph_.definitions.size());
  return static_cast<std::uint32_t>(expansions_.size() - 1);
}

/// What was given to a parameter, as a value of the parameter's type; of `any`, the value as it is, outputs and all.
Ref Normaliser::parameter(const patch::Parameter& parameter, const patch::Patch& file, Ref value, const Place& place,
                          Span span) {
  const std::string_view word = file.at(parameter.type);
  const auto found = std::find_if(std::begin(kTypeWords), std::end(kTypeWords),
                                  [&](const TypeWord& type) { return type.word == word; });
  if (found == std::end(kTypeWords)) return nothing();  // refused where the body is read
  if (found->type == PortType::AnyT) return value;
  return typed(found->type, value, place, span);
}

/// The second use at a place, of whatever composite, has names of its own: `rows~2.draw`.
Place Normaliser::place_of_use(const Place& place) {
  const std::uint32_t n = ++use_counts_[place.now];
  if (n == 1) return place;
  const std::string suffix = fmt::format("~{}", n);
  const std::string_view now = graph_.names.keep({place.now, suffix});
  return {now, place.before == place.now ? now : graph_.names.keep({place.before, suffix}), place.definition};
}

Ref Normaliser::build_composite(std::uint32_t composite, const patch::Node& ast, const Place& at,
                                std::span<const Given> given) {
  if (!may_expand(composite, ast)) return error(ast.span, at);
  const patch::Define& define = *composites_[composite].define;
  const patch::Patch& file = *graph_.files[composites_[composite].file];
  const Place place = place_of_use(place_of_call(ast, at));
  std::vector<std::string_view> names;
  for (const patch::Parameter& parameter : define.parameters) names.push_back(file.at(parameter.name));
  const std::vector<std::size_t> ports = match(ast, names, given);
  const bool all_matched = std::find(ports.begin(), ports.end(), kNoPort) == ports.end();
  const std::uint32_t expansion = add_expansion(composite, place);
  const std::uint32_t first = expansions_[expansion].first;
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (ports[i] == kNoPort) {
      read_for_mistakes(given[i], place);
      continue;
    }
    const Place inside = down(place, names[ports[i]]);
    const Ref typed = parameter(define.parameters[ports[i]], file, value_of(given[i], inside), inside, given[i].span);
    definition_values_[first + ports[i]] = typed;
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (std::find(ports.begin(), ports.end(), i) != ports.end() || define.parameters[i].fallback.valid()) continue;
    const Ref missing = error(ast.span, down(place, names[i]));
    definition_values_[first + i] = missing;
    if (all_matched)
      report(missing.source.node, Code::E_ARGUMENT, ast.token,
             fmt::format("`{}` needs `{}`", patch_->at(ast.token), names[i]),
             fmt::format("it is a parameter of type {} without a default", file.at(define.parameters[i].type)));
  }
  return {{}, kNone, expansion};
}

/// Whether a parameter's type exists; reported if not.
bool Normaliser::has_type(const patch::Parameter& parameter) {
  const std::string_view word = patch_->at(parameter.type);
  std::vector<std::string_view> words;
  for (const TypeWord& type : kTypeWords) words.push_back(type.word);
  if (std::find(words.begin(), words.end(), word) != words.end()) return true;
  const std::string hint = nearest(word, words);
  report({}, Code::E_UNKNOWN_NAME, parameter.type, fmt::format("there is no type `{}`", word),
         hint.empty() ? fmt::format("one of {}", fmt::join(words, ", ")) : hint);
  return false;
}

/// Defaults of what was left out, read where the body is read; types that do not exist.
void Normaliser::build_parameters(std::uint32_t ix) {
  const Expansion expansion = expansions_[ix];
  const patch::Define& define = *composites_[expansion.composite].define;
  for (std::size_t i = 0; i < define.parameters.size(); ++i) {
    const patch::Parameter& parameter = define.parameters[i];
    definition_ = expansion.first + static_cast<std::uint32_t>(i);
    if (!has_type(parameter)) {
      const std::string_view place = graph_.definitions[definition_].place;
      const Ref none = error(parameter.type, {place, place, definition_});
      definition_values_[definition_] = none;
    }
    Ref& value = definition_values_[definition_];
    if (value.source.valid() || value.pending != kNone || value.expansion != kNone || !parameter.fallback.valid())
      continue;
    Place place = down(expansion.place, patch_->at(parameter.name));
    place.definition = definition_;
    const Ref fallback = build(parameter.fallback, place);
    const Ref built = this->parameter(parameter, *patch_, fallback, place, (*patch_)[parameter.fallback].span);
    definition_values_[place.definition] = built;
  }
}

void Normaliser::build_expansions() {
  const patch::Patch* const patch = patch_;
  for (std::uint32_t i = 0; i < expansions_.size(); ++i) {
    const Composite& composite = composites_[expansions_[i].composite];
    expansion_ = i;
    file_ = composite.file;
    patch_ = graph_.files[file_];
    build_parameters(i);
    const std::uint32_t body = expansions_[i].first + static_cast<std::uint32_t>(composite.define->parameters.size());
    for (const std::uint32_t k : composite.order) {
      const patch::Definition& definition = composite.define->body[k];
      const std::uint32_t own = expansions_[i].first + composite.names.at(patch_->at(definition.name));
      build_definition(definition, body + k, own != body + k);
    }
  }
  expansion_ = kNone;
  file_ = 0;
  patch_ = patch;
}

/// Whether a block of the catalogue may stand inside a composite.
bool Normaliser::may_stand_here(const blocks::Row& row, const patch::Node& ast) {
  if (expansion_ == kNone || !is_for_files_only(row)) return true;
  report(
      {}, Code::E_COMPOSITE, ast.token, fmt::format("a composite cannot contain a {}", row.name),
      row.form == blocks::Form::Time ? "`time` can be read in every composite" : "a patch has one, at its top level");
  return false;
}

}  // namespace oscilla::graph
