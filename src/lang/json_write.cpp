// Patch to JSON. Works on the canonical text, where a comment stands in one of few places: on a line of its own, behind
// a statement, and around the items of a bracket that is broken into lines.
#include <algorithm>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/number_text.hpp"
#include "lang/format.hpp"
#include "lang/json.hpp"
#include "lang/lexer.hpp"
#include "lang/parse.hpp"
#include "patch/literal.hpp"

namespace oscilla::lang {
namespace {

using Json = nlohmann::ordered_json;
using patch::Node;
using patch::NodeIx;
using patch::NodeKind;
using patch::Patch;
using patch::Statement;
using patch::StatementKind;

class JsonWriter {
 public:
  explicit JsonWriter(const Patch& patch) : patch_(patch), comments_(tokenize(patch.text).comments) {
    for (const Node& node : patch.nodes)
      if (node.kind == NodeKind::Error) errors_.push_back(node.span);
  }

  Json run() {
    Json items = Json::array();
    for (const Statement& statement : patch_.statements) {
      comments_before(statement.span.begin, items);
      const bool raw = statement.broken || statement.kind >= StatementKind::Unreadable || has_error(statement.span);
      Json item = raw ? raw_statement(statement) : this->statement(statement);
      if (blank_before(statement.span.begin)) item["blank"] = true;
      if (!raw) behind(statement.span.end, item);
      items.push_back(std::move(item));
    }
    comments_before(static_cast<std::uint32_t>(patch_.text.size()), items);
    return {{"format", "oscilla patch"}, {"formatVersion", 1}, {"statements", std::move(items)}};
  }

 private:
  /// Whether an argument in the statement was refused: what stood there is in no node.
  bool has_error(Span span) const {
    return std::any_of(errors_.begin(), errors_.end(),
                       [&](Span error) { return span.begin <= error.begin && error.end <= span.end; });
  }

  // Comments, in text order

  bool comment_before(std::uint32_t offset) const {
    return comment_ < comments_.size() && comments_[comment_].span.begin < offset;
  }
  std::string take_comment() { return std::string(patch_.at(comments_[comment_++].span)); }

  void comments_before(std::uint32_t offset, Json& items) {
    while (comment_before(offset)) {
      const bool blank = blank_before(comments_[comment_].span.begin);
      Json item = {{"comment", take_comment()}};
      if (blank) item["blank"] = true;
      items.push_back(std::move(item));
    }
  }

  void above(std::uint32_t offset, const char* key, Json& item) {
    while (comment_before(offset)) item[key].push_back(take_comment());
  }

  void behind(std::uint32_t offset, Json& item, const char* key = "behind") {
    if (comment_before(line_end(offset))) item[key] = take_comment();
  }

  std::uint32_t line_begin(std::uint32_t offset) const {
    const std::size_t newline = offset == 0 ? std::string::npos : patch_.text.rfind('\n', offset - 1);
    return newline == std::string::npos ? 0 : static_cast<std::uint32_t>(newline + 1);
  }
  std::uint32_t line_end(std::uint32_t offset) const {
    return static_cast<std::uint32_t>(std::min(patch_.text.find('\n', offset), patch_.text.size()));
  }
  bool blank_before(std::uint32_t offset) const {
    const std::uint32_t begin = line_begin(offset);
    return begin >= 2 && patch_.text[begin - 2] == '\n';
  }
  std::string word(Span span) const { return std::string(patch_.at(span)); }

  // Statements

  Json raw_statement(const Statement& statement) {
    const bool rest = statement.kind == StatementKind::Unread;
    const std::uint32_t end = rest ? static_cast<std::uint32_t>(patch_.text.size()) : line_end(statement.span.end);
    while (comment_before(end)) ++comment_;
    Json item = {{"text", word({line_begin(statement.span.begin), end})}};
    if (rest) item["rest"] = true;
    return item;
  }

  Json statement(const Statement& statement) {
    switch (statement.kind) {
      case StatementKind::Version: return {{"oscilla", patch_.version}};
      case StatementKind::Canvas: return canvas(patch_.canvases[statement.index]);
      case StatementKind::Seed: return {{"seed", number(patch_.at(patch_.seeds[statement.index].number))}};
      case StatementKind::Use: return {{"use", patch::read_string(patch_.at(patch_.uses[statement.index].path))}};
      case StatementKind::Input: {
        const patch::Input& input = patch_.inputs[statement.index];
        return {{"input", word(input.name)}, {"value", expression(input.call)}};
      }
      case StatementKind::Define: return define(patch_.defines[statement.index]);
      default: return definition(patch_.definitions[statement.index]);
    }
  }

  Json canvas(const patch::Canvas& canvas) {
    Json settings = Json::array();
    for (const patch::CanvasSetting& setting : canvas.settings) {
      Json item = {{"name", word(setting.name)}, {"value", expression(setting.value)}};
      if (setting.divisor.valid()) item["divisor"] = expression(setting.divisor);
      settings.push_back(std::move(item));
    }
    return {{"canvas", word(canvas.size)}, {"settings", std::move(settings)}};
  }

  Json definition(const patch::Definition& definition) {
    return {{"name", word(definition.name)}, {"value", expression(definition.value)}};
  }

  Json define(const patch::Define& define) {
    Json item = {{"define", word(define.name)}, {"parameters", Json::array()}};
    const std::uint32_t open = define.name.end;
    const bool lines = opens_lines(open);
    open_bracket(open, lines, last_end(define), item);
    for (const patch::Parameter& parameter : define.parameters) {
      Json entry = {{"name", word(parameter.name)}, {"type", word(parameter.type)}};
      if (lines) above(parameter.name.begin, "above", entry);
      if (parameter.fallback.valid()) entry["default"] = expression(parameter.fallback);
      const std::uint32_t end = parameter.fallback.valid() ? patch_[parameter.fallback].span.end : parameter.type.end;
      if (lines) behind(end, entry);
      item["parameters"].push_back(std::move(entry));
    }
    const auto arrow = static_cast<std::uint32_t>(patch_.text.find("->", last_end(define)));
    if (lines) above(arrow, "aboveClose", item);
    item["outputs"] = Json::array();
    for (const Span output : define.outputs) item["outputs"].push_back(word(output));
    behind(define.outputs.empty() ? arrow : define.outputs.back().end, item, "behindHead");
    Json body = Json::array();
    for (const patch::Definition& inner : define.body) {
      comments_before(inner.span.begin, body);
      Json entry = definition(inner);
      if (blank_before(inner.span.begin) && !body.empty()) entry["blank"] = true;
      behind(inner.span.end, entry);
      body.push_back(std::move(entry));
    }
    comments_before(define.span.end, body);
    item["body"] = std::move(body);
    return item;
  }

  /// Where the last parameter ends.
  std::uint32_t last_end(const patch::Define& define) const {
    if (define.parameters.empty()) return define.name.end;
    const patch::Parameter& last = define.parameters.back();
    return last.fallback.valid() ? patch_[last.fallback].span.end : last.type.end;
  }

  // Expressions

  /// Whether the bracket at `open` is broken into lines.
  bool opens_lines(std::uint32_t open) const {
    const std::size_t next = patch_.text.find_first_not_of(' ', open + 1);
    return patch_.text[next] == '\n' || comment_before(static_cast<std::uint32_t>(next + 1));
  }
  /// What is particular about a bracket: lines, a comment behind it; on one line, a comma behind the last item, which
  /// ends at `last_end`.
  void open_bracket(std::uint32_t open, bool lines, std::uint32_t last_end, Json& item) {
    if (lines) {
      item["lines"] = true;
      behind(open, item, "behindOpen");
    } else if (patch_.text[last_end] == ',') {
      item["comma"] = true;
    }
  }

  static Json number(std::string_view token) {
    const patch::Literal literal = *patch::read_number(token);
    const std::string_view digits = token.substr(0, patch::number_parts(token).digits_end);
    Json item;
    item["number"] = digits.find('.') == std::string_view::npos && literal_value(digits) < 9007199254740992.0
                         ? Json(static_cast<std::int64_t>(literal_value(digits)))
                         : Json(literal_value(digits));
    if (literal.suffix != patch::Suffix::None) item["unit"] = std::string(patch::suffix_text(literal.suffix));
    if (to_text(literal_value(digits)) != digits) item["text"] = std::string(token);
    return item;
  }
  /// The number as written, before its unit.
  static double literal_value(std::string_view digits) { return parse_number(digits).value_or(0); }

  Json call(const Node& node) {
    Json item = {{"call", word(node.token)}, {"arguments", Json::array()}};
    const bool lines = opens_lines(node.token.end);
    const auto arguments = patch_.arguments_of(node);
    open_bracket(node.token.end, lines, arguments.empty() ? node.token.end : arguments.back().span.end, item);
    for (const patch::Argument& argument : arguments) {
      Json entry = Json::object();
      if (lines) above(argument.span.begin, "above", entry);
      if (!argument.was_path.empty()) entry["was"] = word(argument.was_path);
      if (!argument.name.empty()) entry["name"] = word(argument.name);
      if (argument.value.valid()) entry["value"] = expression(argument.value);
      if (lines) behind(argument.span.end, entry);
      item["arguments"].push_back(std::move(entry));
    }
    if (lines) above(node.span.end, "aboveClose", item);
    return item;
  }

  Json list(const Node& node) {
    Json item = {{"list", Json::array()}};
    const bool lines = opens_lines(node.span.begin);
    const auto children = patch_.children_of(node);
    open_bracket(node.span.begin, lines, children.empty() ? node.span.begin : patch_[children.back()].span.end, item);
    for (const NodeIx child : children) {
      Json entry = Json::object();
      if (lines) above(patch_[child].span.begin, "above", entry);
      entry["value"] = expression(child);
      if (lines) behind(patch_[child].span.end, entry);
      item["list"].push_back(std::move(entry));
    }
    if (lines) above(node.span.end, "aboveClose", item);
    return item;
  }

  Json expression(NodeIx ix) {
    const Node& node = patch_[ix];
    const auto child = [&](std::size_t i) { return expression(patch_.children_of(node)[i]); };
    switch (node.kind) {
      case NodeKind::Number: return number(patch_.at(node.token));
      case NodeKind::Color: return {{"color", word(node.token)}};
      case NodeKind::String: return {{"string", patch::read_string(patch_.at(node.token))}};
      case NodeKind::Bool: return {{"bool", patch_.at(node.token) == "true"}};
      case NodeKind::Name: return {{"name", word(node.token)}};
      case NodeKind::Call: return call(node);
      case NodeKind::Group: return {{"group", child(0)}};
      case NodeKind::List: return list(node);
      case NodeKind::Member: return {{"member", word(node.token)}, {"of", child(0)}};
      case NodeKind::Unary: return {{"unary", word(node.token)}, {"of", child(0)}};
      case NodeKind::Binary: {
        Json left = child(0);
        return {{"binary", word(node.token)}, {"left", std::move(left)}, {"right", child(1)}};
      }
      case NodeKind::Conditional: {
        Json condition = child(0);
        Json then = child(1);
        return {{"if", std::move(condition)}, {"then", std::move(then)}, {"else", child(2)}};
      }
      case NodeKind::Pipe: {
        Json value = child(0);
        return {{"pipe", std::move(value)}, {"into", child(1)}};
      }
      case NodeKind::Vector: {
        Json components = Json::array();
        for (const NodeIx component : patch_.children_of(node)) components.push_back(expression(component));
        return {{"vector", std::move(components)}};
      }
      case NodeKind::Error: break;
    }
    return {{"text", word(node.span)}};
  }

  const Patch& patch_;
  std::vector<Comment> comments_;
  std::vector<Span> errors_;
  std::size_t comment_ = 0;  ///< the first that is not yet written
};

}  // namespace

std::string to_json(const Patch& patch) {
  const Patch canonical = parse(format(patch), patch.file_name);
  return JsonWriter(canonical).run().dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace oscilla::lang
