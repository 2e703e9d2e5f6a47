// JSON to text. Nothing of the JSON goes into the text unlooked at: names are names, comments are comments, so that the
// tree means what it says. Brackets are added where an expression would be read otherwise.
#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/number_text.hpp"
#include "lang/characters.hpp"
#include "lang/format.hpp"
#include "lang/json.hpp"
#include "lang/limits.hpp"
#include "lang/parse.hpp"
#include "patch/literal.hpp"

namespace oscilla::lang {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxJsonBytes = std::size_t{64} << 20;
constexpr int kMaxJsonDepth = 1024;  ///< of expressions; the text allows kMaxHeight and kMaxNesting

/// How tightly the operators bind, as in the grammar.
enum Level : int { kLens, kChoice, kOr, kAnd, kCompare, kSum, kProduct, kUnary, kPostfix, kPrimary };

int level_of(std::string_view operation) {
  if (operation == "||") return kOr;
  if (operation == "&&") return kAnd;
  if (operation == "+" || operation == "-") return kSum;
  if (operation == "*" || operation == "/" || operation == "%") return kProduct;
  for (const std::string_view compare : {"<", "<=", ">", ">=", "==", "!="})
    if (operation == compare) return kCompare;
  return -1;
}

bool is_word(std::string_view text) {
  return !text.empty() && !is_digit(text[0]) && std::all_of(text.begin(), text.end(), is_name_part);
}
bool is_place(std::string_view text) {
  for (std::size_t dot; (dot = text.find('.')) != std::string_view::npos; text.remove_prefix(dot + 1))
    if (!is_word(text.substr(0, dot))) return false;
  return is_word(text);
}
bool is_comment(std::string_view text) { return text.starts_with('#') && text.find('\n') == std::string_view::npos; }

/// The first mistake is kept; after it what is written does not matter.
class JsonReader {
 public:
  std::expected<std::string, std::string> run(const Json& json) {
    const Json& statements = member(json, "statements");
    if (text(json, "format") != "oscilla patch") fail("\"format\" is \"oscilla patch\"");
    if (member(json, "formatVersion") != 1) fail("\"formatVersion\" is 1");
    if (!statements.is_array()) fail("\"statements\" is an array");
    if (!error_.empty()) return std::unexpected(error_);
    for (std::size_t i = 0; i < statements.size(); ++i) {
      where_ = fmt::format("statement {}", i);
      statement(statements[i]);
      if (!error_.empty()) return std::unexpected(error_);
    }
    return std::move(out_);
  }

 private:
  void fail(std::string_view what) {
    if (error_.empty()) error_ = where_.empty() ? std::string(what) : fmt::format("{}: {}", where_, what);
  }

  static const Json& member(const Json& json, const char* key) {
    static const Json none;
    if (!json.is_object()) return none;
    const auto found = json.find(key);
    return found == json.end() ? none : *found;
  }
  std::string text(const Json& json, const char* key) {
    const Json& value = member(json, key);
    if (value.is_string()) return value.get<std::string>();
    fail(fmt::format("\"{}\" must be a text", key));
    return {};
  }
  std::string word(const Json& json, const char* key) {
    std::string value = text(json, key);
    if (!is_word(value)) fail(fmt::format("\"{}\" is \"{}\", which is no name", key, value));
    return value;
  }
  const Json& array(const Json& json, const char* key) {
    static const Json none = Json::array();
    const Json& value = member(json, key);
    if (value.is_array()) return value;
    fail(fmt::format("\"{}\" must be an array", key));
    return none;
  }
  static bool has(const Json& json, const char* key) { return !member(json, key).is_null(); }
  static bool is_true(const Json& json, const char* key) { return member(json, key) == true; }

  std::string comment(const Json& value) {
    std::string comment = value.is_string() ? value.get<std::string>() : std::string();
    if (!is_comment(comment)) fail("a comment begins with # and has no line end");
    return comment;
  }
  void behind(const Json& json, const char* key = "behind") {
    if (has(json, key)) out_ += "  " + comment(member(json, key));
  }
  void above(const Json& json, const char* key) {
    if (!has(json, key)) return;
    for (const Json& line : array(json, key)) out_ += comment(line) + "\n";
  }

  // Statements

  void statement(const Json& json) {
    if (is_true(json, "blank")) out_ += '\n';
    if (has(json, "comment")) {
      out_ += comment(member(json, "comment"));
    } else if (has(json, "text")) {
      out_ += text(json, "text");
      if (is_true(json, "rest")) return;  // to the last byte of the file
    } else {
      sound_statement(json);
      behind(json);
    }
    out_ += '\n';
  }

  void sound_statement(const Json& json) {
    if (has(json, "oscilla")) {
      const Json& version = member(json, "oscilla");
      if (!version.is_number_unsigned()) fail("\"oscilla\" must be a version");
      if (error_.empty()) out_ += fmt::format("oscilla {}", version.get<std::uint64_t>());
    } else if (has(json, "canvas")) {
      canvas(json);
    } else if (has(json, "seed")) {
      out_ += "seed ";
      expression(member(json, "seed"), kPrimary);
    } else if (has(json, "use")) {
      out_ += "use " + quoted(text(json, "use"));
    } else if (has(json, "input")) {
      out_ += fmt::format("input {} = ", word(json, "input"));
      expression(member(json, "value"), kLens);
    } else if (has(json, "define")) {
      define(json);
    } else {
      definition(json);
    }
  }

  void canvas(const Json& json) {
    const std::string size = text(json, "canvas");
    if (!patch::read_size(size)) fail("\"canvas\" is a size like \"1280x720\"");
    out_ += "canvas " + size;
    if (!has(json, "settings")) return;
    for (const Json& setting : array(json, "settings")) {
      out_ += fmt::format(" {} ", word(setting, "name"));
      expression(member(setting, "value"), kPrimary);
      if (!has(setting, "divisor")) continue;
      out_ += '/';
      expression(member(setting, "divisor"), kPrimary);
    }
  }

  void definition(const Json& json) {
    out_ += word(json, "name") + " = ";
    expression(member(json, "value"), kLens);
  }

  void define(const Json& json) {
    out_ += "define " + word(json, "define");
    items(json, array(json, "parameters"), '(', ')', [&](const Json& parameter) {
      out_ += fmt::format("{}: {}", word(parameter, "name"), word(parameter, "type"));
      if (!has(parameter, "default")) return;
      out_ += " = ";
      expression(member(parameter, "default"), kLens);
    });
    out_ += " -> (";
    for (const Json& output : array(json, "outputs")) {
      if (!out_.ends_with('(')) out_ += ", ";
      if (!output.is_string() || !is_word(output.get<std::string>())) return fail("an output is a name");
      out_ += output.get<std::string>();
    }
    out_ += ") {";
    behind(json, "behindHead");
    out_ += '\n';
    for (const Json& item : array(json, "body")) {
      if (is_true(item, "blank")) out_ += '\n';
      if (has(item, "comment")) {
        out_ += comment(member(item, "comment"));
      } else {
        definition(item);
        behind(item);
      }
      out_ += '\n';
    }
    out_ += '}';
  }

  // Expressions

  /// Items between brackets, on one line or a line each.
  template <class Print>
  void items(const Json& owner, const Json& list, char open, char close, Print print) {
    const auto has_comment = [](const Json& item) { return has(item, "above") || has(item, "behind"); };
    const bool lines = is_true(owner, "lines") || has(owner, "behindOpen") || has(owner, "aboveClose") ||
                       std::any_of(list.begin(), list.end(), has_comment);
    out_ += open;
    if (lines) {
      behind(owner, "behindOpen");
      out_ += '\n';
    }
    bool first = true;
    for (const Json& item : list) {
      if (!lines && !std::exchange(first, false)) out_ += ", ";
      if (lines) above(item, "above");
      print(item);
      if (!lines) continue;
      out_ += ',';
      behind(item);
      out_ += '\n';
    }
    if (lines) above(owner, "aboveClose");
    if (!lines && !list.empty() && is_true(owner, "comma")) out_ += ',';
    out_ += close;
  }

  static std::string quoted(std::string_view value) {
    std::string text = "\"";
    for (const char c : value) {
      if (c == '"' || c == '\\') text += '\\';
      text += c;
    }
    return text + '"';
  }

  void number(const Json& json) {
    const Json& value = member(json, "number");
    const std::string unit = has(json, "unit") ? text(json, "unit") : std::string();
    std::string token = has(json, "text")   ? text(json, "text")
                        : value.is_number() ? to_text(value.get<double>()) + unit
                                            : std::string();
    if (!patch::read_number(token)) fail(fmt::format("\"{}\" is no number of the language", token));
    if (!unit.empty() && !patch::suffix_of(unit)) fail(fmt::format("there is no unit \"{}\"", unit));
    out_ += token;
  }

  void color(const Json& json) {
    const std::string digits = text(json, "color");
    const auto is_hex = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
    if (digits[0] != '#' || (digits.size() != 7 && digits.size() != 9) ||
        !std::all_of(digits.begin() + 1, digits.end(), is_hex))
      fail("\"color\" is # and six or eight hex digits");
    out_ += digits;
  }

  void string(const Json& json) {
    const std::string value = text(json, "string");
    if (std::any_of(value.begin(), value.end(), [](char c) { return c == '\n' || c == '\r'; }))
      fail("a string stands on one line");
    out_ += quoted(value);
  }

  void call(const Json& json) {
    out_ += word(json, "call");
    items(json, array(json, "arguments"), '(', ')', [&](const Json& argument) {
      if (has(argument, "was")) {
        const std::string place = text(argument, "was");
        if (!is_place(place)) return fail("\"was\" is a place like \"draw.size\"");
        out_ += "was: " + place;
        return;
      }
      if (has(argument, "name")) out_ += word(argument, "name") + ": ";
      expression(member(argument, "value"), kLens);
    });
  }

  void binary(const Json& json) {
    const std::string operation = text(json, "binary");
    const int level = level_of(operation);
    if (level < 0) return fail(fmt::format("there is no operator \"{}\"", operation));
    expression(member(json, "left"), level);
    out_ += fmt::format(" {} ", operation);
    expression(member(json, "right"), level + 1);
  }

  void unary(const Json& json) {
    const std::string operation = text(json, "unary");
    if (operation != "-" && operation != "+" && operation != "!")
      return fail(fmt::format("there is no sign \"{}\"", operation));
    out_ += operation;
    expression(member(json, "of"), kUnary);
  }

  void vector(const Json& json) {
    out_ += '(';
    const Json& components = array(json, "vector");
    if (components.size() < 2 || components.size() > 3) fail("a vector has two or three components");
    for (const Json& component : components) {
      if (&component != &components.front()) out_ += ", ";
      expression(component, kLens);
    }
    out_ += ')';
  }

  static int level(const Json& json) {
    if (has(json, "pipe")) return kLens;
    if (has(json, "if")) return kChoice;
    if (const Json& operation = member(json, "binary"); operation.is_string())
      return level_of(operation.get<std::string>());
    if (has(json, "unary")) return kUnary;
    return has(json, "member") ? kPostfix : kPrimary;
  }

  void expression(const Json& json, int least) {
    if (depth_ == kMaxJsonDepth) fail("expressions are nested too deep");
    if (!error_.empty()) return;
    ++depth_;
    const bool bracket = level(json) < least;
    if (bracket) out_ += '(';
    inner_expression(json);
    if (bracket) out_ += ')';
    --depth_;
  }

  void inner_expression(const Json& json) {
    if (has(json, "number")) return number(json);
    if (has(json, "color")) return color(json);
    if (has(json, "string")) return string(json);
    if (has(json, "call")) return call(json);
    if (has(json, "vector")) return vector(json);
    if (has(json, "binary")) return binary(json);
    if (has(json, "unary")) return unary(json);
    if (has(json, "bool")) {
      out_ += is_true(json, "bool") ? "true" : "false";
    } else if (has(json, "group")) {
      out_ += '(';
      expression(member(json, "group"), kLens);
      out_ += ')';
    } else if (has(json, "list")) {
      items(json, array(json, "list"), '[', ']', [&](const Json& item) { expression(member(item, "value"), kLens); });
    } else if (has(json, "member")) {
      expression(member(json, "of"), kPostfix);
      out_ += (has(member(json, "of"), "number") ? " ." : ".") + word(json, "member");  // 1.x is no number
    } else if (has(json, "if")) {
      expression(member(json, "if"), kOr);
      out_ += " ? ";
      expression(member(json, "then"), kChoice);
      out_ += " : ";
      expression(member(json, "else"), kChoice);
    } else if (has(json, "pipe")) {
      expression(member(json, "pipe"), kLens);
      out_ += " | ";
      if (!has(member(json, "into"), "call")) return fail("a value goes \"into\" a call");
      expression(member(json, "into"), kPrimary);
    } else if (has(json, "name")) {
      out_ += word(json, "name");
    } else {
      fail("here an expression is missing");
    }
  }

  std::string out_;
  std::string where_;
  std::string error_;
  int depth_ = 0;
};

}  // namespace

std::expected<std::string, std::string> text_of_json(std::string_view json) {
  if (json.size() > kMaxJsonBytes) return std::unexpected(fmt::format("it is larger than {} bytes", kMaxJsonBytes));
  const Json tree = Json::parse(json, nullptr, false);
  if (tree.is_discarded()) return std::unexpected("it is no JSON");
  auto text = JsonReader().run(tree);
  if (!text) return text;
  return format(parse(std::move(*text)));
}

}  // namespace oscilla::lang
