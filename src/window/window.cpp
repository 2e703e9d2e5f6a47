#include "window/window.hpp"

#include <epoxy/gl.h>

#include <SDL2/SDL.h>
#include <SDL2/SDL_syswm.h>
#include <X11/Xlib.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace oscilla::window {
namespace {

constexpr int kLeastSide = 160;
constexpr int kNoWindow = 3;  // how the process ends if the display goes away and nobody else ends it

std::string no_window(const std::string& what) {
  return fmt::format("{}: {}", what, SDL_GetError()[0] == '\0' ? "SDL does not say why" : SDL_GetError());
}

SDL_Window* create(const WindowOptions& options) {
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 3);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
  SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
  SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
  const std::uint32_t flags = SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI;
  return SDL_CreateWindow(options.title.c_str(), SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, options.width,
                          options.height, flags);
}

/// Whether SDL found no display and took to drawing for nobody, without having been told to.
bool nobody_sees() {
  const char* const driver = SDL_GetCurrentVideoDriver();
  const std::string_view name = driver == nullptr ? "" : driver;
  return (name == "offscreen" || name == "dummy") && std::getenv("SDL_VIDEODRIVER") == nullptr;
}

/// Null for other window systems.
Display* x11_display(SDL_Window* window) {
  SDL_SysWMinfo info;
  SDL_VERSION(&info.version);
  const bool is_x11 = SDL_GetWindowWMInfo(window, &info) == SDL_TRUE && info.subsystem == SDL_SYSWM_X11;
  return is_x11 ? info.info.x11.display : nullptr;
}

/// Whether there is a window manager: who does what windows ask for.
bool is_managed(Display* display) {
  Atom type = 0;
  int format = 0;
  unsigned long count = 0, left = 0;
  unsigned char* value = nullptr;
  XGetWindowProperty(display, DefaultRootWindow(display), XInternAtom(display, "_NET_SUPPORTING_WM_CHECK", False), 0, 1,
                     False, AnyPropertyType, &type, &format, &count, &left, &value);
  if (value != nullptr) XFree(value);
  return count > 0;
}

}  // namespace

std::expected<std::unique_ptr<Window>, std::string> Window::open(const WindowOptions& options) {
  SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");                  // Ctrl-C is the program's business
  SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");  // a window of a desktop, no game
  SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
  SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");  // a performer types in an editor on the other screen
  if (SDL_Init(SDL_INIT_VIDEO) != 0) return std::unexpected(no_window("there is no display to open a window on"));
  if (nobody_sees()) {
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
    return std::unexpected("there is no display to open a window on");
  }
  SDL_Window* const window = create(options);
  if (window == nullptr) return std::unexpected(no_window("the display opens no window for OpenGL 3.3"));
  SDL_GLContext const context = SDL_GL_CreateContext(window);
  if (context == nullptr) {
    const std::string why = no_window("the display gives no OpenGL 3.3");
    SDL_DestroyWindow(window);
    return std::unexpected(why);
  }
  if (SDL_GL_SetSwapInterval(-1) != 0) SDL_GL_SetSwapInterval(1);
  SDL_SetWindowMinimumSize(window, kLeastSide, kLeastSide);
  std::unique_ptr<Window> opened(new Window(window, context));
  if (options.full_screen) opened->set_full_screen(true);
  return opened;
}

Window::~Window() {
  SDL_GL_DeleteContext(context_);
  SDL_DestroyWindow(window_);
  SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

Letterbox::Window Window::size() const {
  Letterbox::Window size;
  SDL_GetWindowSize(window_, &size.width_points, &size.height_points);
  SDL_GL_GetDrawableSize(window_, &size.width_pixels, &size.height_pixels);
  return size;
}

/// What the desktop says, if it does; else what the screen is, as far as that is known.
double Window::density() const {
  constexpr double kUsual = 96, kMost = 4;
  const Letterbox::Window now = size();
  const double drawn = static_cast<double>(now.height_pixels) / std::max(now.height_points, 1);
  double dots = 0;
  if (Display* const display = x11_display(window_); display != nullptr)
    if (const char* wanted = XGetDefault(display, "Xft", "dpi")) dots = std::strtod(wanted, nullptr);
  float diagonal = 0, across = 0, up = 0;
  if (!(dots > 0) && SDL_GetDisplayDPI(std::max(SDL_GetWindowDisplayIndex(window_), 0), &diagonal, &across, &up) == 0)
    dots = up;
  return std::clamp(std::max(drawn, dots / kUsual), 1.0, kMost);
}

bool Window::hidden() const { return (SDL_GetWindowFlags(window_) & (SDL_WINDOW_MINIMIZED | SDL_WINDOW_HIDDEN)) != 0; }

bool Window::full_screen() const {
  return before_.width > 0 || (SDL_GetWindowFlags(window_) & SDL_WINDOW_FULLSCREEN_DESKTOP) != 0;
}

/// On a screen that nobody manages, as that of an installation, the window is made as large as it by hand.
void Window::set_full_screen(bool full) {
  if (full == full_screen()) return;
  Display* const display = x11_display(window_);
  if (display == nullptr || is_managed(display))
    return void(SDL_SetWindowFullscreen(window_, full ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0));
  SDL_Rect place;
  SDL_GetDisplayBounds(std::max(SDL_GetWindowDisplayIndex(window_), 0), &place);
  if (full) {
    SDL_GetWindowPosition(window_, &before_.x, &before_.y);
    SDL_GetWindowSize(window_, &before_.width, &before_.height);
  } else {
    place = {before_.x, before_.y, before_.width, before_.height};
    before_ = {};
  }
  SDL_SetWindowSize(window_, place.w, place.h);
  SDL_SetWindowPosition(window_, place.x, place.y);
}

void Window::set_title(const std::string& title) { SDL_SetWindowTitle(window_, title.c_str()); }
void Window::show_pointer(bool shown) { SDL_ShowCursor(shown ? SDL_ENABLE : SDL_DISABLE); }

std::span<const WindowEvent> Window::wait_events(int milliseconds) {
  events_.clear();
  SDL_Event event;
  if (milliseconds > 0 ? SDL_WaitEventTimeout(&event, milliseconds) == 0 : SDL_PollEvent(&event) == 0) return {};
  do {
    if (witness_) witness_(event);
    events_.push_back(read_event(event));
    gamepads_.follow(events_.back());
  } while (SDL_PollEvent(&event) != 0);
  return events_;
}

/// Other window systems tell of it by an event, as if the window had been closed.
void Window::set_lost(std::function<void()> lost) {
  lost_ = std::move(lost);
  Display* const display = x11_display(window_);
  if (display == nullptr) return;
  XSetIOErrorHandler([](Display*) { return 0; });  // says nothing by itself
  XSetIOErrorExitHandler(
      display,
      [](Display*, void* self) {
        if (const auto& gone = static_cast<Window*>(self)->lost_) gone();
        std::_Exit(kNoWindow);  // nobody may go on from here
      },
      this);
}

void Window::begin_drawing() const { glBindFramebuffer(GL_FRAMEBUFFER, 0); }

void Window::clear() const {
  const Letterbox::Window now = size();
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  glDisable(GL_SCISSOR_TEST);
  glViewport(0, 0, now.width_pixels, now.height_pixels);
  glClearColor(0, 0, 0, 1);
  glClear(GL_COLOR_BUFFER_BIT);
}

void Window::show() const { SDL_GL_SwapWindow(window_); }

}  // namespace oscilla::window
