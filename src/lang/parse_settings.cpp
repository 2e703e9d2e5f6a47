// Statements of a file that define no value: canvas, seed, use, input.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/color_names.hpp"
#include "base/nearest_name.hpp"
#include "lang/libraries.hpp"
#include "lang/limits.hpp"
#include "lang/parser.hpp"
#include "patch/literal.hpp"

namespace oscilla::lang {

using patch::Node;
using patch::NodeKind;
using patch::Statement;
using patch::StatementKind;

namespace {

constexpr std::array<std::string_view, 3> kSettings = {"fps", "background", "fit"};
constexpr std::array<std::string_view, 2> kFits = {"square", "stretch"};

}  // namespace

void Parser::canvas(Statement& statement) {
  const TokenIx first = at_++;
  patch::Canvas canvas;
  if (!expect(TokenKind::Size, "a size", "write, say, `canvas 1280x720 fps 60`")) return;
  canvas.size = tokens_[at_ - 1].span;
  const std::optional<patch::SizeLiteral> size = patch::read_size(patch_.at(canvas.size));
  if (!size || size->width == 0 || size->height == 0)
    rule(Code::E_ARGUMENT, canvas.size, "a side of the canvas is 1 to 2147483647 pixels", "write, say, `1280x720`");
  while (kind() == TokenKind::Name && canvas_setting(canvas)) {
  }
  if (kind() == TokenKind::Comma && !broken_)
    fail_unexpected("a setting", "settings have no commas between them: `fps 60 background #0b0b12`");
  canvas.span = span_from(first);
  statement.kind = StatementKind::Canvas;
  statement.index = static_cast<std::uint32_t>(patch_.canvases.size());
  patch_.canvases.push_back(std::move(canvas));
}

bool Parser::canvas_setting(patch::Canvas& canvas) {
  patch::CanvasSetting setting;
  setting.name = tokens_[at_++].span;
  if (kind() == TokenKind::Colon || kind() == TokenKind::Assign) {
    fail_unexpected("a value", fmt::format("a setting's value follows its name: `{} 60`", patch_.at(setting.name)));
    return false;
  }
  setting.value = primary();
  if (!setting.value.valid()) return false;
  if (accept(TokenKind::Slash)) {
    if (kind() != TokenKind::Number) {
      fail_unexpected("a number after `/`", "write, say, `fps 30000/1001`");
      return false;
    }
    setting.divisor = primary();
    if (!setting.divisor.valid()) return false;
  }
  for (const patch::CanvasSetting& other : canvas.settings) {
    if (patch_.at(other.name) != patch_.at(setting.name)) continue;
    rule(Code::E_ARGUMENT, setting.name, fmt::format("`{}` is given twice", patch_.at(setting.name)), "delete one");
    return true;
  }
  check_setting(setting);
  canvas.settings.push_back(setting);
  return true;
}

void Parser::check_setting(const patch::CanvasSetting& setting) {
  const std::string_view name = patch_.at(setting.name);
  const Node& value = patch_[setting.value];
  const auto positive = [&](patch::NodeIx ix) {
    const std::optional<patch::Literal> number =
        patch_[ix].kind == NodeKind::Number ? patch::read_number(patch_.at(patch_[ix].span)) : std::nullopt;
    return number && number->suffix == patch::Suffix::None && number->value > 0;
  };
  if (name == "fps") {
    if (!positive(setting.value) || (setting.divisor.valid() && !positive(setting.divisor)))
      rule(Code::E_ARGUMENT, value.span, "`fps` is a number above 0", "write `fps 60` or `fps 30000/1001`");
  } else if (name == "background") {
    const std::string_view written = color_named(patch_.at(value.span));
    if (value.kind != NodeKind::Color || setting.divisor.valid())
      rule(Code::E_ARGUMENT, value.span, "`background` is a colour",
           fmt::format("write{} `background {}`", written.empty() ? ", say," : "",
                       written.empty() ? "#0b0b12" : written));
  } else if (name == "fit") {
    const std::string_view word = patch_.at(value.span);
    if (value.kind != NodeKind::Name || setting.divisor.valid() ||
        std::find(kFits.begin(), kFits.end(), word) == kFits.end())
      rule(Code::E_ARGUMENT, value.span, "`fit` is `square` or `stretch`", did_you_mean(word, kFits));
  } else {
    const std::string near = did_you_mean(name, kSettings);
    rule(Code::E_UNKNOWN_NAME, setting.name, fmt::format("the canvas has no setting `{}`", name),
         near.empty() ? "its settings are fps, background and fit" : near);
  }
}

void Parser::seed(Statement& statement) {
  const TokenIx first = at_++;
  if (!expect(TokenKind::Number, "a whole number from 0 to 4294967295", "write, say, `seed 7`")) return;
  const Span span = tokens_[at_ - 1].span;
  const std::optional<patch::Literal> number = patch::read_number(patch_.at(span));
  if (!number || !number->is_int || number->value > kMaxSeed)
    rule(Code::E_ARGUMENT, span, "the seed is a whole number from 0 to 4294967295", "write, say, `seed 7`");
  statement.kind = StatementKind::Seed;
  statement.index = static_cast<std::uint32_t>(patch_.seeds.size());
  patch_.seeds.push_back({span_from(first), span});
}

void Parser::use(Statement& statement) {
  const TokenIx first = at_++;
  if (!expect(TokenKind::String, "a path", "write, say, `use \"lib/swing.oscilla\"`")) return;
  const Span span = tokens_[at_ - 1].span;
  const std::string path = patch::read_string(patch_.at(span));
  if (const PathProblem problem = path_problem(path); !problem.message.empty())
    rule(Code::E_ARGUMENT, span, std::string(problem.message), std::string(problem.hint));
  statement.kind = StatementKind::Use;
  statement.index = static_cast<std::uint32_t>(patch_.uses.size());
  patch_.uses.push_back({span_from(first), span});
}

void Parser::input(Statement& statement) {
  const TokenIx first = at_++;
  if (!expect(TokenKind::Name, "the input's name", "write, say, `input level = Value(0)`")) return;
  const Span name = tokens_[at_ - 1].span;
  if (!expect(TokenKind::Assign, "`=`", "write, say, `input level = Value(0)`")) return;
  patch::NodeIx value;
  if (kind() == TokenKind::Kind && kind(at_ + 1) == TokenKind::LeftParen)
    value = call();
  else
    fail_unexpected("an input Kind",
                    "the Kinds are Value, Impulse, Delta, Trigger and Latch: write, say, `Value(0.5)`");
  if (!value.valid()) {
    skip_statement();
    value = error_node(first);
  }
  statement.kind = StatementKind::Input;
  statement.index = static_cast<std::uint32_t>(patch_.inputs.size());
  patch_.inputs.push_back({span_from(first), name, value});
}

}  // namespace oscilla::lang
