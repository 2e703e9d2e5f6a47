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

TEST(ChannelNames, KeysAndButtonsThatAreCalledOtherwiseAreTold) {
  EXPECT_EQ(channel_problem("key.A.down"), "no device writes to \"key.A.down\"; did you mean `key.a.down`?");
  EXPECT_EQ(
      channel_problem("gamepad.button.leftsholder.down"),
      "no device writes to \"gamepad.button.leftsholder.down\"; did you mean `gamepad.button.leftshoulder.down`?");
  EXPECT_NE(channel_problem("gamepad.button.cross.down"), "");
  EXPECT_EQ(key_problem("spacebar"), "no key is called \"spacebar\"; did you mean `space`?");
  EXPECT_EQ(key_problem("Page Up"), "no key is called \"Page Up\"; did you mean `pageup`?");
  EXPECT_EQ(key_problem(" "), "no key is called \" \"; did you mean `space`?");
  EXPECT_EQ(key_problem("return"), "no key is called \"return\"; did you mean `enter`?");
  EXPECT_EQ(key_problem("spcae"), "no key is called \"spcae\"; did you mean `space`?");
  for (const char* name : {"a", "7", "[", "up", "end", "f1", "f24", "menu", "pause", "\u00e9", "numlock", "altgr"})
    EXPECT_EQ(key_problem(name), "") << name;
}

TEST(ChannelNames, OscAddressesAreTold) {
  EXPECT_EQ(osc_problem("/a/B_1/2"), "");
  EXPECT_EQ(osc_problem("level"), "an OSC address begins with a slash; did you mean `/level`?");
  EXPECT_EQ(osc_problem("/a b"), "an OSC address has no ` ` in it");
  EXPECT_EQ(channel_problem("osc./level"), "no device writes to \"osc./level\"; did you mean `osc.level`?");
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
