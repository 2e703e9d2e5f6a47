// Frames on their way from the thread that computes them to the one that shows them. Copies: the session goes on, and a
// window that is slow never holds it up.
#pragma once

#include "frame/owned_frame.hpp"
#include "oscilla/camera.hpp"
#include "window/latest.hpp"

namespace oscilla::window {

class FrameExchange {
 public:
  /// The writer's.
  void publish(const RenderFrame& frame, const CameraView& camera = {}) {
    frames_.next().frame.assign(frame);
    frames_.next().camera = camera;
    frames_.publish();
  }
  /// The reader's: true if there is a newer frame than the last one taken.
  bool take() { return frames_.take(); }
  const RenderFrame& current() const { return frames_.current().frame.view(); }
  /// How the scene of the current frame was seen.
  const CameraView& camera() const { return frames_.current().camera; }

 private:
  struct Seen {
    frame::OwnedFrame frame;
    CameraView camera;
  };
  Latest<Seen> frames_;
};

}  // namespace oscilla::window
