// The gamepads that are plugged in: opened when they come, closed when they go.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "window/events.hpp"

struct _SDL_GameController;

namespace oscilla::window {

class Gamepads {
 public:
  Gamepads();
  ~Gamepads();
  Gamepads(const Gamepads&) = delete;
  Gamepads& operator=(const Gamepads&) = delete;

  /// One that came is opened, and the event then has its name and number; one that went is closed, and the event has
  /// its name. Other events stay as they are.
  void follow(WindowEvent& event);

 private:
  struct Close {
    void operator()(_SDL_GameController* pad) const;
  };
  struct Pad {
    std::unique_ptr<_SDL_GameController, Close> open;
    std::string name;
  };
  std::map<std::int32_t, Pad> pads_;
};

}  // namespace oscilla::window
