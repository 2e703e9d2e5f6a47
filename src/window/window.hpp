// A window of the desktop with an OpenGL 3.3 context, by SDL2: opens, resizes, fills the screen, shows what was drawn,
// and says what happened in it as neutral events. All of it belongs to the thread that opened it.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "window/events.hpp"
#include "window/gamepads.hpp"
#include "window/letterbox.hpp"

struct SDL_Window;
union SDL_Event;

namespace oscilla::window {

struct WindowOptions {
  std::string title;
  int width = 1280, height = 720;  ///< points
  bool full_screen = false;
};

class Window {
 public:
  /// The error says what is missing: a display, or OpenGL 3.3.
  static std::expected<std::unique_ptr<Window>, std::string> open(const WindowOptions& options);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  Letterbox::Window size() const;
  /// Pixels of the screen for one of a screen of 96 dots an inch: how large text has to be.
  double density() const;
  /// It lies behind others, or is an icon: nothing of it can be seen.
  bool hidden() const;

  bool full_screen() const;
  void set_full_screen(bool full);
  void set_title(const std::string& title);
  /// The pointer is shown, or not, while it is over the window.
  void show_pointer(bool shown);

  /// What happened since the last call, in order; waits for something at most so long. Valid until the next call.
  std::span<const WindowEvent> wait_events(int milliseconds);
  /// Sees everything that happens before wait_events() returns; null: nobody.
  void set_witness(std::function<void(const SDL_Event&)> witness) { witness_ = std::move(witness); }

  /// What happens if the display goes away: `lost` is called in the middle of whatever the window was doing, and must
  /// not return, for nothing works from then on that has to do with the window; if there is none, the process ends.
  void set_lost(std::function<void()> lost);

  /// Draws go to the window's framebuffer.
  void begin_drawing() const;
  /// All of it is dark.
  void clear() const;
  /// Shows what was drawn, with the screen's rhythm.
  void show() const;

  SDL_Window* sdl() const { return window_; }
  void* context() const { return context_; }

 private:
  Window(SDL_Window* window, void* context) : window_(window), context_(context) {}

  SDL_Window* window_;
  void* context_;
  Gamepads gamepads_;
  Rectangle before_;  ///< its place on a screen without anybody who manages windows, when it is to be one again
  std::function<void()> lost_;
  std::function<void(const SDL_Event&)> witness_;
  std::vector<WindowEvent> events_;
};

}  // namespace oscilla::window
