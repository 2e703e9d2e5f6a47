// The panels that Tab shows: what the patch computes and why, what it costs, what it was, and its inputs and numbers
// under a hand. Before and after each tick it looks at the session (inspection.hpp); the panels show what that
// publishes.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "oscilla/play/engine.hpp"
#include "oscilla/play/inspection.hpp"
#include "oscilla/play/inspector_state.hpp"

namespace oscilla::cli::play {

/// Where the picture is on the screen, in ImGui's points, and what is in it.
struct InspectedPicture {
  const RenderFrame* frame = nullptr;  ///< null: none yet
  double x = 0, y = 0, width = 0, height = 0;
};

class Inspector final : public TickWatcher {
 public:
  /// `path` of the patch; its texts are compiled with these options.
  Inspector(std::string path, CompileOptions compile);

  /// Before the engine begins to tick; `engine` outlives the panels.
  void attach(Engine& engine);

  // The engine's thread.
  void before_tick(Session& session, double host_ms) override;
  void after_tick(Session& session, const EngineState& state) override;

  // The window's thread.
  bool shown() const { return state_.wishes.open; }
  void show(bool shown);
  /// The values are searched from here on.
  void search();
  /// Somebody clicked at these points of the window. False if nothing of the picture is there.
  bool click(const InspectedPicture& picture, double x, double y);
  /// Understands "inspect" (what is shown, as an object on one line), "inspect values" (that panel comes to the front)
  /// and "cursor FILE:LINE:COLUMN" (an editor's cursor is there: the number there is chosen). What is to be printed, or
  /// a sentence why it cannot be done; nothing if the line is none of these.
  std::optional<std::expected<std::string, std::string>> command(std::string_view line);

  /// An edit or a return took over, or did not.
  void take(const EditNews& news);
  /// Whether it is of a number that is still under a hand, or of the time line: nothing to be told about.
  bool is_own(const EditNews& news) const;
  /// Between Overlay::begin() and end(); text is `scale` times its usual size. Takes part while it is hidden too.
  void draw(const InspectedPicture& picture, double scale);

 private:
  void take_views();
  void look_at_input(const InspectedPicture& picture);
  void draw_panels();
  void draw_picked(const InspectedPicture& picture) const;
  void send_wishes();
  void read_source();
  void try_text(const std::string& text);
  std::expected<void, std::string> open(const std::string& panel);
  std::expected<void, std::string> cursor(const std::string& place);
  std::string told() const;

  std::string path_;
  CompileOptions compile_;
  Engine* engine_ = nullptr;
  std::unique_ptr<Inspection> inspection_;
  std::unique_ptr<Program> running_;
  InspectorState state_;
  std::optional<std::string> tried_;  ///< a text that was requested and nothing was told of yet
  bool waits_ = false;                ///< a newer one is to follow it
  double tried_at_ = 0;               ///< when it was requested, in seconds
  InspectorPanel front_ = InspectorPanel::Frame;
  std::uint64_t dropped_ = 0;  ///< of the engine's thread
};

}  // namespace oscilla::cli::play
