// Names to values: aliases are followed, outputs and components are taken. Without recursion: a patch may chain more
// names than a thread's stack holds.
#include <algorithm>

#include <fmt/format.h>

#include "graph/normaliser.hpp"
#include "graph/swizzle.hpp"

namespace oscilla::graph {

/// What a use means before its members are taken.
Ref Normaliser::value_of(const Pending& use) const {
  return use.expansion != kNone ? Ref{{}, kNone, use.expansion} : definition_values_[use.definition];
}

/// Takes member number `member` of the use's value, or the value that it is a component of.
Ref Normaliser::step(const Pending& use, Ref value, std::size_t& member) {
  definition_ = use.place.definition;
  const Member wanted = use.members[member];
  if (value.expansion == kNone) {
    ++member;
    return member_of(value, wanted, use.span, use.place);
  }
  const std::vector<std::string_view> outputs = output_names(value.expansion);
  const auto found = std::find(outputs.begin(), outputs.end(), wanted.name);
  if (found != outputs.end()) {
    ++member;
    return output_value(value.expansion, static_cast<std::size_t>(found - outputs.begin()));
  }
  Node components;
  if (!outputs.empty() && read_swizzle(wanted.name, components)) return output_value(value.expansion, 0);
  const Ref result = error(use.span, use.place);
  std::string hint = nearest(wanted.name, outputs);
  if (hint.empty()) hint = fmt::format("it has {}", fmt::join(outputs, ", "));
  if (outputs.empty()) hint = "it draws and has no values; read what it draws";
  report(result.source.node, Code::E_UNKNOWN_NAME, wanted.span,
         fmt::format("`{}` has no `{}`", expansions_[value.expansion].place.now, wanted.name), std::move(hint));
  member = use.members.size();
  return result;
}

/// Names that only stand for each other: said where the first of them stands in the text.
void Normaliser::refuse_alias_loop(std::span<const std::uint32_t> loop) {
  const auto span_of = [&](std::uint32_t use) { return pendings_[use].span; };
  const std::size_t first = static_cast<std::size_t>(
      std::min_element(loop.begin(), loop.end(), [&](auto a, auto b) { return span_of(a) < span_of(b); }) -
      loop.begin());
  const auto name = [&](std::size_t i) {
    const std::uint32_t definition = pendings_[loop[(first + i) % loop.size()]].place.definition;
    return graph_.definitions[definition].place;
  };
  std::string names(name(0));
  for (std::size_t i = 1; i <= loop.size(); ++i) names += fmt::format(" -> {}", name(i));
  const Pending& use = pendings_[loop[first]];
  definition_ = use.place.definition;
  report({}, Code::E_CYCLE_DETECTED, use.span,
         loop.size() == 1 ? fmt::format("`{}` is defined as itself", name(0))
                          : fmt::format("names that only lead to each other: {}", names),
         loop.size() == 1 ? "give it a value" : "give one of them a value");
}

/// Follows a use to the node or composite that makes its value. Aliases may form a loop: reported once.
void Normaliser::resolve(std::uint32_t pending) {
  struct Walk {
    std::uint32_t pending;
    Ref value;
    std::size_t member = 0;
  };
  enum : std::uint8_t { kNew, kOpen, kDone };
  std::vector<Walk> stack;
  const auto enter = [&](std::uint32_t next) {
    resolve_states_[next] = kOpen;
    stack.push_back({next, value_of(pendings_[next])});
  };
  const auto leave = [&](Ref value) {
    resolved_[stack.back().pending] = value;
    resolve_states_[stack.back().pending] = kDone;
    stack.pop_back();
  };
  if (resolve_states_[pending] == kNew) enter(pending);
  while (!stack.empty()) {
    Walk& walk = stack.back();
    const std::uint32_t next = walk.value.pending;
    if (next == kNone && walk.member == pendings_[walk.pending].members.size()) {
      leave(walk.value);
    } else if (next == kNone) {
      walk.value = step(pendings_[walk.pending], walk.value, walk.member);
    } else if (resolve_states_[next] == kDone) {
      walk.value = resolved_[next];
    } else if (resolve_states_[next] == kNew) {
      enter(next);
    } else {
      std::vector<std::uint32_t> loop;
      const auto begin =
          std::find_if(stack.begin(), stack.end(), [&](const Walk& open) { return open.pending == next; });
      for (auto at = begin; at != stack.end(); ++at) loop.push_back(at->pending);
      refuse_alias_loop(loop);
      const Ref none = error(pendings_[next].span, pendings_[next].place);
      for (std::size_t i = 0; i < loop.size(); ++i) leave(none);
    }
  }
}

/// The node of a composite's value; none if the composite has no outputs, or if its output is only itself.
Source Normaliser::first_output(std::uint32_t expansion) {
  std::vector<std::uint32_t> chain;
  Ref value{{}, kNone, expansion};
  while (value.expansion != kNone && first_outputs_[value.expansion].state == 0) {
    First& first = first_outputs_[value.expansion];
    first.state = 1;
    chain.push_back(value.expansion);
    if (output_names(value.expansion).empty()) break;
    value = output_value(value.expansion, 0);
    if (value.pending != kNone) value = resolved_[value.pending];
  }
  if (value.expansion != kNone) value.source = first_outputs_[value.expansion].source;
  for (const std::uint32_t i : chain) first_outputs_[i] = {value.source, 2};
  return value.source;
}

/// `time` alone is its rail tMs, which the patch may have replaced.
Source Normaliser::read_clock(Source source) const {
  if (rails_.empty() || !source.valid() || source.output != 0) return source;
  const blocks::Row* row = graph_[source.node].row;
  if (row == nullptr || row->form != blocks::Form::Time) return source;
  const auto rail = std::find_if(rails_.begin(), rails_.end(),
                                 [&](const auto& named) { return named.first == row->outputs[0].name; });
  return rail == rails_.end() ? source : rail->second;
}

void Normaliser::resolve_pendings() {
  resolved_.resize(pendings_.size());
  resolve_states_.resize(pendings_.size());
  first_outputs_.resize(expansions_.size());
  for (std::uint32_t i = 0; i < pendings_.size(); ++i) resolve(i);
  const auto source_of = [&](Input input) {
    const std::uint32_t use = kNone - 1 - input.source.node.v;
    const Ref value = resolved_[use];
    if (value.expansion == kNone) return read_clock(value.source);
    if (const Source source = first_output(value.expansion); source.valid()) return source;
    definition_ = pendings_[use].place.definition;
    const Place& place = expansions_[value.expansion].place;
    const Source none = error(input.span, {place.now, place.before, definition_}).source;
    const bool draws = output_names(value.expansion).empty();
    report(none.node, draws ? Code::E_TYPE_MISMATCH : Code::E_CYCLE_DETECTED, input.span,
           draws ? fmt::format("`{}` draws and has no value", place.now)
                 : fmt::format("the value of `{}` leads to itself only", place.now),
           draws ? "what stands behind the `->` of its define would be its values" : "give it a value");
    return none;
  };
  const std::size_t count = graph_.nodes.size();
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t k = 0; k < graph_.nodes[i].inputs.size(); ++k) {
      const Input input = graph_.nodes[i].inputs[k];
      if (!input.source.valid() || input.source.node.v <= kNone - 1 - pendings_.size()) continue;
      const Source source = source_of(input);
      graph_.nodes[i].inputs[k].source = source;
      graph_.nodes[i].inputs[k].via = pendings_[kNone - 1 - input.source.node.v].definition;
    }
  for (std::size_t i = 0; i < definition_values_.size(); ++i)
    if (definition_values_[i].pending != kNone)
      graph_.definitions[i].alias = pendings_[definition_values_[i].pending].definition;
  definition_ = kNoDefinition;
}

}  // namespace oscilla::graph
