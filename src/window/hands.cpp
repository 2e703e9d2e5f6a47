#include "window/hands.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace oscilla::window {
namespace {

/// One notch of a wheel, in heights of the canvas.
constexpr double kNotch = 0.1;
/// A stick that is let go rests somewhere within this.
constexpr double kDeadZone = 0.12;

class HandsProducer final : public input::Producer {
 public:
  explicit HandsProducer(std::shared_ptr<input::Feed> feed) : feed_(std::move(feed)) {}
  void drain(double, const input::TakePlayed& take) override { feed_->drain(take); }
  input::ProducerCounts counts() const override { return {feed_->taken(), feed_->dropped(), 0}; }

 private:
  std::shared_ptr<input::Feed> feed_;
};

}  // namespace

std::unique_ptr<input::Producer> Hands::producer() const { return std::make_unique<HandsProducer>(feed_); }

void Hands::lie(const Letterbox& letterbox) {
  letterbox_ = letterbox;
  if (pointer_) point(pointer_->first, pointer_->second);
}

void Hands::take(const WindowEvent& event, bool panel) {
  using Kind = WindowEvent::Kind;
  switch (event.kind) {
    case Kind::PointerMoved: return point(event.x, event.y);
    case Kind::PointerLeft: return leave();
    case Kind::ButtonDown: point(event.x, event.y); return panel ? void() : press("mouse.button", event.name, true);
    case Kind::ButtonUp: return press("mouse.button", event.name, false);
    case Kind::Wheel:
      if (!panel && event.x != 0) write("mouse.wheel.dx", kNotch * event.x);
      if (!panel && event.y != 0) write("mouse.wheel.dy", kNotch * event.y);
      return;
    case Kind::KeyDown: return press_key(event.name, true);
    case Kind::KeyUp: return press_key(event.name, false);
    case Kind::FocusLost: return let_go();
    case Kind::GamepadPressed:
      if (pad_buttons_[event.pad].insert(event.name).second) press("gamepad.button", event.name, true);
      return;
    case Kind::GamepadLetGo:
      if (pad_buttons_[event.pad].erase(event.name) != 0) press("gamepad.button", event.name, false);
      return;
    case Kind::GamepadMoved: return move_pad(event);
    case Kind::GamepadGone: return lose_pad(event.pad);
    default: return;
  }
}

void Hands::point(double x, double y) {
  pointer_ = {x, y};
  if (!letterbox_) return;
  const WorldPlace place = letterbox_->world_at(x, y);
  const bool moved = !told_ || told_->x != place.x || told_->y != place.y;
  if (moved) {
    feed_->write("mouse", std::array{place.x, place.y});
    write("mouse.x", place.x);
    write("mouse.y", place.y);
  }
  if (!told_ || told_->over != place.over) write("mouse.over", place.over ? 1 : 0);
  told_ = place;
}

/// The place stays what it was; only nobody is there any more.
void Hands::leave() {
  pointer_.reset();
  if (!told_ || !told_->over) return;
  told_->over = false;
  write("mouse.over", 0);
}

/// The three channels of something that is pressed.
void Hands::press(std::string_view space, const std::string& name, bool down) {
  if (space == "mouse.button" && !(down ? buttons_.insert(name).second : buttons_.erase(name) != 0)) return;
  write(fmt::format("{}.{}.{}", space, name, down ? "down" : "up"), 1);
  write(fmt::format("{}.{}.held", space, name), down ? 1 : 0);
}

void Hands::press_key(const std::string& key, bool down) {
  if (key.empty() || !(down ? keys_.insert(key).second : keys_.erase(key) != 0)) return;
  press("key", key, down);
  tell_axes();
}

void Hands::tell_axes() {
  struct Axis {
    std::string_view name, more, less;
  };
  constexpr std::array<Axis, 4> kAxes = {Axis{"key.axis.wasd.x", "d", "a"}, Axis{"key.axis.wasd.y", "w", "s"},
                                         Axis{"key.axis.arrows.x", "right", "left"},
                                         Axis{"key.axis.arrows.y", "up", "down"}};
  for (std::size_t i = 0; i < kAxes.size(); ++i) {
    const double value = (holds_key(kAxes[i].more) ? 1.0 : 0.0) - (holds_key(kAxes[i].less) ? 1.0 : 0.0);
    if (std::exchange(axes_[i], value) != value) write(kAxes[i].name, value);
  }
}

void Hands::let_go() {
  while (!keys_.empty()) press_key(std::string(*keys_.begin()), false);
  while (!buttons_.empty()) press("mouse.button", std::string(*buttons_.begin()), false);
}

void Hands::move_pad(const WindowEvent& event) {
  const std::string_view name = event.name;
  pad_axes_[event.pad].insert_or_assign(event.name, event.x);
  if (name.starts_with("trigger")) return write(fmt::format("gamepad.{}", name), std::clamp(event.x, 0.0, 1.0));
  tell_stick(event.pad, name.substr(0, name.find('.')));
}

/// Both numbers of a stick: what lies within the dead zone is 0, and from its edge on it goes from 0 to 1.
void Hands::tell_stick(std::int32_t pad, std::string_view stick) {
  std::array<double, 2> at{};
  const std::array<std::string, 2> names = {fmt::format("{}.x", stick), fmt::format("{}.y", stick)};
  for (std::size_t i = 0; i < 2; ++i)
    if (const auto found = pad_axes_[pad].find(names[i]); found != pad_axes_[pad].end()) at[i] = found->second;
  const double length = std::hypot(at[0], at[1]);
  const double factor =
      length <= kDeadZone ? 0 : std::min(length - kDeadZone, 1 - kDeadZone) / (1 - kDeadZone) / length;
  for (std::size_t i = 0; i < 2; ++i) write(fmt::format("gamepad.{}", names[i]), std::clamp(at[i] * factor, -1.0, 1.0));
}

/// A gamepad that is gone holds nothing.
void Hands::lose_pad(std::int32_t pad) {
  for (const std::string& button : pad_buttons_[pad]) press("gamepad.button", button, false);
  for (const auto& [axis, value] : pad_axes_[pad])
    if (value != 0) write(fmt::format("gamepad.{}", axis), 0);
  pad_buttons_.erase(pad);
  pad_axes_.erase(pad);
}

}  // namespace oscilla::window
