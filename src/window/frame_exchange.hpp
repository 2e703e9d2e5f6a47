// Frames on their way from the thread that computes them to the one that shows them. Copies: the session goes on, and a
// window that is slow never holds it up.
#pragma once

#include <cstdint>

#include "frame/owned_frame.hpp"
#include "window/latest.hpp"

namespace oscilla::window {

class FrameExchange {
 public:
  /// The writer's.
  void publish(const RenderFrame& frame) {
    frames_.next().assign(frame);
    frames_.publish();
  }
  /// The reader's: true if there is a newer frame than the last one taken.
  bool take() { return frames_.take(); }
  const RenderFrame& current() const { return frames_.current().view(); }

 private:
  Latest<frame::OwnedFrame> frames_;
};

}  // namespace oscilla::window
