#include "lang/migrate.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "lang/lexer.hpp"
#include "lang/limits.hpp"
#include "lang/parse.hpp"
#include "patch/literal.hpp"

namespace oscilla::lang {
namespace {

using patch::Argument;
using patch::Node;
using patch::NodeIx;
using patch::NodeKind;
using patch::Patch;

/// A port that is called otherwise, or that became two.
struct PortRename {
  std::string_view before;
  std::string_view now;
  std::string_view too = {};
};

/// What became of a Kind: another Kind, or an operator between its arguments (and a function where it was a lens).
struct KindRow {
  std::string_view before;
  std::string_view now;
  std::string_view operation = {};
  std::span<const PortRename> ports = {};
};

constexpr PortRename kCirclePorts[] = {{"radius", "rx", "ry"}};
constexpr PortRename kDomainPorts[] = {{"n", "count"}};

constexpr KindRow kFrom0[] = {
    {"InfiniteTimeRoot", "TimeRoot"},
    {"FieldAdd", "offset", "+"},
    {"Add", "offset", "+"},
    {"FieldMultiply", "scale", "*"},
    {"FieldScale", "scale", "*"},
    {"Multiply", "scale", "*"},
    {"Mul", "scale", "*"},
    {"Circle", "Ellipse", {}, kCirclePorts},
    {"DomainN", "Array", {}, kDomainPorts},
};

/// By the version that a step begins with.
constexpr std::span<const KindRow> kSteps[] = {kFrom0};
static_assert(std::size(kSteps) == kNewestVersion, "a step from every older version to the next");

struct Change {
  Span span;
  std::string text;
};

class Step {
 public:
  Step(std::string text, std::span<const KindRow> rows) : patch_(parse(std::move(text))), rows_(rows) {}

  /// The text after the step; nothing if it changes nothing.
  std::optional<std::string> run() {
    std::vector<bool> is_lens(patch_.nodes.size());
    for (const Node& node : patch_.nodes)
      if (node.kind == NodeKind::Pipe) is_lens[patch_.children_of(node)[1].v] = true;
    for (std::size_t i = patch_.nodes.size(); i-- > 0;) {
      const Node& node = patch_.nodes[i];
      if (node.kind != NodeKind::Call || is_own(node)) continue;
      const auto row =
          std::find_if(rows_.begin(), rows_.end(), [&](const KindRow& r) { return r.before == patch_.at(node.token); });
      if (row == rows_.end()) continue;
      const auto arguments = patch_.arguments_of(node);
      const bool has_values =
          std::any_of(arguments.begin(), arguments.end(), [](const Argument& a) { return a.value.valid(); });
      if (row->operation.empty() || is_lens[i])
        rename(node, *row);
      else if (has_values)  // else there is nothing to operate on, and the name stays unknown
        operate(node, *row);
    }
    if (changes_.empty()) return std::nullopt;
    return spliced();
  }

 private:
  /// A composite of the patch may have any name.
  bool is_own(const Node& call) const {
    return std::any_of(patch_.defines.begin(), patch_.defines.end(),
                       [&](const patch::Define& define) { return patch_.at(define.name) == patch_.at(call.token); });
  }

  void rename(const Node& call, const KindRow& row) {
    changes_.push_back({call.token, std::string(row.now)});
    bool first = true;
    for (const Argument& argument : patch_.arguments_of(call)) {
      if (!argument.value.valid()) continue;
      for (const PortRename& port : row.ports) {
        const bool positional = argument.name.empty() && first && !port.too.empty();
        if (!positional && patch_.at(argument.name) != port.before) continue;
        const Span value = patch_[argument.value].span;
        changes_.push_back({{argument.span.begin, value.begin}, fmt::format("{}: ", port.now)});
        if (!port.too.empty())
          changes_.push_back({{value.end, value.end}, fmt::format(", {}: {}", port.too, patch_.at(value))});
      }
      first = false;
    }
  }

  /// `FieldAdd(a, b)` becomes `(a + b)`.
  void operate(const Node& call, const KindRow& row) {
    changes_.push_back({call.token, ""});
    const auto arguments = patch_.arguments_of(call);
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const Argument& argument = arguments[i];
      const std::optional<std::uint32_t> comma = comma_behind(argument.span.end);
      if (!argument.value.valid()) {
        changes_.push_back({argument.span, ""});
        if (comma) changes_.push_back({{*comma, *comma + 1}, ""});
        continue;
      }
      const Node& value = patch_[argument.value];
      const bool loose =
          value.kind == NodeKind::Binary || value.kind == NodeKind::Conditional || value.kind == NodeKind::Pipe;
      changes_.push_back({{argument.span.begin, value.span.begin}, loose ? "(" : ""});
      if (loose) changes_.push_back({{value.span.end, value.span.end}, ")"});
      const bool more = i + 1 < arguments.size() && arguments[i + 1].value.valid();
      if (comma) changes_.push_back({{*comma, *comma + 1}, more ? fmt::format(" {}", row.operation) : ""});
    }
  }

  /// Behind an argument stand only blanks and comments before its comma or the bracket.
  std::optional<std::uint32_t> comma_behind(std::uint32_t offset) const {
    for (; offset < patch_.text.size() && patch_.text[offset] != ')'; ++offset) {
      if (patch_.text[offset] == ',') return offset;
      if (patch_.text[offset] == '#')
        offset = static_cast<std::uint32_t>(std::min(patch_.text.find('\n', offset), patch_.text.size() - 1));
    }
    return std::nullopt;
  }

  std::string spliced() {
    std::stable_sort(changes_.begin(), changes_.end(),
                     [](const Change& a, const Change& b) { return a.span < b.span; });
    std::string text;
    std::uint32_t at = 0;
    for (const Change& change : changes_) {
      text += patch_.at({at, change.span.begin});
      text += change.text;
      at = change.span.end;
    }
    return text + std::string(patch_.at({at, static_cast<std::uint32_t>(patch_.text.size())}));
  }

  Patch patch_;
  std::span<const KindRow> rows_;
  std::vector<Change> changes_;
};

/// The number of the version line, if `text` begins with one: the first line that is neither empty nor a comment.
std::optional<Span> version_number(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  std::size_t begin = text.starts_with(kMark) ? kMark.size() : 0;
  for (std::size_t end; begin < text.size(); begin = end + 1) {
    end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos || line[first] == '#') continue;
    const std::vector<Token> tokens = tokenize(line).tokens;
    const bool is_version = tokens.size() >= 2 && tokens[0].kind == TokenKind::Name &&
                            tokens[1].kind == TokenKind::Number &&
                            line.substr(tokens[0].span.begin, tokens[0].span.end - tokens[0].span.begin) == "oscilla";
    if (!is_version) return std::nullopt;
    const auto offset = static_cast<std::uint32_t>(begin);
    return Span{tokens[1].span.begin + offset, tokens[1].span.end + offset};
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::uint32_t> migrate(std::string& text) {
  constexpr int kMostRounds = 64;  // what a step writes twice is looked at again
  const std::optional<Span> span = version_number(text);
  if (!span) return std::nullopt;
  const auto number = patch::read_number(std::string_view(text).substr(span->begin, span->end - span->begin));
  if (!number || !number->is_int || number->value >= kNewestVersion) return std::nullopt;
  const auto from = static_cast<std::uint32_t>(number->value);
  text.replace(span->begin, span->end - span->begin, fmt::format("{}", kNewestVersion));
  for (std::uint32_t version = from; version < kNewestVersion; ++version) {
    for (int round = 0; round < kMostRounds; ++round) {
      std::optional<std::string> changed = Step(text, kSteps[version]).run();
      if (!changed || changed->size() > kMaxFileBytes) break;
      text = std::move(*changed);
    }
  }
  return from;
}

}  // namespace oscilla::lang
