// The thread of the window: shows the newest frame, and what lies over it; understands keys and commands. What is done
// to the session is sent to the engine.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "input/lines.hpp"
#include "oscilla/play/actions.hpp"
#include "oscilla/play/engine.hpp"
#include "oscilla/play/inspector.hpp"
#include "oscilla/play/notices.hpp"
#include "oscilla/play/screenshots.hpp"
#include "oscilla/play/spool.hpp"
#include "oscilla/recording.hpp"
#include "output/gl_renderer.hpp"
#include "window/hands.hpp"
#include "window/overlay.hpp"
#include "window/preview.hpp"
#include "window/window.hpp"

namespace oscilla::cli::play {

struct StageOptions {
  std::string path;        ///< of the patch
  double seconds = 0;      ///< after which it ends by itself; 0: never
  double text_scale = 0;   ///< 0: as the display's density wants it
  std::string screenshot;  ///< of one at `screenshot_at`; empty: none
  double screenshot_at = 0;
  bool commands = false;  ///< are read from standard input
};

/// What it works with; all of it lives longer.
struct StageParts {
  window::Window& window;
  Engine& engine;
  Inspector& inspector;
  window::Hands& hands;
  Spool& spool;
  Recorder& recorder;
  Program program;  ///< that runs first
};

class Stage {
 public:
  Stage(StageParts parts, StageOptions options);

  /// Until the window is closed, somebody ends it or the time is over.
  void run();
  /// The same where there is no window any more.
  void run_blind();
  /// A recording that is being made ends here, and what becomes of it is said. False if something of it is missing, or
  /// not where it should be.
  bool end_recording();
  /// All screenshots are written when it returns, and what went wrong was said. False if one is missing.
  bool end_screenshots();
  /// False if something keeps the recorder from writing everything down, which was said.
  bool look_at_recorder();

 private:
  /// An input that is to be chosen, or has been and waits for what it is to listen to.
  struct Learning {
    std::vector<ChannelInfo> inputs;
    std::optional<std::size_t> chosen;
  };

  // stage.cpp: what comes in
  bool goes_on() const;
  void turn();
  void take(const window::WindowEvent& event);
  void take_key(const window::WindowEvent& event);
  const ActionRow* action_of(const window::WindowEvent& event) const;
  void take_lines();
  bool inspect(const std::string& line);
  void take_screenshot_in_time();
  void look_after();
  // stage_commands.cpp: what is done about it
  void perform(const Command& command);
  void toggle_recording();
  void take_screenshot();
  bool shoot(const std::string& path);
  void begin_learning(double number);
  void choose_input(std::size_t index);
  void dismiss();
  // stage_news.cpp: what the engine tells
  void take(News& news);
  void take_edit(const EditNews& news);
  void take_program(const Program& program);
  void notice(Notices::Tone tone, std::string text) { notices_.add(tone, std::move(text), now_); }
  // stage_show.cpp: what is seen
  void lay_picture();
  void draw_picture();
  void draw();
  void draw_overlays();
  void draw_learning();
  InspectedPicture inspected_picture();
  std::string status() const;
  std::string key_of(std::string_view key) const;

  window::Window& window_;
  Engine& engine_;
  Inspector& inspector_;
  window::Hands& hands_;
  Spool& spool_;
  Recorder& recorder_;
  Program program_;
  StageOptions options_;
  window::Overlay overlay_;
  output::GlRenderer renderer_;
  window::PerspectivePreview preview_;
  window::Letterbox letterbox_;
  Screenshots screenshots_;
  std::optional<input::Lines> lines_;
  EngineState state_;
  std::set<std::string, std::less<>> patch_keys_;  ///< that the patch listens to
  std::set<std::string, std::less<>> learned_keys_;
  Notices notices_;
  std::optional<Learning> learning_;
  std::string diagnostics_, diagnostics_title_;
  std::string renderer_trouble_;
  bool has_picture_ = false;
  bool shows_help_ = false, previews_ = false;
  bool over_ = false, blind_ = false;
  bool recorder_failed_ = false, pointer_hidden_ = false;
  double begun_ = 0, now_ = 0, drawn_ = 0, looked_ = 0, pointed_ = 0;  ///< seconds
};

}  // namespace oscilla::cli::play
