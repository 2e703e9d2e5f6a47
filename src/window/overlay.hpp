// What is laid over the picture: Dear ImGui in a window of ours, dark and quiet, with text that can be read on any
// display. In the thread of the window.
#pragma once

#include "window/window.hpp"

namespace oscilla::window {

class Overlay {
 public:
  /// `scale` is how large text is: 1 on a screen of 96 dots an inch. The window lives longer.
  Overlay(Window& window, double scale);
  ~Overlay();
  Overlay(const Overlay&) = delete;
  Overlay& operator=(const Overlay&) = delete;

  /// A text field, or a panel under the pointer, wants what is typed or clicked: it is not for the patch.
  bool takes_keys() const;
  bool takes_pointer() const;

  /// Between the two, ImGui draws.
  void begin();
  void end();

  double scale() const { return scale_; }

 private:
  Window& window_;
  double scale_;
};

}  // namespace oscilla::window
