#include "input/learn.hpp"

#include <cmath>

#include <fmt/format.h>

#include "base/channel_names.hpp"

namespace oscilla::input {
namespace {

std::string without_end(std::string_view text, std::string_view end) {
  return std::string(text.substr(0, text.size() - end.size()));
}

}  // namespace

std::optional<std::string> source_to_learn(const Played& played, const ChannelInfo& input) {
  const std::string_view source = played.source;
  const bool holds = input.kind == ChannelKind::Value;
  if (source.starts_with("mouse")) return {};
  if (source.starts_with("key.") || source.starts_with("gamepad.button.")) {
    if (!source.ends_with(".down")) return {};
    return without_end(source, "down") + (holds ? "held" : "down");
  }
  if (source.starts_with("gamepad."))
    return std::abs(played.values[0]) > 0.5 ? std::optional(std::string(source)) : std::nullopt;
  if (!source.starts_with("midi.")) return std::string(source);
  const std::string name = short_midi_name(source);
  if (name.ends_with(".off")) return {};
  return holds && name.ends_with(".on") ? without_end(name, ".on") : name;
}

std::string port_of_source(std::string_view source) {
  if (source.starts_with('/')) return fmt::format("osc: \"{}\"", source);
  if (source.starts_with("midi.")) return fmt::format("midi: \"{}\"", source.substr(5));
  if (source.starts_with("key.") && !source.starts_with("key.axis."))
    return fmt::format("key: \"{}\"", source.substr(4, source.rfind('.') - 4));
  return fmt::format("channel: \"{}\"", source);
}

}  // namespace oscilla::input
