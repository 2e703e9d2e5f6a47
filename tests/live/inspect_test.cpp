// What fits a port is what can be wired into it: the answer is compared with trying every value, one by one.
#include "oscilla/inspect.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "oscilla/edit.hpp"
#include "patches.hpp"

namespace oscilla::test {
namespace {

const std::string kInspected =
    "oscilla 1\n"
    "time = TimeRoot(periodA: 4s)\n"
    "dots = Array(Ellipse(rx: 0.02, ry: 0.02), count: 12)\n"
    "others = Array(count: 5)\n"
    "pos = CircleLayout(dots, radius: 0.3)\n"
    "held = 2 > 1\n"
    "angle = 30deg\n"
    "slow = Lag(0.1 * time.phaseA, time: 200ms)\n"
    "faint = 0.5 * slow\n"
    "color = hsv(dots.t, 1, 1)\n"
    "draw = RenderInstances2D(pos, color: color, shape: dots, size: faint)\n";

const std::vector<std::string> kValues = {
    "time.tMs", "time.phaseA", "time.phaseB", "dots.elements", "dots.index", "dots.t", "dots.u",
    "others.t", "pos",         "held",        "angle",         "slow",       "faint",  "color",
};

TEST(Inspect, WhatFitsIsWhatCanBeWired) {
  const Patch patch = Patch::parse(kInspected);
  for (const char* port : {"draw.position", "draw.size", "draw.color", "draw.rotation", "pos.radius", "pos.phase",
                           "slow.time", "slow.target", "dots.count"}) {
    const auto fitting = fitting_values(patch, port);
    ASSERT_TRUE(fitting.has_value()) << port;
    std::size_t known = 0;
    for (const std::string& value : kValues) {
      const Edit edit = Edit::set(port, value);
      const EditPreview preview = preview_edits(patch, std::span(&edit, 1));
      if (!preview.patch || std::any_of(preview.introduced.begin(), preview.introduced.end(), [](const Diagnostic& d) {
            return d.code == "E_UNKNOWN_NAME";  // an output that this catalogue does not have
          }))
        continue;
      ++known;
      const bool wires = !has_errors(preview.introduced) &&
                         std::none_of(preview.introduced.begin(), preview.introduced.end(),
                                      [](const Diagnostic& d) { return d.code == "W_BLOCK_UNREACHABLE_ERROR"; });
      const bool listed =
          std::any_of(fitting->begin(), fitting->end(), [&](const FittingValue& f) { return f.value == value; });
      EXPECT_EQ(listed, wires) << value << " into " << port;
    }
    EXPECT_GT(known, 9u);
  }
}

TEST(Inspect, AdaptersAndFeedbackAreTold) {
  const auto fitting = fitting_values(Patch::parse(kInspected), "pos.phase");
  ASSERT_TRUE(fitting.has_value());
  const auto find = [&](const char* value) {
    return *std::find_if(fitting->begin(), fitting->end(), [&](const FittingValue& f) { return f.value == value; });
  };
  EXPECT_EQ(find("angle").adapters, std::vector<std::string>{"DegreesToPhase"});
  EXPECT_FALSE(find("angle").feedback);
  const auto loops = fitting_values(Patch::parse(kInspected), "slow.target");
  ASSERT_TRUE(loops.has_value());
  const auto faint =
      std::find_if(loops->begin(), loops->end(), [](const FittingValue& f) { return f.value == "faint"; });
  ASSERT_NE(faint, loops->end());
  EXPECT_TRUE(faint->feedback);
}

TEST(Inspect, WiresLeadFromDefinitionToDefinition) {
  const auto wires = wires_at(Patch::parse(kInspected), "draw.size");
  ASSERT_TRUE(wires.has_value());
  ASSERT_EQ(wires->inputs.size(), 1u);
  ASSERT_EQ(wires->inputs[0].producers.size(), 1u);
  EXPECT_EQ(wires->inputs[0].producers[0].from, "faint");
  const auto readers = wires_at(Patch::parse(kInspected), "slow");
  ASSERT_TRUE(readers.has_value());
  ASSERT_EQ(readers->consumers.size(), 1u);
  EXPECT_EQ(readers->consumers[0].to, "faint");
  EXPECT_FALSE(wires_at(Patch::parse(kInspected), "nothing").has_value());
}

TEST(Fix, FollowsHintsUntilNothingIsLeft) {
  const Patch patch = Patch::parse(
      "time = TimeRot()\ndots = Array(cuont: 5)\ndraw = RenderInstances2D(CircleLayout(dots), size: dots.inde)\n");
  const FixedPatch fixed = fix_patch(patch);
  EXPECT_EQ(fixed.patch.text(),
            "oscilla 1\ntime = TimeRoot()\ndots = Array(count: 5)\ndraw = RenderInstances2D(CircleLayout(dots), size: "
            "dots.index)\n");
  EXPECT_FALSE(has_errors(compile_patch(fixed.patch).diagnostics))
      << rendered(compile_patch(fixed.patch).diagnostics, fixed.patch);
  EXPECT_EQ(fixed.fixed.size(), 4u);
}

}  // namespace
}  // namespace oscilla::test
