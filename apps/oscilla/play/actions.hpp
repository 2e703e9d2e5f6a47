// Everything that a performer can do, once: its key, its name for the command line and OSC, and what it does. The help,
// the page for readers and whatever understands commands are made of this table.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace oscilla::cli::play {

enum class Action : std::uint8_t {
  Toggle,
  Pause,
  Play,
  StepForward,
  StepBack,
  Forward,
  Back,
  Seek,
  Speed,
  Record,
  Screenshot,
  FullScreen,
  Inspector,
  Learn,
  Preview,
  Help,
  Dismiss,
  Quit,
};

struct ActionRow {
  Action action;
  std::string_view name;        ///< of a command ("back 5") and of OSC ("/oscilla/back" 5)
  std::string_view argument;    ///< what the number is; empty: there is none
  std::optional<double> usual;  ///< the number, where none is given; nothing: it must be
  std::string_view key;         ///< as in key.<key>; empty: none
  bool held;                    ///< lasts as long as the key is held, or from 1 to 0
  std::string_view help;
};

std::span<const ActionRow> action_rows();
const ActionRow& row_of(Action action);
/// The action of a key, if it has one.
const ActionRow* action_of_key(std::string_view key);

/// What is done to time: by the engine, between two ticks. Everything else is the window's.
bool is_transport(Action action);

struct Command {
  Action action{};
  double number = 0;
};
/// Understands "back 5". The error is a sentence with what there is.
std::expected<Command, std::string> read_command(std::string_view line);
/// Understands "/oscilla/back" and its first number; nothing if it is another address.
std::optional<Command> command_of_osc(std::string_view address, std::span<const double> numbers);
/// Whether an address is one that commands are sent to.
bool is_command_address(std::string_view address);

/// "back [SECONDS]".
std::string usage_of(const ActionRow& row);
/// The key of an action as people call it: "Space", "Ctrl+Q".
std::string key_label(std::string_view key);
/// The table as lines of text, for help: key, name, what it does.
std::string actions_text();

}  // namespace oscilla::cli::play
