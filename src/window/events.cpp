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
    case SDL_QUIT: return {WindowEvent::Kind::Closed, {}};
    case SDL_KEYDOWN:
      if (event.key.repeat != 0) return {};
      return {WindowEvent::Kind::KeyDown, key_name(event.key.keysym.sym), (event.key.keysym.mod & KMOD_CTRL) != 0};
    case SDL_TEXTINPUT:
      if (std::string_view(event.text.text) == "?") return {WindowEvent::Kind::KeyDown, "?"};
      return {};
    default: return {};
  }
}

}  // namespace oscilla::window
