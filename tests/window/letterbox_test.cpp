// Where the picture lies, and what places in the window are in the world.
#include "window/letterbox.hpp"

#include <gtest/gtest.h>

namespace oscilla::window {
namespace {

TEST(Letterbox, PictureKeepsTheCanvasesAspectInTheMiddle) {
  const Letterbox wide({1000, 500, 1000, 500}, 400, 400, Fit::Square);
  EXPECT_EQ(wide.picture().x, 250);
  EXPECT_EQ(wide.picture().y, 0);
  EXPECT_EQ(wide.picture().width, 500);
  EXPECT_EQ(wide.picture().height, 500);
  const Letterbox high({1280, 1000, 1280, 1000}, 1280, 720, Fit::Square);
  EXPECT_EQ(high.picture().x, 0);
  EXPECT_EQ(high.picture().y, 140);
  EXPECT_EQ(high.picture().height, 720);
}

TEST(Letterbox, SquareWorldIsTheMiddleSquareWithYUp) {
  const Letterbox box({1280, 720, 1280, 720}, 640, 360, Fit::Square);
  const WorldPlace middle = box.world_at(640, 360), top = box.world_at(640, 0), left = box.world_at(0, 720);
  EXPECT_DOUBLE_EQ(middle.x, 0.5);
  EXPECT_DOUBLE_EQ(middle.y, 0.5);
  EXPECT_TRUE(middle.over);
  EXPECT_DOUBLE_EQ(top.y, 1);
  EXPECT_DOUBLE_EQ(left.x, 0.5 - 640.0 / 720);
  EXPECT_DOUBLE_EQ(left.y, 0);
}

TEST(Letterbox, StretchedWorldIsTheWholePicture) {
  const Letterbox box({1280, 720, 1280, 720}, 1280, 720, Fit::Stretch);
  EXPECT_DOUBLE_EQ(box.world_at(0, 720).x, 0);
  EXPECT_DOUBLE_EQ(box.world_at(1280, 0).x, 1);
  EXPECT_DOUBLE_EQ(box.world_at(320, 180).y, 0.75);
}

TEST(Letterbox, BarsAreNotThePicture) {
  const Letterbox box({1000, 500, 1000, 500}, 400, 400, Fit::Square);
  EXPECT_FALSE(box.world_at(249, 250).over);
  EXPECT_TRUE(box.world_at(250, 250).over);
  EXPECT_TRUE(box.world_at(749, 499).over);
  EXPECT_FALSE(box.world_at(750, 250).over);
  EXPECT_FALSE(box.world_at(500, -1).over);
}

TEST(Letterbox, PointsOfADenseDisplayAreSeveralPixels) {
  const Letterbox dense({2560, 1440, 1280, 720}, 640, 360, Fit::Square);
  const Letterbox plain({1280, 720, 1280, 720}, 640, 360, Fit::Square);
  for (const double x : {0.0, 17.0, 640.0, 1279.0}) {
    EXPECT_DOUBLE_EQ(dense.world_at(x, 100).x, plain.world_at(x, 100).x);
    EXPECT_DOUBLE_EQ(dense.world_at(x, 100).y, plain.world_at(x, 100).y);
  }
  EXPECT_EQ(dense.picture().width, 2560);
  EXPECT_DOUBLE_EQ(dense.height_points(), 720);
}

TEST(Letterbox, NothingIsLargeEnoughToDivideByIt) {
  const Letterbox none({0, 0, 0, 0}, 0, 0, Fit::Square);
  EXPECT_EQ(none.picture().width, 1);
  const WorldPlace place = none.world_at(5, 5);
  EXPECT_EQ(place.x - place.x, 0);
}

}  // namespace
}  // namespace oscilla::window
