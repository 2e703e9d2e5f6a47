#include "lang/habits.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "base/color_names.hpp"
#include "base/lower_case.hpp"

namespace oscilla::lang {
namespace {

struct Habit {
  std::string_view word;
  std::string_view hint;
};

constexpr std::string_view kMeasures = "measures are parts of the canvas's shorter side: 0.1 is a tenth of it";
constexpr std::string_view kFrames = "there is time, not a number of frames: one is `1s / 60`, or time.dt";

constexpr Habit kUnits[] = {
    {"px", kMeasures},
    {"pt", kMeasures},
    {"em", kMeasures},
    {"mm", kMeasures},
    {"cm", kMeasures},
    {"vw", kMeasures},
    {"vh", kMeasures},
    {"hz", "a frequency is a plain number: so many times a second"},
    {"frames", kFrames},
    {"frame", kFrames},
    {"f", "a number has no letter behind it that says its type"},
};

constexpr std::string_view kLoops =
    "nothing is repeated: Array(count: 100) makes many of one, and what is made of it is there for each";
constexpr std::string_view kCanvas = "it is a setting: `canvas 1280x720 fps 60 background #0b0b12`";
constexpr std::string_view kDefine =
    "a Kind of one's own is `define Name(size: float = 1) -> (x) {`, its lines and `}`";
constexpr std::string_view kConditional = "a choice is a value: `x = condition ? this : that`";
constexpr std::string_view kUse = "the `define`s of another file are there by `use \"file.oscilla\"`";
constexpr std::string_view kProbe = "`oscilla probe` shows values";

constexpr Habit kStatements[] = {
    {"for", kLoops},      {"while", kLoops},      {"repeat", kLoops},     {"import", kUse},    {"include", kUse},
    {"require", kUse},    {"fps", kCanvas},       {"framerate", kCanvas}, {"size", kCanvas},   {"background", kCanvas},
    {"canvas", kCanvas},  {"function", kDefine},  {"func", kDefine},      {"fn", kDefine},     {"def", kDefine},
    {"if", kConditional}, {"else", kConditional}, {"print", kProbe},      {"println", kProbe}, {"log", kProbe},
};

std::string_view look_up(const Habit* begin, const Habit* end, std::string_view word) {
  const Habit* const found = std::find_if(begin, end, [&](const Habit& habit) { return habit.word == word; });
  return found == end ? std::string_view() : found->hint;
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

}  // namespace

std::string unit_habit(std::string_view digits, std::string_view suffix) {
  std::string lower(suffix);
  std::ranges::transform(lower, lower.begin(), lower_case);
  if (lower == "bpm") return fmt::format("a tempo is the time of a beat: `60s / {}`", digits);
  if (lower == "fps") return fmt::format("a rate stands behind its word: `fps {}`", digits);
  if (lower == "pi") return fmt::format("a product needs its `*`: `{} * pi`", digits);
  if (digits == "0" && lower.size() == 7 && lower[0] == 'x' && std::all_of(lower.begin() + 1, lower.end(), is_hex))
    return fmt::format("a colour is written `#{}`", lower.substr(1));
  return std::string(look_up(std::begin(kUnits), std::end(kUnits), lower));
}

std::string_view statement_habit(std::string_view word) {
  return look_up(std::begin(kStatements), std::end(kStatements), word);
}

std::string capital_habit(std::string_view word) {
  constexpr Habit kConstants[] = {
      {"PI", "it is written `pi`"},          {"TAU", "it is written `tau`"},     {"TWO_PI", "it is written `tau`"},
      {"HALF_PI", "it is written `pi / 2`"}, {"True", "it is written `true`"},   {"False", "it is written `false`"},
      {"TRUE", "it is written `true`"},      {"FALSE", "it is written `false`"},
  };
  const std::string_view hint = look_up(std::begin(kConstants), std::end(kConstants), word);
  return hint.empty() ? color_hint(word) : std::string(hint);
}

std::string_view expression_habit(std::string_view before, std::string_view after) {
  if (before == "not") return "not is written `!`";
  if (before == "if" || after == "if" || after == "then") return "a choice is written `condition ? this : that`";
  if (after == "and") return "and is written `&&`";
  if (after == "or") return "or is written `||`";
  if (after == "[") return "one lane of a field is `Pick(field, index: 3)`";
  return {};
}

}  // namespace oscilla::lang
