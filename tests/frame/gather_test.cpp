#include "oscilla/gather.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace oscilla {
namespace {

std::vector<InstanceCore> numbered(std::uint32_t lanes) {
  std::vector<InstanceCore> core(lanes);
  for (std::uint32_t lane = 0; lane < lanes; ++lane) core[lane].x = static_cast<float>(lane);
  return core;
}

TEST(Gather, PutsLanesInTheirOrder) {
  const std::vector<InstanceCore> core = numbered(100);
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < 60; ++i) order.push_back((i * 37 + 5) % 100);
  Instances lanes{.count = 100, .visible = 60, .core = core, .rotation = {}, .shape = {}, .order = order};
  std::vector<InstanceCore> out(60);
  gather_in_order(lanes, out);
  for (std::uint32_t i = 0; i < 60; ++i) EXPECT_EQ(out[i].x, static_cast<float>(order[i]));
}

TEST(Gather, WithoutAnOrderTheyLieAsTheyAre) {
  const std::vector<InstanceCore> core = numbered(9);
  Instances lanes{.count = 9, .visible = 7, .core = core, .rotation = {}, .shape = {}, .order = {}};
  std::vector<InstanceCore> out(7);
  gather_in_order(lanes, out);
  for (std::uint32_t i = 0; i < 7; ++i) EXPECT_EQ(out[i].x, static_cast<float>(i));
  lanes.visible = 0;
  gather_in_order(lanes, {});
}

}  // namespace
}  // namespace oscilla
