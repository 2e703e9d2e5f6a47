#include "base/channel_names.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "base/lower_case.hpp"
#include "base/nearest_name.hpp"

namespace oscilla {
namespace {

constexpr ChannelRow kRows[] = {
    {"mouse", "two numbers: where the pointer is, in the canvas's own coordinates"},
    {"mouse.{x|y}", "one of them"},
    {"mouse.over", "1 while the pointer is over the canvas"},
    {"mouse.button.{left|middle|right}.{down|up}", "1 when it is pressed, or let go: for an Impulse or a Trigger"},
    {"mouse.button.{left|middle|right}.held", "1 while it is held"},
    {"mouse.wheel.{dx|dy}", "how far the wheel went, in heights of the canvas: for a Delta"},
    {"key.<key>.{down|up}", "1 when a key is pressed, or let go: for an Impulse or a Trigger"},
    {"key.<key>.held", "1 while a key is held"},
    {"key.axis.{wasd|arrows}.{x|y}", "-1, 0 or 1: what four keys say together"},
    {"gamepad.{left|right}.{x|y}", "a stick, -1 to 1"},
    {"gamepad.trigger.{left|right}", "0 to 1"},
    {"gamepad.button.<button>.{down|up}", "1 when a button is pressed, or let go: a, b, x, y, start, up, ..."},
    {"gamepad.button.<button>.held", "1 while it is held"},
    {"midi.cc.<0-127>", "a controller, 0 to 1"},
    {"midi.note",
     "a key: its velocity, 0 to 1, when it is pressed, and 0 when it is let go; its number is the event's key"},
    {"midi.note.<0-127>", "the same of one key"},
    {"midi.note.{on|off}", "a key is pressed: its velocity; a key is let go: 1"},
    {"midi.note.<0-127>.{on|off}", "the same of one key"},
    {"midi.pitchbend", "-1 to 1"},
    {"midi.pressure", "how hard the keys are pressed that are held, 0 to 1"},
    {"osc.<...>", "an OSC address: osc.pad.hit is /pad/hit"},
    {"audio.{rms|low|mid|high}", "how loud a sound is, in all and in three bands"},
    {"audio.onset", "1 where something begins: for an Impulse or a Trigger"},
};

using Parts = std::vector<std::string_view>;

constexpr std::string_view kButtons[] = {
    "a",          "b",     "x",       "y",       "start",        "back",          "guide",
    "up",         "down",  "left",    "right",   "leftshoulder", "rightshoulder", "leftstick",
    "rightstick", "misc1", "paddle1", "paddle2", "paddle3",      "paddle4",       "touchpad"};

/// Keys with names of three letters or more. There are others: every keyboard has its own.
constexpr std::string_view kKeys[] = {"space",    "enter",  "tab",   "escape", "backspace", "delete",
                                      "insert",   "home",   "end",   "pageup", "pagedown",  "left",
                                      "right",    "down",   "shift", "ctrl",   "alt",       "meta",
                                      "capslock", "period", "comma", "minus",  "equals",    "slash"};

struct OtherKey {
  std::string_view there;
  std::string_view here;
};

constexpr OtherKey kOtherKeys[] = {
    {"spacebar", "space"},   {"return", "enter"}, {"esc", "escape"},     {"del", "delete"},
    {"ins", "insert"},       {"control", "ctrl"}, {"option", "alt"},     {"command", "meta"},
    {"cmd", "meta"},         {"win", "meta"},     {"super", "meta"},     {"arrowleft", "left"},
    {"arrowright", "right"}, {"arrowup", "up"},   {"arrowdown", "down"}, {"leftarrow", "left"},
    {"rightarrow", "right"}, {"uparrow", "up"},   {"downarrow", "down"}, {"caps", "capslock"},
    {".", "period"},         {",", "comma"},      {"-", "minus"},        {"=", "equals"},
    {"/", "slash"},          {"pgup", "pageup"},  {"pgdn", "pagedown"},  {"", "space"},
};

/// What the key `name` is called, if that is known to be no key's name.
std::string key_meant(std::string_view name) {
  std::string plain;
  for (const char c : name)
    if (c != ' ') plain += lower_case(c);
  if (const auto* other = std::ranges::find(kOtherKeys, plain, &OtherKey::there); other != std::end(kOtherKeys))
    return std::string(other->here);
  if (std::ranges::find(kKeys, plain) == std::end(kKeys))
    if (const std::string_view near = nearest_name(plain, kKeys); !near.empty()) return std::string(near);
  return plain == name ? std::string() : plain;
}

Parts parts_of(std::string_view name) {
  Parts parts;
  for (std::size_t dot; (dot = name.find('.')) != std::string_view::npos; name.remove_prefix(dot + 1))
    parts.push_back(name.substr(0, dot));
  parts.push_back(name);
  return parts;
}

std::optional<int> number_of(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

/// The words that may stand where `part` of a pattern stands; none: it is not a choice.
Parts choices_of(std::string_view part) {
  if (part == "<button>") return {std::begin(kButtons), std::end(kButtons)};
  Parts choices;
  if (!part.starts_with('{')) return choices;
  part = part.substr(1, part.size() - 2);
  for (std::size_t bar; (bar = part.find('|')) != std::string_view::npos; part.remove_prefix(bar + 1))
    choices.push_back(part.substr(0, bar));
  choices.push_back(part);
  return choices;
}

bool contains(const Parts& words, std::string_view word) { return std::ranges::find(words, word) != words.end(); }

bool fits(std::string_view part, std::string_view word) {
  if (part.starts_with('{')) return contains(choices_of(part), word);
  if (part == "<0-127>") return number_of(word).value_or(-1) >= 0 && number_of(word).value_or(128) <= 127;
  if (part == "<button>") return std::ranges::find(kButtons, word) != std::end(kButtons);
  if (part == "<key>") return key_meant(word).empty();
  return part.starts_with('<') ? !word.empty() : part == word;
}

bool fits(const ChannelRow& row, const Parts& words) {
  const Parts parts =
      parts_of(row.pattern.ends_with("<...>") ? row.pattern.substr(0, row.pattern.find(".<...>")) : row.pattern);
  const bool open = row.pattern.ends_with("<...>");
  if (open ? words.size() <= parts.size() : words.size() != parts.size()) return false;
  for (std::size_t i = 0; i < words.size(); ++i)
    if (i < parts.size() ? !fits(parts[i], words[i]) : words[i].empty() || words[i].find('/') != words[i].npos)
      return false;
  return true;
}

/// Names of a row that are as near to `words` as can be: what is free in it is what the name has there.
std::vector<std::string> names_of(const ChannelRow& row, const Parts& words) {
  std::vector<std::string> names{""};
  const Parts parts = parts_of(row.pattern);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    Parts here = choices_of(parts[i]);
    if (here.empty()) here = {i < words.size() && fits(parts[i], words[i]) ? words[i] : parts[i]};
    std::vector<std::string> longer;
    for (const std::string& name : names)
      for (const std::string_view word : here) longer.push_back(name + (i == 0 ? "" : ".") + std::string(word));
    names = std::move(longer);
  }
  return names;
}

bool is_midi_kind(std::string_view word) {
  return word == "cc" || word == "note" || word == "pitchbend" || word == "pressure";
}

/// The number of "ch2".
std::optional<int> midi_channel(std::string_view word) {
  return word.starts_with("ch") ? number_of(word.substr(2)) : std::nullopt;
}

std::string nearest_of(const Parts& words, std::string_view name) {
  std::vector<std::string> names;
  for (const ChannelRow& row : kRows)
    if (parts_of(row.pattern)[0] == words[0])
      for (std::string& candidate : names_of(row, words)) names.push_back(std::move(candidate));
  const Parts views(names.begin(), names.end());
  const std::string meant = did_you_mean(name, views);
  if (!meant.empty()) return meant;
  std::string text = "there are";
  std::string_view comma = " ";
  for (const ChannelRow& row : kRows) {
    if (parts_of(row.pattern)[0] != words[0]) continue;
    text += std::string(comma) + std::string(row.pattern);
    comma = ", ";
  }
  return text;
}

}  // namespace

std::span<const ChannelRow> channel_rows() { return kRows; }

std::string short_midi_name(std::string_view name) {
  Parts parts = parts_of(name);
  if (parts[0] != "midi") return std::string(name);
  const auto drop = [&parts] { parts.erase(parts.begin() + 1); };
  if (parts.size() > 2 && !is_midi_kind(parts[1]) && !midi_channel(parts[1])) drop();
  if (parts.size() > 2)
    if (const auto number = midi_channel(parts[1]); number && *number >= 1 && *number <= 16) drop();
  std::string text = "midi";
  for (std::size_t i = 1; i < parts.size(); ++i) text += "." + std::string(parts[i]);
  return text;
}

std::string channel_problem(std::string_view name) {
  const std::string plain = short_midi_name(name);
  const Parts words = parts_of(plain);
  Parts spaces;
  for (const ChannelRow& row : kRows) {
    if (fits(row, words)) return {};
    spaces.push_back(parts_of(row.pattern)[0]);
  }
  const std::string what = "no device writes to \"" + std::string(name) + "\"; ";
  if (plain.starts_with("osc./")) return what + "did you mean `osc." + plain.substr(5) + "`?";
  if (words.size() == 3 && words[0] == "key" && words[1] != "axis")
    if (const std::string key = key_meant(words[1]); !key.empty())
      return what + "did you mean `key." + key + "." + std::string(words[2]) + "`?";
  if (contains(spaces, words[0])) return what + nearest_of(words, plain);
  const std::string_view space = nearest_name(words[0], spaces);
  if (space.empty()) return {};
  return what + "did you mean `" + std::string(space) + plain.substr(words[0].size()) + "`?";
}

std::string key_problem(std::string_view name) {
  const std::string meant = key_meant(name);
  return meant.empty() ? meant : "no key is called \"" + std::string(name) + "\"; did you mean `" + meant + "`?";
}

std::string osc_problem(std::string_view address) {
  if (!address.starts_with('/'))
    return "an OSC address begins with a slash; did you mean `/" + std::string(address) + "`?";
  const std::size_t sign = address.find_first_of(" #*,?[]{}");
  return sign == address.npos ? "" : std::string("an OSC address has no `") + address[sign] + "` in it";
}

}  // namespace oscilla
