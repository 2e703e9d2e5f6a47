#include "runtime/channels.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace oscilla::runtime {
namespace {

/// A program of one input of a kind, whose value is in slot 0 (and 1).
ir::Program program_of(ir::ChannelKind kind, std::uint8_t components = 1, double initial = 0) {
  ir::Program program;
  ir::Channel channel;
  channel.kind = kind;
  channel.components = components;
  channel.initial.fill(initial);
  for (std::uint32_t c = 0; c < components; ++c) channel.slots[c] = {c};
  program.channels.push_back(channel);
  program.slots.resize(components);
  return program;
}

/// What the input shows in each tick after the writes of that tick.
std::vector<double> shown(ir::ChannelKind kind, const std::vector<std::vector<double>>& ticks, double initial = 0) {
  const ir::Program program = program_of(kind, 1, initial);
  Channels channels(program);
  std::vector<double> slots(1);
  std::vector<double> result;
  for (const std::vector<double>& writes : ticks) {
    for (const double value : writes) EXPECT_TRUE(channels.write({0}, {&value, 1}));
    channels.commit(program, slots);
    result.push_back(slots[0]);
  }
  return result;
}

using Values = std::vector<double>;

TEST(Channels, KindsSayWhatWritingDoes) {
  EXPECT_EQ(shown(ir::ChannelKind::Value, {{}, {1, 2}, {}, {3}}, 5), (Values{5, 2, 2, 3}));
  EXPECT_EQ(shown(ir::ChannelKind::Pulse, {{}, {1}, {}, {0.5, 0.25}, {}}), (Values{0, 1, 0, 0.25, 0}));
  EXPECT_EQ(shown(ir::ChannelKind::Accumulate, {{0.25, 0.5}, {}, {-1}}), (Values{0.75, 0, -1}));
  constexpr double kMost = std::numeric_limits<double>::max();
  EXPECT_EQ(shown(ir::ChannelKind::Accumulate, {{1e308, 1e308}, {-1}, {-kMost, -1e300}}), (Values{kMost, -1, -kMost}))
      << "a sum stays a number";
  EXPECT_EQ(shown(ir::ChannelKind::Latch, {{}, {2}, {3}, {}, {0}, {}, {0, 4, 5}}), (Values{0, 2, 2, 2, 0, 0, 4}));
}

TEST(Channels, RefuseWhatDoesNotFit) {
  const ir::Program program = program_of(ir::ChannelKind::Value, 2, 0.5);
  Channels channels(program);
  const auto write = [&](std::vector<double> values) { return channels.write({0}, values); };
  EXPECT_FALSE(write({}));
  EXPECT_FALSE(write({1, 2, 3}));
  EXPECT_FALSE(write({1, std::numeric_limits<double>::quiet_NaN()}));
  EXPECT_FALSE(write({std::numeric_limits<double>::infinity()}));
  const double one = 1;
  EXPECT_FALSE(channels.write({1}, {&one, 1}));
  EXPECT_TRUE(write({0.25}));
  std::vector<double> slots(2);
  channels.commit(program, slots);
  EXPECT_EQ(slots, (Values{0.25, 0.25}));
}

}  // namespace
}  // namespace oscilla::runtime
