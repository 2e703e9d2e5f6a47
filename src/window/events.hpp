// What happens in a window, in neutral words: keys by name ("a", "space", "left"), not by the numbers of a library.
#pragma once

#include <cstdint>
#include <string>

union SDL_Event;

namespace oscilla::window {

struct WindowEvent {
  enum class Kind : std::uint8_t { Other, Closed, KeyDown };
  Kind kind = Kind::Other;
  std::string key;       ///< as in the channel key.<key>
  bool control = false;  ///< is held
};

/// Repeats of a key that is held are Other.
WindowEvent read_event(const SDL_Event& event);

/// The name of a key by SDL's number of what it writes; empty: none that a patch could listen to.
std::string key_name(std::int32_t key);

}  // namespace oscilla::window
