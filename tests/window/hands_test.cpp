// Mouse, keys and gamepads as writes to channels; the gamepad comes through SDL, from a virtual one.
#include "window/hands.hpp"

#include <SDL2/SDL.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/channel_names.hpp"
#include "window/events.hpp"
#include "window/gamepads.hpp"

namespace oscilla::window {
namespace {

using Kind = WindowEvent::Kind;

/// What was written since the last call, "mouse.x 0.5"; every name must be one that inputs can listen to.
std::vector<std::string> writes_of(input::Producer& producer) {
  std::vector<std::string> writes;
  producer.drain(0, [&writes](const input::Played& played) {
    EXPECT_EQ(channel_problem(played.source), "");
    writes.push_back(fmt::format("{} {:.3g}", played.source, fmt::join(played.values, " ")));
  });
  return writes;
}

using Writes = std::vector<std::string>;

TEST(Hands, PointerIsInTheWorldAndOverThePicture) {
  Hands hands;
  const auto producer = hands.producer();
  hands.take({.kind = Kind::PointerMoved, .x = 200, .y = 100}, false);
  EXPECT_EQ(writes_of(*producer), Writes{});  // there is no picture yet
  hands.lie(Letterbox({400, 200, 400, 200}, 200, 200, Fit::Square));
  EXPECT_EQ(writes_of(*producer), (Writes{"mouse 0.5 0.5", "mouse.x 0.5", "mouse.y 0.5", "mouse.over 1"}));
  hands.take({.kind = Kind::PointerMoved, .x = 50, .y = 100}, false);
  EXPECT_EQ(writes_of(*producer), (Writes{"mouse -0.25 0.5", "mouse.x -0.25", "mouse.y 0.5", "mouse.over 0"}));
  hands.lie(Letterbox({400, 200, 400, 200}, 400, 200, Fit::Square));  // the same pointer, another picture
  EXPECT_EQ(writes_of(*producer), Writes{"mouse.over 1"});
  hands.take({.kind = Kind::PointerLeft}, false);
  hands.take({.kind = Kind::PointerLeft}, false);
  EXPECT_EQ(writes_of(*producer), Writes{"mouse.over 0"});
}

TEST(Hands, ButtonsAndWheelAreNotForThePatchOverPanels) {
  Hands hands;
  const auto producer = hands.producer();
  hands.take({.kind = Kind::ButtonDown, .name = "left"}, true);
  hands.take({.kind = Kind::ButtonUp, .name = "left"}, true);
  hands.take({.kind = Kind::Wheel, .x = 0, .y = 1}, true);
  EXPECT_EQ(writes_of(*producer), Writes{});
  hands.take({.kind = Kind::ButtonDown, .name = "left"}, false);
  hands.take({.kind = Kind::ButtonUp, .name = "left"}, true);
  hands.take({.kind = Kind::Wheel, .x = 2, .y = -1}, false);
  EXPECT_EQ(writes_of(*producer),
            (Writes{"mouse.button.left.down 1", "mouse.button.left.held 1", "mouse.button.left.up 1",
                    "mouse.button.left.held 0", "mouse.wheel.dx 0.2", "mouse.wheel.dy -0.1"}));
}

TEST(Hands, KeysAreHeldUntilTheFocusGoes) {
  Hands hands;
  const auto producer = hands.producer();
  hands.take({.kind = Kind::KeyDown, .name = "d"}, false);
  hands.take({.kind = Kind::KeyDown, .name = "d"}, false);
  EXPECT_EQ(writes_of(*producer), (Writes{"key.d.down 1", "key.d.held 1", "key.axis.wasd.x 1"}));
  hands.take({.kind = Kind::KeyDown, .name = "a"}, false);
  EXPECT_EQ(writes_of(*producer), (Writes{"key.a.down 1", "key.a.held 1", "key.axis.wasd.x 0"}));
  hands.take({.kind = Kind::FocusLost}, false);
  EXPECT_EQ(writes_of(*producer), (Writes{"key.a.up 1", "key.a.held 0", "key.axis.wasd.x 1", "key.d.up 1",
                                          "key.d.held 0", "key.axis.wasd.x 0"}));
}

TEST(Hands, KeysHaveNamesWhateverTheyWrite) {
  EXPECT_EQ(key_name(SDLK_a), "a");
  EXPECT_EQ(key_name(SDLK_SPACE), "space");
  EXPECT_EQ(key_name(SDLK_RSHIFT), "shift");
  EXPECT_EQ(key_name(SDLK_F11), "f11");
  EXPECT_EQ(key_name(SDLK_KP_5), "5");
  EXPECT_EQ(key_name(SDLK_PAGEUP), "pageup");
  EXPECT_EQ(key_name(SDLK_UNKNOWN), "");
}

/// A gamepad that only SDL knows.
class VirtualGamepad : public testing::Test {
 protected:
  void SetUp() override {
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    gamepads_ = std::make_unique<Gamepads>();
    index_ = SDL_JoystickAttachVirtual(SDL_JOYSTICK_TYPE_GAMECONTROLLER, SDL_CONTROLLER_AXIS_MAX,
                                       SDL_CONTROLLER_BUTTON_MAX, 0);
    if (index_ < 0) GTEST_SKIP() << "SDL has no virtual gamepads here: " << SDL_GetError();
    pump();
    joystick_ = SDL_JoystickOpen(index_);
  }
  void TearDown() override {
    if (joystick_ != nullptr) SDL_JoystickClose(joystick_);
    gamepads_.reset();
    SDL_Quit();
  }
  void pump() {
    SDL_Event event;
    while (SDL_PollEvent(&event) != 0) {
      WindowEvent read = read_event(event);
      gamepads_->follow(read);
      if (read.kind == Kind::GamepadCame || read.kind == Kind::GamepadGone) names_.push_back(read.name);
      hands_.take(read, false);
    }
  }
  Writes writes() {
    SDL_GameControllerUpdate();
    pump();
    return writes_of(*producer_);
  }

  Hands hands_;
  std::unique_ptr<input::Producer> producer_ = hands_.producer();
  std::unique_ptr<Gamepads> gamepads_;
  SDL_Joystick* joystick_ = nullptr;
  int index_ = -1;
  std::vector<std::string> names_;
};

TEST_F(VirtualGamepad, SticksButtonsAndBeingPulledOut) {
  ASSERT_EQ(names_.size(), 1u);
  writes();
  SDL_JoystickSetVirtualButton(joystick_, SDL_CONTROLLER_BUTTON_A, 1);
  EXPECT_EQ(writes(), (Writes{"gamepad.button.a.down 1", "gamepad.button.a.held 1"}));
  SDL_JoystickSetVirtualButton(joystick_, SDL_CONTROLLER_BUTTON_DPAD_UP, 1);
  EXPECT_EQ(writes(), (Writes{"gamepad.button.up.down 1", "gamepad.button.up.held 1"}));
  SDL_JoystickSetVirtualAxis(joystick_, SDL_CONTROLLER_AXIS_LEFTY, -32767);
  EXPECT_EQ(writes(), (Writes{"gamepad.left.x 0", "gamepad.left.y 1"}));  // up is up
  SDL_JoystickSetVirtualAxis(joystick_, SDL_CONTROLLER_AXIS_LEFTY, -2000);
  EXPECT_EQ(writes(), (Writes{"gamepad.left.x 0", "gamepad.left.y 0"}));  // it rests a little beside its middle
  SDL_JoystickSetVirtualAxis(joystick_, SDL_CONTROLLER_AXIS_TRIGGERRIGHT, 32767);
  EXPECT_EQ(writes(), (Writes{"gamepad.trigger.right 1"}));
  SDL_JoystickDetachVirtual(index_);
  const Writes after = writes();
  for (const char* write : {"gamepad.button.a.held 0", "gamepad.button.up.held 0", "gamepad.trigger.right 0"})
    EXPECT_NE(std::ranges::find(after, write), after.end()) << write;
  EXPECT_EQ(names_.size(), 2u);
  EXPECT_EQ(names_[0], names_[1]);
}

}  // namespace
}  // namespace oscilla::window
