// Which names a file or a composite may give: each once, in one spelling.
#include <algorithm>
#include <map>
#include <string>

#include <fmt/format.h>

#include "base/nearest_name.hpp"
#include "lang/characters.hpp"
#include "lang/parser.hpp"

namespace oscilla::lang {
namespace {

// Beyond this many names the nearest is not looked for: hints must not cost more than reading does.
constexpr std::size_t kMaxCandidates = 256;

std::string lower(std::string_view name) {
  std::string result(name);
  for (char& c : result)
    if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
  return result;
}

}  // namespace

void Parser::check_names() {
  std::vector<Span> names;
  std::vector<Span> canvases;
  std::vector<Span> seeds;
  for (const patch::Definition& definition : patch_.definitions) names.push_back(definition.name);
  for (const patch::Input& input : patch_.inputs) names.push_back(input.name);
  for (const patch::Define& define : patch_.defines) names.push_back(define.name);
  for (const patch::Canvas& canvas : patch_.canvases) canvases.push_back(canvas.span);
  for (const patch::Seed& seed : patch_.seeds) seeds.push_back(seed.span);
  check_duplicates(std::move(names));
  check_single(canvases, "canvas");
  check_single(seeds, "seed");
  for (const patch::Define& define : patch_.defines) check_define_names(define);
}

void Parser::check_define_names(const patch::Define& define) {
  std::vector<Span> names;
  for (const patch::Parameter& parameter : define.parameters) names.push_back(parameter.name);
  std::vector<std::string_view> body;
  for (const patch::Definition& definition : define.body) {
    names.push_back(definition.name);
    body.push_back(patch_.at(definition.name));
  }
  check_duplicates(std::move(names));
  check_duplicates(define.outputs);
  std::vector<std::string_view> sorted = body;
  std::sort(sorted.begin(), sorted.end());
  for (const Span output : define.outputs) {
    const std::string_view name = patch_.at(output);
    if (std::binary_search(sorted.begin(), sorted.end(), name)) continue;
    const std::string near = body.size() <= kMaxCandidates ? did_you_mean(name, body) : std::string();
    rule(Code::E_UNKNOWN_NAME, output, fmt::format("the body does not define the output `{}`", name),
         near.empty() ? fmt::format("add `{} = ...`", name) : near);
  }
}

void Parser::check_duplicates(std::vector<Span> names) {
  std::sort(names.begin(), names.end());
  std::map<std::string, Span> seen;
  for (const Span span : names) {
    const std::string_view name = patch_.at(span);
    const auto [first, is_new] = seen.emplace(lower(name), span);
    if (is_new) continue;
    const std::string_view other = patch_.at(first->second);
    rule(Code::E_DUPLICATE_NAME, span,
         name == other ? fmt::format("`{}` is defined twice", name)
                       : fmt::format("`{}` and `{}` differ only in capital letters", name, other),
         first_hint(first->second));
  }
}

void Parser::check_single(const std::vector<Span>& statements, std::string_view keyword) {
  for (std::size_t i = 1; i < statements.size(); ++i)
    rule(Code::E_DUPLICATE_NAME, statements[i], fmt::format("a second `{}`", keyword), first_hint(statements[0]));
}

std::string Parser::first_hint(Span first) {
  if (lines_.empty()) {
    lines_.push_back(0);
    for (std::size_t at = 0; at < patch_.text.size(); ++at)
      if (patch_.text[at] == '\n') lines_.push_back(static_cast<std::uint32_t>(at + 1));
  }
  const auto line = std::upper_bound(lines_.begin(), lines_.end(), first.begin) - lines_.begin();
  return fmt::format("the first one is in line {}", line);
}

}  // namespace oscilla::lang
