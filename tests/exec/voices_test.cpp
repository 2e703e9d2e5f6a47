#include "exec/voices.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "base/hash.hpp"

namespace oscilla::exec {
namespace {

ir::Voices description(bool holds) {
  ir::Voices voices;
  voices.holds = holds;
  return voices;
}

Event event(const std::string& key, double value) { return {stable_id(key), 60, value}; }

/// Which note each voice has, "-" where it is free.
std::string notes(const VoiceMemory& memory) {
  std::string text;
  for (const Voice& voice : memory.voices()) text += voice.active ? std::to_string(voice.number) : "-";
  return text;
}

struct Player {
  VoiceMemory memory;
  ir::Voices voices;
  double release = 100;
  std::string tick(double t, std::vector<Event> events = {}) {
    memory.play(voices, events, t, release);
    const std::string now = notes(memory);
    memory.commit();
    return now;
  }
};

TEST(Voices, HitsTakeTheFirstFreeVoiceUntilTheyAreReleased) {
  Player player{VoiceMemory(3), description(false)};
  EXPECT_EQ(player.tick(0, {event("a", 1)}), "1--");
  EXPECT_EQ(player.tick(50, {event("a", 1)}), "12-");
  EXPECT_EQ(player.tick(99), "12-");
  EXPECT_EQ(player.tick(100), "-2-") << "100 ms after the first";
  EXPECT_EQ(player.tick(101, {event("b", 0.5), event("c", 1)}), "324");
  EXPECT_EQ(player.tick(1000), "---");
}

TEST(Voices, TheOldestIsTakenWhereNoneIsFree) {
  Player player{VoiceMemory(3), description(false)};
  player.tick(0, {event("a", 1), event("b", 1), event("c", 1)});
  EXPECT_EQ(player.tick(10, {event("d", 1)}), "423");
  EXPECT_EQ(player.tick(20, {event("e", 1), event("f", 1)}), "456");
  EXPECT_EQ(player.memory.unseen(), 0u);
  EXPECT_EQ(player.tick(30, std::vector<Event>(5, event("g", 1))), "10119") << "the last three of five";
  EXPECT_EQ(player.memory.unseen(), 2u);
}

TEST(Voices, NotesAreHeldUntilTheirKeyIsLetGo) {
  Player player{VoiceMemory(4), description(true)};
  EXPECT_EQ(player.tick(0, {event("a", 1), event("b", 1)}), "12--");
  EXPECT_EQ(player.tick(1e6), "12--");
  EXPECT_EQ(player.tick(1e6 + 1, {event("a", 0), event("nobody", 0)}), "12--");
  EXPECT_EQ(player.tick(1e6 + 100), "12--");
  EXPECT_EQ(player.tick(1e6 + 101), "-2--");
  EXPECT_EQ(player.tick(1e6 + 102, {event("c", 1), event("c", 0)}), "32--") << "a note of no length still sounds";
  EXPECT_EQ(player.tick(1e6 + 300), "-2--");
}

TEST(Voices, AReleaseThatIsNoneIsOver) {
  for (const double release : {0.0, -5.0, std::nan("")}) {
    Player player{VoiceMemory(2), description(false), release};
    EXPECT_EQ(player.tick(0, {event("a", 1)}), "1-") << "in its frame";
    EXPECT_EQ(player.tick(1), "--");
  }
  Player endless{VoiceMemory(2), description(false), std::numeric_limits<double>::infinity()};
  endless.tick(0, {event("a", 1)});
  EXPECT_EQ(endless.tick(1e12), "1-");
}

TEST(Voices, TryingATickChangesNothing) {
  Player player{VoiceMemory(2), description(false)};
  player.tick(0, {event("a", 1)});
  for (int i = 0; i < 3; ++i) player.memory.play(player.voices, std::vector<Event>{event("b", 1)}, 10, 100);
  EXPECT_EQ(notes(player.memory), "12");
  EXPECT_EQ(player.tick(10), "1-");
}

TEST(Voices, WhatIsKeptGoesOnInAnotherMemory) {
  Player player{VoiceMemory(3), description(true)};
  player.tick(0, {event("a", 1), event("b", 1)});
  player.tick(10, {event("a", 0)});
  for (const std::uint32_t lanes : {1u, 3u, 5u}) {
    Player next{VoiceMemory(lanes), description(true)};
    next.memory.restore(player.memory.kept(), player.memory.count());
    EXPECT_EQ(next.tick(109), std::string("12---").substr(0, lanes));
    EXPECT_EQ(next.tick(110), std::string("-2---").substr(0, lanes)) << "released at 10";
    EXPECT_EQ(next.tick(120, {event("c", 1)})[0], '3') << "counts on";
  }
}

TEST(Voices, NumbersOfAVoice) {
  Player player{VoiceMemory(1), description(false)};
  player.tick(0, {event("a", 0.25)});
  player.memory.play(player.voices, {}, 40, 100);
  const Voice& voice = player.memory.voices()[0];
  using ir::VoicePart;
  EXPECT_EQ(VoiceMemory::number_of(voice, VoicePart::Age, false, 40), 40);
  EXPECT_EQ(VoiceMemory::number_of(voice, VoicePart::Velocity, false, 40), 0.25f);
  EXPECT_EQ(VoiceMemory::number_of(voice, VoicePart::Key, false, 40), 60);
  EXPECT_EQ(VoiceMemory::number_of(voice, VoicePart::Gate, false, 40), 0);
  EXPECT_EQ(VoiceMemory::number_of(voice, VoicePart::Note, false, 40), 1);
  EXPECT_TRUE(std::isfinite(VoiceMemory::number_of(voice, VoicePart::Age, false, 1e300)));
}

}  // namespace
}  // namespace oscilla::exec
