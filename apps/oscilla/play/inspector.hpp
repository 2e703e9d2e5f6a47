// The panels that Tab shows: what the patch computes, what an edit did, how it goes.
#pragma once

#include "oscilla/play/engine.hpp"

namespace oscilla::cli::play {

class Inspector final : public TickWatcher {
 public:
  /// Before the engine begins to tick; `engine` outlives the panels.
  void attach(Engine& engine) { engine_ = &engine; }

  // The engine's thread.
  void after_tick(Session& session, const EngineState& state) override;

  // The window's thread.
  /// An edit or a return took over, or did not.
  void take(const EditNews& news);
  /// Between Overlay::begin() and end(), while the panels are shown; text is `scale` times its usual size.
  void draw(const EngineState& state, double scale);

 private:
  Engine* engine_ = nullptr;
};

}  // namespace oscilla::cli::play
