#include "blocks/svg_path.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <string>
#include <utility>

namespace oscilla::blocks {
namespace {

SvgPathData read(std::string_view text) {
  return read_svg_path(text, {[](double degrees) {
                                const double angle = degrees * std::numbers::pi / 180;
                                return std::array{std::sin(angle), std::cos(angle)};
                              },
                              [](double x) { return std::sqrt(x); }});
}

using V = PathVerb;

TEST(SvgPath, ReadsEveryCommand) {
  const std::pair<const char*, std::pair<std::vector<V>, std::vector<double>>> cases[] = {
      {"M1 2L3,4", {{V::Move, V::Line}, {1, 2, 3, 4}}},
      {"m1 2l3 4", {{V::Move, V::Line}, {1, 2, 4, 6}}},
      {"M1 2 3 4 5 6", {{V::Move, V::Line, V::Line}, {1, 2, 3, 4, 5, 6}}},
      {"m1 2 3 4-5-6", {{V::Move, V::Line, V::Line}, {1, 2, 4, 6, -1, 0}}},
      {"M1 2H5V6h1v-1", {{V::Move, V::Line, V::Line, V::Line, V::Line}, {1, 2, 5, 2, 5, 6, 6, 6, 6, 5}}},
      {"M0 0C1 2 3 4 5 6S9 9 7 7", {{V::Move, V::Cubic, V::Cubic}, {0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 7, 7}}},
      {"M1 1S2 2 3 3", {{V::Move, V::Cubic}, {1, 1, 1, 1, 2, 2, 3, 3}}},
      {"M0 0Q1 1 2 0T4 0", {{V::Move, V::Quadratic, V::Quadratic}, {0, 0, 1, 1, 2, 0, 3, -1, 4, 0}}},
      {"M0 0L1 0ZL5 5", {{V::Move, V::Line, V::Close, V::Move, V::Line}, {0, 0, 1, 0, 0, 0, 5, 5}}},
      {"M1 1m1 1", {{V::Move, V::Move}, {1, 1, 2, 2}}},
      {"M.5.5-1e1+2E-1", {{V::Move, V::Line}, {0.5, 0.5, -10, 0.2}}},
      {"M0 0A0 5 0 0 1 3 4", {{V::Move, V::Line}, {0, 0, 3, 4}}},
  };
  for (const auto& [text, expected] : cases) {
    const SvgPathData data = read(text);
    EXPECT_EQ(data.problem, "") << text;
    EXPECT_EQ(data.verbs, expected.first) << text;
    EXPECT_EQ(data.points, expected.second) << text;
  }
}

/// Every point on the curves of an arc is this far from (x, y), measured along the ellipse's axes.
void expect_on_ellipse(const SvgPathData& data, double x, double y, double rx, double ry) {
  for (std::size_t i = 2; i + 5 < data.points.size(); i += 6) {
    const double* p = data.points.data() + i - 2;
    for (double t = 0; t <= 1; t += 0.125) {
      const double u = 1 - t;
      const auto at = [&](std::size_t axis) {
        return u * u * u * p[axis] + 3 * u * u * t * p[axis + 2] + 3 * u * t * t * p[axis + 4] +
               t * t * t * p[axis + 6];
      };
      EXPECT_NEAR(std::hypot((at(0) - x) / rx, (at(1) - y) / ry), 1, 5e-4);
    }
  }
}

TEST(SvgPath, ArcsGoRoundTheirCentre) {
  for (const char* flags : {"0 0", "0 1", "1 0", "1 1"}) {
    const bool large = flags[0] == '1';
    const bool sweep = flags[2] == '1';
    const SvgPathData data = read("M10 0A10 10 0 " + std::string(flags) + " 0 10");  // centre (0,0) or (10,10)
    EXPECT_EQ(data.problem, "");
    EXPECT_EQ(data.verbs.size(), large ? 5u : 2u) << flags;
    const double centre = large == sweep ? 10 : 0;
    expect_on_ellipse(data, centre, centre, 10, 10);
    EXPECT_EQ(data.points[data.points.size() - 2], 0);
    EXPECT_EQ(data.points[data.points.size() - 1], 10);
  }
}

TEST(SvgPath, RadiiGrowUntilTheyReach) {
  const SvgPathData data = read("M0 0A1 2 0 0 1 10 0");
  expect_on_ellipse(data, 5, 0, 5, 10);
  EXPECT_LT(data.points[3], 0);  // upwards where y points down: sweep 1 goes clockwise on the screen
}

TEST(SvgPath, TellsWhatIsWrongAndWhere) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "there is nothing in it (at character 1)"},
      {"L1 1", "path data begins with M (at character 2)"},
      {"1 1", "a command is missing (at character 1)"},
      {"M1", "`M` wants other numbers (at character 3)"},
      {"M1 2L3", "`L` wants other numbers (at character 7)"},
      {"M1 2X3", "there is no command `X` (at character 6)"},
      {"M0 0A1 1 0 2 1 5 5", "`A` wants other numbers (at character 12)"},
      {"M0 0Z1", "a command is missing (at character 6)"},
      {"M1 2\xe2\x88\x92", "`L` wants other numbers (at character 5)"},
      {"M1e999 0", "`M` wants other numbers (at character 2)"},
      {"M1e308 0l1e308 0", "it lies too far away to be drawn"},
  };
  for (const auto& [text, problem] : cases) EXPECT_EQ(read(text).problem, problem) << text;
}

}  // namespace
}  // namespace oscilla::blocks
