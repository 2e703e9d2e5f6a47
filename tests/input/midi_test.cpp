// MIDI: bytes -> channels, the names under which inputs hear them, and devices if this system has any.
#include "input/midi.hpp"

#include <RtMidi.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "input/midi_message.hpp"
#include "input/router.hpp"

namespace oscilla::input::test {
namespace {

using Message = std::vector<std::uint8_t>;

/// "source value key", a line a write.
std::string heard(const std::vector<Message>& messages) {
  Feed feed;
  std::uint64_t malformed = 0;
  for (const Message& message : messages) malformed += read_midi_message("keys", message, feed);
  std::string text = malformed == 0 ? "" : std::to_string(malformed) + " malformed\n";
  feed.drain([&](const Played& played) {
    text += std::string(played.source) + " " + std::to_string(played.values[0]).substr(0, 5) + " " +
            std::string(played.key) + "\n";
  });
  return text;
}

TEST(Midi, ReadsMessages) {
  EXPECT_EQ(heard({{0x90, 60, 127}, {0x91, 61, 0}, {0x82, 62, 64}}),
            "midi.keys.ch1.note.60.on 1.000 60\nmidi.keys.ch2.note.61.off 1.000 61\n"
            "midi.keys.ch3.note.62.off 1.000 62\n");
  EXPECT_EQ(heard({{0xbf, 74, 127}, {0xb0, 1, 0}}), "midi.keys.ch16.cc.74 1.000 74\nmidi.keys.ch1.cc.1 0.000 1\n");
  EXPECT_EQ(heard({{0xe0, 0, 64}, {0xe0, 127, 127}, {0xe0, 0, 0}}),
            "midi.keys.ch1.pitchbend 0.000 \nmidi.keys.ch1.pitchbend 1.000 \nmidi.keys.ch1.pitchbend -1.00 \n");
  EXPECT_EQ(heard({{0xd3, 127}}), "midi.keys.ch4.pressure 1.000 \n");
  EXPECT_EQ(heard({{0xf8}, {0xfe}, {0xf0, 1, 2, 0xf7}, {0xc0, 5}, {0xa0, 60, 5}}), "") << "no channel has these";
  EXPECT_EQ(heard({{}, {60}, {0x90, 60}, {0x90, 60, 0x80}, {0x90, 60, 1, 1}, {0xb0}}), "6 malformed\n");
}

TEST(Midi, NamesDevices) {
  EXPECT_EQ(midi_device_name("Launchkey Mini MK3:Launchkey Mini MK3 MIDI 1 20:0"), "launchkey_mini_mk3");
  EXPECT_EQ(midi_device_name("nanoKONTROL2 28:0"), "nanokontrol2");
  EXPECT_EQ(midi_device_name("---"), "device");
}

TEST(Midi, InputsHearThemUnderAllTheirNames) {
  Router router;
  router.bind({{"any", {"midi.note"}, 1, true, false},
               {"pressed", {"midi.note.on"}, 1, true, false},
               {"middle", {"midi.note.60"}, 1, false, true},
               {"second", {"midi.ch2.note"}, 1, true, false},
               {"mine", {"midi.keys.note.60.off"}, 1, true, false},
               {"exact", {"midi.keys.ch1.note.60.on"}, 1, false, false},
               {"other", {"midi.pads.note"}, 1, true, false}});
  const auto play = [&](const Message& message) {
    Feed feed;
    read_midi_message("keys", message, feed);
    feed.drain([&](const Played& played) { EXPECT_TRUE(router.take(played)); });
    std::string text;
    for (const Router::Write& write : router.due(16))
      text += std::to_string(write.target) + "=" + std::to_string(write.values[0]).substr(0, 3) +
              std::string(write.key) + " ";
    router.clear();
    return text;
  };
  EXPECT_EQ(play({0x90, 60, 127}), "5=1.0 1=1.060 0=1.060 2=1.0 ");
  EXPECT_EQ(play({0x80, 60, 0}), "4=1.060 0=0.060 2=0.0 ");
}

TEST(Midi, DevicesComeAndGo) {
  auto midi = Midi::open("virtual fader");
  if (!midi) {
    EXPECT_TRUE(midi.error().starts_with("this system has no MIDI: ")) << midi.error();
    GTEST_SKIP() << midi.error();
  }
  EXPECT_TRUE((*midi)->devices().empty());
  std::string text;
  const auto wait_for = [&](auto until) {
    for (int i = 0; i < 100 && !until(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  };
  auto fader = std::make_unique<RtMidiOut>(RtMidi::UNSPECIFIED, "Virtual Fader");
  fader->openVirtualPort("Virtual Fader");
  wait_for([&] { return !(*midi)->devices().empty(); });
  ASSERT_EQ((*midi)->devices().size(), 1u) << "it was plugged in later";
  const Message message{0xb0, 7, 127};
  fader->sendMessage(&message);
  wait_for([&] {
    (*midi)->drain(0, [&](const Played& played) { text += std::string(played.source); });
    return !text.empty();
  });
  EXPECT_EQ(text, "midi.virtual_fader.ch1.cc.7");
  fader.reset();
  wait_for([&] { return (*midi)->devices().empty(); });
  EXPECT_TRUE((*midi)->devices().empty()) << "it was pulled out";
}

}  // namespace
}  // namespace oscilla::input::test
