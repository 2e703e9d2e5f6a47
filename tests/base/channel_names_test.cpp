// Channels of devices: which names there are, and what is said of those that are none.
#include "base/channel_names.hpp"

#include <gtest/gtest.h>

namespace oscilla::test {
namespace {

TEST(ChannelNames, AllThatDevicesWriteAreRight) {
  for (const char* name : {"mouse",
                           "mouse.x",
                           "mouse.over",
                           "mouse.button.left.held",
                           "mouse.wheel.dy",
                           "key.space.down",
                           "key.a.held",
                           "key.axis.wasd.x",
                           "gamepad.left.x",
                           "gamepad.trigger.right",
                           "gamepad.button.a.down",
                           "midi.cc.74",
                           "midi.ch3.cc.74",
                           "midi.nanokontrol2.cc.0",
                           "midi.nanokontrol2.ch16.note.127.off",
                           "midi.note",
                           "midi.note.on",
                           "midi.pitchbend",
                           "osc.pad.hit",
                           "osc.a",
                           "audio.rms",
                           "audio.onset"})
    EXPECT_EQ(channel_problem(name), "") << name;
}

TEST(ChannelNames, OthersAreThePatchsOwn) {
  for (const char* name : {"sensor.7", "level", "stage.left.lamp"}) EXPECT_EQ(channel_problem(name), "") << name;
}

TEST(ChannelNames, WhatIsNearlyOneIsTold) {
  EXPECT_EQ(channel_problem("audio.rsm"), "no device writes to \"audio.rsm\"; did you mean `audio.rms`?");
  EXPECT_EQ(channel_problem("moose.x"), "no device writes to \"moose.x\"; did you mean `mouse.x`?");
  EXPECT_EQ(channel_problem("mouse.button.left.hold"),
            "no device writes to \"mouse.button.left.hold\"; did you mean `mouse.button.left.held`?");
  EXPECT_EQ(channel_problem("key.space.dwn"), "no device writes to \"key.space.dwn\"; did you mean `key.space.down`?");
  EXPECT_EQ(channel_problem("key.space"),
            "no device writes to \"key.space\"; there are key.<key>.{down|up}, key.<key>.held, "
            "key.axis.{wasd|arrows}.{x|y}");
  EXPECT_NE(channel_problem("midi.cc.128"), "");
  EXPECT_NE(channel_problem("midi.ch17.cc.1"), "");
  EXPECT_NE(channel_problem("midi.ntoe"), "");
  EXPECT_NE(channel_problem("osc."), "");
  EXPECT_NE(channel_problem("osc"), "");
}

TEST(ChannelNames, MidiIsHeardWithoutDeviceAndChannel) {
  EXPECT_EQ(short_midi_name("midi.keys.ch1.note.60.on"), "midi.note.60.on");
  EXPECT_EQ(short_midi_name("midi.ch2.cc.7"), "midi.cc.7");
  EXPECT_EQ(short_midi_name("midi.keys.pitchbend"), "midi.pitchbend");
  EXPECT_EQ(short_midi_name("midi.note"), "midi.note");
  EXPECT_EQ(short_midi_name("audio.rms"), "audio.rms");
}

}  // namespace
}  // namespace oscilla::test
