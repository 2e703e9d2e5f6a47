#include "oscilla/play/actions.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <string>

#include <fmt/format.h>

namespace oscilla::cli::play {
std::string usage_of(const ActionRow& row) {
  if (row.argument.empty()) return std::string(row.name);
  return row.usual ? fmt::format("{} [{}]", row.name, row.argument) : fmt::format("{} {}", row.name, row.argument);
}

namespace {

constexpr std::string_view kAddress = "/oscilla/";
constexpr double kJumpSeconds = 5;

constexpr ActionRow kRows[] = {
    {Action::Toggle, "toggle", "", 0, "space", false, "pause, or go on"},
    {Action::Pause, "pause", "", 0, "", false, "let time stand still"},
    {Action::Play, "play", "", 0, "", false, "let time go on"},
    {Action::StepForward, "step", "SECONDS", 0, "right", false, "pause, and go on by one frame, or by so many seconds"},
    {Action::StepBack, "step-back", "", 0, "left", false, "pause, and go back by one frame"},
    {Action::Forward, "forward", "SECONDS", kJumpSeconds, "up", false, "go forward by 5 seconds, or so many"},
    {Action::Back, "back", "SECONDS", kJumpSeconds, "down", false,
     "everything is again what it was 5 seconds ago, or so many; as far as is kept (--rewind)"},
    {Action::Seek,
     "seek",
     "SECONDS",
     {},
     "",
     false,
     "go to a position: back to what was, as far as is kept; forward by a leap"},
    {Action::Speed, "speed", "FACTOR", {}, "", false, "let time run faster or slower: 1 is as the clock goes"},
    {Action::Record, "record", "", 0, "r", false, "begin to record; again: end, and write the file"},
    {Action::Screenshot, "screenshot", "", 0, "s", false, "write the picture that is shown to a PNG file"},
    {Action::FullScreen, "full-screen", "", 0, "f", false, "fill the screen, or be a window again"},
    {Action::Inspector, "inspector", "", 0, "tab", false, "show the panels, or hide them"},
    {Action::Learn, "learn", "INPUT", 0, "l", false,
     "let the next knob, key or address play an input: choose it, or by its number"},
    {Action::Preview, "preview", "ON", 1, "shift", true,
     "see the scene in perspective while it is held; changes nothing else"},
    {Action::Help, "help", "", 0, "?", false, "show these keys, or hide them"},
    {Action::Dismiss, "dismiss", "", 0, "escape", false, "hide messages; leave the full screen"},
    {Action::Quit, "quit", "", 0, "ctrl+q", false, "end"},
};

std::string names() {
  std::string text;
  for (const ActionRow& row : kRows) text += (text.empty() ? "" : ", ") + usage_of(row);
  return text;
}

const ActionRow* row_named(std::string_view name) {
  const auto row = std::ranges::find(kRows, name, &ActionRow::name);
  return row == std::end(kRows) ? nullptr : &*row;
}

}  // namespace

std::span<const ActionRow> action_rows() { return kRows; }

const ActionRow& row_of(Action action) { return *std::ranges::find(kRows, action, &ActionRow::action); }

const ActionRow* action_of_key(std::string_view key) {
  if (key.empty()) return nullptr;
  const auto row = std::ranges::find(kRows, key, &ActionRow::key);
  return row == std::end(kRows) ? nullptr : &*row;
}

bool is_transport(Action action) { return action <= Action::Speed; }

std::expected<Command, std::string> read_command(std::string_view line) {
  const std::size_t space = std::min(line.find(' '), line.size());
  const std::string number(line.substr(std::min(space + 1, line.size())));
  const ActionRow* row = row_named(line.substr(0, space));
  char* end = nullptr;
  const double value = std::strtod(number.c_str(), &end);
  const bool has_number = !number.empty() && *end == '\0' && std::isfinite(value);
  const bool fits = row != nullptr && (row->argument.empty() ? number.empty()
                                       : number.empty()      ? row->usual.has_value()
                                                             : has_number);
  if (row == nullptr) return std::unexpected(fmt::format("\"{}\" is no command; there are: {}", line, names()));
  if (!fits)
    return std::unexpected(row->argument.empty()
                               ? fmt::format("\"{}\": {} stands alone", line, row->name)
                               : fmt::format("\"{}\": write {} {}, a number", line, row->name, row->argument));
  return Command{row->action, has_number ? value : row->usual.value_or(0)};
}

bool is_command_address(std::string_view address) { return address.starts_with(kAddress); }

std::optional<Command> command_of_osc(std::string_view address, std::span<const double> numbers) {
  if (!is_command_address(address)) return {};
  const ActionRow* row = row_named(address.substr(kAddress.size()));
  if (row == nullptr || (numbers.empty() && !row->usual)) return {};
  return Command{row->action, numbers.empty() || row->argument.empty() ? row->usual.value_or(0) : numbers[0]};
}

std::string key_label(std::string_view key) {
  if (key.starts_with("ctrl+")) return "Ctrl+" + key_label(key.substr(5));
  std::string label(key);
  if (!label.empty()) label[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(label[0])));
  return label;
}

std::string actions_text() {
  std::string text;
  for (const ActionRow& row : kRows)
    text += fmt::format("  {:<8} {:<20} {}\n", key_label(row.key), usage_of(row), row.help);
  return text;
}

}  // namespace oscilla::cli::play
