#include "lang/token_scanner.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "lang/characters.hpp"
#include "lang/habits.hpp"
#include "lang/limits.hpp"
#include "patch/literal.hpp"

namespace oscilla::lang {
namespace {

class Scanner {
 public:
  Scanner(std::string_view text, std::size_t at, Finding& error) : text_(text), begin_(at), end_(at), error_(error) {}

  ScannedToken run() {
    const char c = text_[begin_];
    if (is_digit(c) || (c == '.' && begin_ + 1 < text_.size() && is_digit(text_[begin_ + 1]))) return number();
    if (c == '"') return string();
    if (c == '#') return color();
    if (is_name_part(c) || static_cast<unsigned char>(c) >= 0x80) return word();
    return symbol();
  }

 private:
  std::string_view token() const { return text_.substr(begin_, end_ - begin_); }
  ScannedToken done(TokenKind kind) const { return {kind, end_}; }

  ScannedToken invalid(std::string message, std::string hint, Code code = Code::E_SYNTAX) {
    error_ = {code,
              {static_cast<std::uint32_t>(begin_), static_cast<std::uint32_t>(end_)},
              std::move(message),
              std::move(hint)};
    return done(TokenKind::Invalid);
  }

  void skip_name_part() {
    while (end_ < text_.size() && is_name_part(text_[end_])) ++end_;
  }

  ScannedToken number() {
    const patch::NumberParts parts = patch::number_parts(text_.substr(begin_));
    end_ = begin_ + parts.digits_end;
    skip_name_part();
    const std::string_view suffix = token().substr(parts.digits_end);
    const std::size_t digits = parts.digits_end - (parts.has_point() ? 1 : 0);
    if (patch::suffix_of(suffix)) return digits > kMaxNumberDigits ? too_many_digits() : done(TokenKind::Number);
    const std::string_view height = suffix.substr(1);
    if (suffix[0] == 'x' && !height.empty() && std::all_of(height.begin(), height.end(), is_digit) &&
        !parts.has_point())
      return std::max(digits, height.size()) > kMaxNumberDigits ? too_many_digits() : done(TokenKind::Size);
    return bad_suffix(std::string(suffix));
  }

  ScannedToken too_many_digits() {
    return invalid(fmt::format("a number has at most {} digits", kMaxNumberDigits), "round it", Code::E_LIMIT_NUMBER);
  }

  ScannedToken bad_suffix(const std::string& suffix) {
    std::string hint = "units are ms, s, min, deg, rad and turn; a product needs its `*`";
    for (std::size_t length = suffix.size(); length-- > 1;) {
      if (!patch::suffix_of(std::string_view(suffix).substr(0, length))) continue;
      hint = fmt::format("did you mean `{}`?", token().substr(0, token().size() - suffix.size() + length));
      break;
    }
    if ((suffix[0] == 'e' || suffix[0] == 'E') && (suffix.size() == 1 || is_digit(suffix[1])))
      hint = "numbers have no exponent: write all digits";
    else if (suffix[0] == '_' || is_digit(suffix.back()))
      hint = "a name starts with a letter; a product needs its `*`";
    if (std::string habit = unit_habit(token().substr(0, token().size() - suffix.size()), suffix); !habit.empty())
      hint = std::move(habit);
    return invalid(fmt::format("`{}` is no unit", suffix), std::move(hint));
  }

  ScannedToken string() {
    const std::size_t line_end = std::min(text_.find('\n', begin_), text_.size());
    end_ = begin_ + 1;
    std::size_t bad_escape = 0;
    while (end_ < line_end && text_[end_] != '"') {
      if (text_[end_] == '\\') {
        const char escaped = end_ + 1 < line_end ? text_[end_ + 1] : '\0';
        if (escaped == '"' || escaped == '\\')
          ++end_;
        else if (bad_escape == 0)
          bad_escape = end_;
      }
      ++end_;
    }
    if (end_ >= line_end) {
      end_ = line_end;
      while (end_ > begin_ + 1 && (text_[end_ - 1] == '\r' || is_blank(text_[end_ - 1]))) --end_;
      return invalid("a string is not closed", "it ends with `\"` on the same line");
    }
    ++end_;
    const Span span{static_cast<std::uint32_t>(begin_), static_cast<std::uint32_t>(end_)};
    if (find_bad_character(text_, span, error_)) return done(TokenKind::Invalid);
    if (bad_escape != 0)
      return invalid("`\\` in a string stands only before `\"` and `\\`", "write `\\\\` for one `\\`");
    if (end_ - begin_ - 2 > kMaxStringBytes)
      return invalid(fmt::format("a string has at most {} bytes", kMaxStringBytes), "", Code::E_LIMIT_STRING);
    return done(TokenKind::String);
  }

  ScannedToken color() {
    ++end_;
    skip_name_part();
    const std::string_view digits = token().substr(1);
    const bool hex = std::all_of(digits.begin(), digits.end(), [](char c) {
      return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
    if (hex && (digits.size() == 6 || digits.size() == 8)) return done(TokenKind::Color);
    const std::string message = fmt::format("`{}` is not a colour", token());
    if (!hex) return invalid(message, fmt::format("a comment needs a space after `#`: `# {}`", digits));
    if (digits.size() != 3 && digits.size() != 4)
      return invalid(message, "a colour has 6 hex digits, or 8 with its alpha");
    std::string doubled;
    for (const char c : digits) doubled.append(2, c);
    return invalid(message, fmt::format("write `#{}`", doubled));
  }

  ScannedToken word() {
    bool ascii = true;
    bool known = true;
    std::string spelling;
    for (CodePoint c; end_ < text_.size(); end_ += c.length) {
      c = decode(text_, end_);
      if (c.length == 0 || !is_word_character(c.value)) break;
      ascii = ascii && c.length == 1;
      const std::string letter = c.length == 1 ? std::string(1, static_cast<char>(c.value)) : ascii_spelling(c.value);
      known = known && !letter.empty();
      spelling += letter;
    }
    if (end_ == begin_) return foreign();
    if (!ascii) {
      const std::string hint =
          known ? fmt::format("write `{}`", spelling) : "only strings and comments hold other characters";
      return invalid(fmt::format("`{}`: names are spelled with a-z, A-Z, 0-9 and _", token()), hint);
    }
    if (token().size() > kMaxNameBytes)
      return invalid(fmt::format("a name has at most {} letters", kMaxNameBytes), "shorten it", Code::E_LIMIT_NAME);
    if (token() == "true" || token() == "false") return done(TokenKind::Bool);
    return done(is_upper(text_[begin_]) ? TokenKind::Kind : TokenKind::Name);
  }

  /// A character that is no letter of any script, or broken UTF-8.
  ScannedToken foreign() {
    const CodePoint c = decode(text_, begin_);
    end_ += std::max<std::size_t>(c.length, 1);
    const Span span{static_cast<std::uint32_t>(begin_), static_cast<std::uint32_t>(end_)};
    if (find_bad_character(text_, span, error_)) return done(TokenKind::Invalid);
    const std::string spelling = ascii_spelling(c.value);
    if (spelling == " ")
      return invalid(fmt::format("U+{:04X} is no plain space", std::uint32_t{c.value}), "type a space");
    if (spelling.empty())
      return invalid(fmt::format("`{}` is no part of the language", token()),
                     "only strings and comments hold such characters");
    return invalid(fmt::format("`{}` is no part of the language", token()), fmt::format("write `{}`", spelling));
  }

  ScannedToken symbol() {
    struct Row {
      std::string_view text;
      TokenKind kind;
    };
    using enum TokenKind;
    static constexpr Row kRows[] = {
        {"->", Arrow},          {"||", OrOr},       {"&&", AndAnd},      {"<=", LessEqual},
        {">=", GreaterEqual},   {"==", EqualEqual}, {"!=", NotEqual},    {"(", LeftParen},
        {")", RightParen},      {"[", LeftBracket}, {"]", RightBracket}, {"{", LeftBrace},
        {"}", RightBrace},      {",", Comma},       {":", Colon},        {"=", Assign},
        {"|", TokenKind::Pipe}, {"?", Question},    {".", Dot},          {"<", Less},
        {">", Greater},         {"+", Plus},        {"-", Minus},        {"*", Star},
        {"/", Slash},           {"%", Percent},     {"!", Bang},
    };
    for (const Row& row : kRows) {
      if (!text_.substr(begin_).starts_with(row.text)) continue;
      end_ = begin_ + row.text.size();
      return done(row.kind);
    }
    end_ = begin_ + 1;
    const Span span{static_cast<std::uint32_t>(begin_), static_cast<std::uint32_t>(end_)};
    if (find_bad_character(text_, span, error_)) return done(TokenKind::Invalid);
    return invalid(fmt::format("`{}` is no part of the language", token()), symbol_hint(text_[begin_]));
  }

  static std::string symbol_hint(char c) {
    switch (c) {
      case '&': return "write `&&`";
      case '\'':
      case '`': return "a string stands in `\"`";
      case ';': return "a line break ends a statement";
      case '^': return "write a power as pow(x, 2), or as a product: `x * x`";
      default: return {};
    }
  }

  std::string_view text_;
  std::size_t begin_;
  std::size_t end_;
  Finding& error_;
};

}  // namespace

ScannedToken scan_token(std::string_view text, std::size_t at, Finding& error) {
  return Scanner(text, at, error).run();
}

bool find_bad_character(std::string_view text, Span span, Finding& error) {
  for (std::uint32_t at = span.begin; at < span.end;) {
    const CodePoint c = decode(text, at);
    const auto length = static_cast<std::uint32_t>(std::max<std::size_t>(c.length, 1));
    if (c.length == 0) {
      error = {Code::E_SYNTAX, {at, at + length}, "this byte is not UTF-8", "save the file as UTF-8"};
      return true;
    }
    if (is_control(c.value)) {
      const auto value = static_cast<std::uint32_t>(c.value);
      error = {Code::E_SYNTAX,
               {at, at + length},
               fmt::format("a control character, U+{:04X}, stands here", value),
               "delete it"};
      return true;
    }
    at += length;
  }
  return false;
}

bool starts_statement(std::string_view line) {
  std::size_t end = 0;
  if (!line.empty() && is_name_start(line[0]))
    while (end < line.size() && is_name_part(line[end])) ++end;
  if (end == 0) return false;
  std::size_t next = end;
  while (next < line.size() && is_blank(line[next])) ++next;
  if (next == line.size()) return false;
  const std::string_view name = line.substr(0, end);
  const char c = line[next];
  if (c == '=') return next + 1 == line.size() || line[next + 1] != '=';
  if (next == end) return false;
  if (name == "canvas" || name == "seed" || name == "oscilla") return is_digit(c);
  if (name == "use") return c == '"';
  if (name == "input") return is_name_start(c);
  return name == "define" && is_upper(c);
}

}  // namespace oscilla::lang
