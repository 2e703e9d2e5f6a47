// What happens in a window and at gamepads, in neutral words: keys and buttons by name ("a", "space", "left"), not by
// the numbers of a library.
#pragma once

#include <cstdint>
#include <string>

union SDL_Event;

namespace oscilla::window {

struct WindowEvent {
  enum class Kind : std::uint8_t {
    Other,
    Closed,
    FocusLost,     ///< keys go elsewhere
    KeyDown,       ///< `name`, `control`
    KeyUp,         ///< `name`
    PointerMoved,  ///< x, y: points of the window
    PointerLeft,
    ButtonDown,      ///< of the mouse: `name`, x, y
    ButtonUp,        ///< as above
    Wheel,           ///< x, y: notches, to the right and away from whoever turns it
    GamepadCame,     ///< `pad`, `name`: what it is called
    GamepadGone,     ///< `pad`
    GamepadPressed,  ///< `name`
    GamepadLetGo,    ///< `name`
    GamepadMoved,    ///< `name`: "left.x" ... "right.y", -1 to 1 with y up, "trigger.left", 0 to 1; `x`
  };
  Kind kind = Kind::Other;
  std::string name{};    ///< of a key as in key.<key>, of a button
  bool control = false;  ///< is held
  double x = 0, y = 0;
  std::int32_t pad = -1;  ///< the number of a gamepad, which no other ever has
};

/// Repeats of a key that is held are Other. A gamepad that comes is not open yet: `pad` is its place then, as SDL
/// wants it.
WindowEvent read_event(const SDL_Event& event);

/// The name of a key by SDL's number of what it writes.
std::string key_name(std::int32_t key);

}  // namespace oscilla::window
