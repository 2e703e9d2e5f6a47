#include "window/events.hpp"

#include <SDL2/SDL.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace oscilla::window {
namespace {

struct Name {
  SDL_Keycode key;
  std::string_view name;
};

/// Keys that write nothing, or something that is no word. Left and right ones of a pair are the same key.
constexpr std::array kNames = {
    Name{SDLK_SPACE, "space"},       Name{SDLK_RETURN, "enter"},  Name{SDLK_KP_ENTER, "enter"},
    Name{SDLK_TAB, "tab"},           Name{SDLK_ESCAPE, "escape"}, Name{SDLK_BACKSPACE, "backspace"},
    Name{SDLK_DELETE, "delete"},     Name{SDLK_INSERT, "insert"}, Name{SDLK_HOME, "home"},
    Name{SDLK_END, "end"},           Name{SDLK_PAGEUP, "pageup"}, Name{SDLK_PAGEDOWN, "pagedown"},
    Name{SDLK_LEFT, "left"},         Name{SDLK_RIGHT, "right"},   Name{SDLK_UP, "up"},
    Name{SDLK_DOWN, "down"},         Name{SDLK_LSHIFT, "shift"},  Name{SDLK_RSHIFT, "shift"},
    Name{SDLK_LCTRL, "ctrl"},        Name{SDLK_RCTRL, "ctrl"},    Name{SDLK_LALT, "alt"},
    Name{SDLK_RALT, "alt"},          Name{SDLK_LGUI, "meta"},     Name{SDLK_RGUI, "meta"},
    Name{SDLK_CAPSLOCK, "capslock"}, Name{SDLK_PERIOD, "period"}, Name{SDLK_COMMA, "comma"},
    Name{SDLK_MINUS, "minus"},       Name{SDLK_EQUALS, "equals"}, Name{SDLK_SLASH, "slash"}};

using Kind = WindowEvent::Kind;

WindowEvent read_window(const SDL_WindowEvent& event) {
  switch (event.event) {
    case SDL_WINDOWEVENT_CLOSE: return {.kind = Kind::Closed};
    case SDL_WINDOWEVENT_FOCUS_LOST: return {.kind = Kind::FocusLost};
    case SDL_WINDOWEVENT_LEAVE: return {.kind = Kind::PointerLeft};
    default: return {};
  }
}

WindowEvent read_key(const SDL_KeyboardEvent& event) {
  if (event.repeat != 0) return {};
  return {.kind = event.type == SDL_KEYDOWN ? Kind::KeyDown : Kind::KeyUp,
          .name = key_name(event.keysym.sym),
          .control = (event.keysym.mod & KMOD_CTRL) != 0};
}

WindowEvent read_button(const SDL_MouseButtonEvent& event) {
  constexpr std::array<const char*, 4> kButtons = {nullptr, "left", "middle", "right"};
  if (event.button >= kButtons.size() || kButtons[event.button] == nullptr) return {};
  return {.kind = event.type == SDL_MOUSEBUTTONDOWN ? Kind::ButtonDown : Kind::ButtonUp,
          .name = kButtons[event.button],
          .x = 1.0 * event.x,
          .y = 1.0 * event.y};
}

WindowEvent read_wheel(const SDL_MouseWheelEvent& event) {
  const double sign = event.direction == SDL_MOUSEWHEEL_FLIPPED ? -1 : 1;
  return {.kind = Kind::Wheel, .x = sign * event.preciseX, .y = sign * event.preciseY};
}

/// "dpup" is "up".
std::string pad_button(std::uint8_t button) {
  const char* name = SDL_GameControllerGetStringForButton(static_cast<SDL_GameControllerButton>(button));
  const std::string_view text = name == nullptr ? "" : name;
  return std::string(text.starts_with("dp") ? text.substr(2) : text);
}

WindowEvent read_axis(const SDL_ControllerAxisEvent& event) {
  constexpr std::array<const char*, SDL_CONTROLLER_AXIS_MAX> kAxes = {"left.x",  "left.y",       "right.x",
                                                                      "right.y", "trigger.left", "trigger.right"};
  if (event.axis >= kAxes.size()) return {};
  const bool up = event.axis == SDL_CONTROLLER_AXIS_LEFTY || event.axis == SDL_CONTROLLER_AXIS_RIGHTY;
  const double value = std::max(event.value / 32767.0, -1.0);
  return {.kind = Kind::GamepadMoved, .name = kAxes[event.axis], .x = up ? -value : value, .pad = event.which};
}

WindowEvent read_gamepad(const SDL_Event& event) {
  switch (event.type) {
    case SDL_CONTROLLERDEVICEADDED: return {.kind = Kind::GamepadCame, .pad = event.cdevice.which};
    case SDL_CONTROLLERDEVICEREMOVED: return {.kind = Kind::GamepadGone, .pad = event.cdevice.which};
    case SDL_CONTROLLERBUTTONDOWN:
    case SDL_CONTROLLERBUTTONUP:
      return {.kind = event.type == SDL_CONTROLLERBUTTONDOWN ? Kind::GamepadPressed : Kind::GamepadLetGo,
              .name = pad_button(event.cbutton.button),
              .pad = event.cbutton.which};
    case SDL_CONTROLLERAXISMOTION: return read_axis(event.caxis);
    default: return {};
  }
}

}  // namespace

std::string key_name(std::int32_t key) {
  const auto found = std::ranges::find(kNames, key, &Name::key);
  if (found != kNames.end()) return std::string(found->name);
  if (key >= SDLK_F1 && key <= SDLK_F12) return "f" + std::to_string(key - SDLK_F1 + 1);
  if (key >= SDLK_KP_1 && key <= SDLK_KP_9) return std::to_string(key - SDLK_KP_1 + 1);
  if (key == SDLK_KP_0) return "0";
  const bool plain = key > 0x20 && key < 0x7f && std::isalnum(key);
  if (plain) return std::string(1, static_cast<char>(key));
  std::string name;
  for (const char* letter = SDL_GetKeyName(key); *letter != '\0'; ++letter) {
    if (*letter == ' ' || *letter == '.') continue;
    name += static_cast<char>(std::tolower(static_cast<unsigned char>(*letter)));
  }
  return name;
}

WindowEvent read_event(const SDL_Event& event) {
  switch (event.type) {
    case SDL_QUIT: return {.kind = Kind::Closed};
    case SDL_WINDOWEVENT: return read_window(event.window);
    case SDL_KEYDOWN:
    case SDL_KEYUP: return read_key(event.key);
    case SDL_TEXTINPUT:
      if (std::string_view(event.text.text) != "?") return {};
      return {.kind = Kind::KeyDown, .name = "?"};
    case SDL_MOUSEMOTION: return {.kind = Kind::PointerMoved, .x = 1.0 * event.motion.x, .y = 1.0 * event.motion.y};
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP: return read_button(event.button);
    case SDL_MOUSEWHEEL: return read_wheel(event.wheel);
    default: return read_gamepad(event);
  }
}

}  // namespace oscilla::window
