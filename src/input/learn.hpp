// What an input of a patch is to listen to, from what somebody just played.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "input/producer.hpp"
#include "oscilla/channels.hpp"

namespace oscilla::input {

/// The source that fits the input: of a key that is pressed, whether it is held for a Value, and that it was pressed
/// for everything else. Nothing for what nobody means: the mouse, a key that is let go, a stick that rests.
std::optional<std::string> source_to_learn(const Played& played, const ChannelInfo& input);

/// How the patch says it: `midi: "cc.74"`, `osc: "/hit"`, `key: "q"`, `channel: "gamepad.left.x"`.
std::string port_of_source(std::string_view source);

}  // namespace oscilla::input
