// The thread of the window: shows the newest frame, and what lies over it; understands keys and commands. What is done
// to the session is sent to the engine.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "oscilla/exit_code.hpp"
#include "oscilla/play/actions.hpp"
#include "oscilla/play/engine.hpp"
#include "oscilla/play/inspector.hpp"
#include "oscilla/play/notices.hpp"
#include "output/gl_renderer.hpp"
#include "window/overlay.hpp"
#include "window/window.hpp"

namespace oscilla::cli::play {

struct StageOptions {
  double seconds = 0;  ///< after which it ends by itself; 0: never
  std::string path;    ///< of the patch, for the title
  double scale = 0;    ///< of text; 0: as the display's density wants it
};

class Stage {
 public:
  /// All of them live longer.
  Stage(window::Window& window, Engine& engine, Inspector& inspector, StageOptions options);

  /// Until the window is closed, somebody ends it or the time is over.
  void run();

 private:
  void turn();
  void take(const window::WindowEvent& event);
  void take_key(std::string_view key, bool control);
  void take(News& news);
  void take_edit(const EditNews& news);
  void perform(const Command& command);
  void dismiss();
  void draw();
  void draw_picture();
  void draw_overlays();
  InspectedPicture inspected_picture();
  std::string status() const;

  window::Window& window_;
  Engine& engine_;
  Inspector& inspector_;
  StageOptions options_;
  window::Overlay overlay_;
  output::GlRenderer renderer_;
  window::Letterbox letterbox_;
  EngineState state_;
  Notices notices_;
  std::string diagnostics_, diagnostics_title_;
  std::string renderer_trouble_;
  bool has_picture_ = false;
  bool shows_help_ = false;
  bool over_ = false;
  double now_ = 0, drawn_ = 0;  ///< seconds
};

}  // namespace oscilla::cli::play
