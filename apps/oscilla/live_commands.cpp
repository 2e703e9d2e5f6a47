#include "oscilla/live_commands.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include <fmt/format.h>

#include "oscilla/console.hpp"

namespace oscilla::cli {
namespace {

constexpr double kMinute = 60;

constexpr std::string_view kCommands = "back SECONDS, pause, play, step SECONDS, seek SECONDS, speed FACTOR, quit";

struct CommandForm {
  std::string_view word;
  std::string_view argument;  ///< empty: none
};
constexpr CommandForm kForms[] = {{"back", "SECONDS"}, {"pause", ""},       {"play", ""}, {"step", "SECONDS"},
                                  {"seek", "SECONDS"}, {"speed", "FACTOR"}, {"quit", ""}};

}  // namespace

std::uint32_t LiveCommands::most_ticks_back(Rate rate) {
  return static_cast<std::uint32_t>(std::ceil(kMinute * rate.numerator / rate.denominator));
}

LiveCommands::LiveCommands(bool listens, Rate rate) : most_back_(most_ticks_back(rate)) {
  if (listens) lines_.emplace(STDIN_FILENO);
}

void LiveCommands::obey(double t_ms, Session& session) {
  if (!lines_) return;
  for (const std::string& line : lines_->take()) obey(line, t_ms, session);
  times_.push_back(t_ms);
  ++ticks_;
  if (times_.size() > most_back_) times_.pop_front();
}

void LiveCommands::obey(const std::string& line, double t_ms, Session& session) {
  const std::size_t space = line.find(' ');
  const std::string word = line.substr(0, space);
  if (word.empty()) return;
  const char* const number = space == std::string::npos ? "" : line.c_str() + space;
  char* end = nullptr;
  const double value = std::strtod(number, &end);
  const bool has_number = end != number && *end == '\0';
  const auto* form = std::ranges::find(kForms, word, &CommandForm::word);
  if (form == std::end(kForms)) {
    complain(fmt::format("\"{}\" is no command; there are: {}", line, kCommands));
    return;
  }
  if (form->argument.empty() ? space != std::string::npos : !has_number) {
    complain(form->argument.empty() ? fmt::format("\"{}\": {} stands alone", line, word)
                                    : fmt::format("\"{}\": write {} {}, a number", line, word, form->argument));
    return;
  }
  quit_ = quit_ || word == "quit";
  if (const std::string wrong = obey(word, value, t_ms, session); !wrong.empty())
    complain(fmt::format("{}: {}", line, wrong));
}

/// What cannot be done is a sentence.
std::string LiveCommands::obey(const std::string& word, double value, double t_ms, Session& session) const {
  if (word == "back") {
    if (!(value >= 0 && std::isfinite(value))) return "a way back is a number of seconds that is not negative";
    const auto at = std::ranges::lower_bound(times_, t_ms - 1000 * value);
    const auto asked = session.restore(std::max<std::int64_t>(ticks_ - 1 - (times_.end() - at), 0));
    return asked ? "" : asked.error();
  }
  if (word == "pause") return session.pause(), "";
  if (word == "play") return session.play(), "";
  if (word == "step") return session.step(1000 * value) ? "" : "a step is not negative";
  if (word == "seek") return session.seek(1000 * value) ? "" : "a position is a number of seconds up to 1e12";
  if (word == "speed") return session.set_speed(value) ? "" : "a speed is not negative";
  return {};
}

}  // namespace oscilla::cli
