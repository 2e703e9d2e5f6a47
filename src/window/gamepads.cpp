#include "window/gamepads.hpp"

#include <SDL2/SDL.h>

#include <utility>

namespace oscilla::window {

void Gamepads::Close::operator()(_SDL_GameController* pad) const { SDL_GameControllerClose(pad); }

Gamepads::Gamepads() {
  SDL_SetHint(SDL_HINT_JOYSTICK_ALLOW_BACKGROUND_EVENTS, "1");  // while somebody types in an editor, too
  SDL_InitSubSystem(SDL_INIT_GAMECONTROLLER);                   // without it there are none
}

Gamepads::~Gamepads() {
  pads_.clear();
  SDL_QuitSubSystem(SDL_INIT_GAMECONTROLLER);
}

void Gamepads::follow(WindowEvent& event) {
  if (event.kind == WindowEvent::Kind::GamepadCame) {
    Pad pad{{SDL_GameControllerOpen(event.pad), {}}, {}};
    if (pad.open == nullptr) return void(event = {});
    const char* name = SDL_GameControllerName(pad.open.get());
    pad.name = name == nullptr ? "gamepad" : name;
    event.name = pad.name;
    event.pad = SDL_JoystickInstanceID(SDL_GameControllerGetJoystick(pad.open.get()));
    pads_.insert_or_assign(event.pad, std::move(pad));
  } else if (event.kind == WindowEvent::Kind::GamepadGone) {
    auto gone = pads_.extract(event.pad);
    if (gone) event.name = gone.mapped().name;
  }
}

}  // namespace oscilla::window
