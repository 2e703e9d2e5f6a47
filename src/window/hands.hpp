// Mouse, keys and gamepads as a producer: what happens in the window, as writes to the channels of the inputs
// (src/base/channel_names.cpp). The window's thread takes events; the frame's thread drains what came of them.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "input/feed.hpp"
#include "input/producer.hpp"
#include "window/events.hpp"
#include "window/letterbox.hpp"

namespace oscilla::window {

class Hands {
 public:
  Hands() : feed_(std::make_shared<input::Feed>()) {}

  /// For the frame's thread; lives as long as it likes.
  std::unique_ptr<input::Producer> producer() const;

  // The window's thread.
  /// Where the picture lies from now on: a pointer that rests is somewhere else in the world then.
  void lie(const Letterbox& letterbox);
  /// What happened. `panel`: it happened over a panel, and presses and turns are not for the patch.
  void take(const WindowEvent& event, bool panel);
  /// Everything that is held is let go.
  void let_go();
  bool holds_key(std::string_view key) const { return keys_.contains(key); }

 private:
  void write(std::string_view source, double value) { feed_->write(source, std::array{value}); }
  void point(double x, double y);
  void leave();
  void press(std::string_view space, const std::string& name, bool down);
  void press_key(const std::string& key, bool down);
  void tell_axes();
  void move_pad(const WindowEvent& event);
  void tell_stick(std::int32_t pad, std::string_view stick);
  void lose_pad(std::int32_t pad);

  std::shared_ptr<input::Feed> feed_;
  std::optional<Letterbox> letterbox_;                ///< nothing: no picture is there yet
  std::optional<std::pair<double, double>> pointer_;  ///< points; nothing: it is elsewhere
  std::optional<WorldPlace> told_;
  std::set<std::string, std::less<>> keys_, buttons_;
  std::array<double, 4> axes_{};  ///< as they were told last
  std::map<std::int32_t, std::set<std::string, std::less<>>> pad_buttons_;
  std::map<std::int32_t, std::map<std::string, double, std::less<>>> pad_axes_;
};

}  // namespace oscilla::window
