// Path data as SVG has it (the attribute `d`). In: text. Out: verbs and points as written, y down; or what is wrong
// with it. Arcs become cubic curves of at most a quarter turn.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "oscilla/frame.hpp"

namespace oscilla::blocks {

struct SvgPathData {
  std::vector<PathVerb> verbs;
  std::vector<double> points;  ///< x and y of each
  std::string problem;         ///< a sentence; empty: the text is right
};

/// Functions that give the same bits everywhere, which no library's do.
struct SvgMaths {
  std::function<std::array<double, 2>(double)> sine_cosine;  ///< of degrees
  std::function<double(double)> square_root;
};

SvgPathData read_svg_path(std::string_view text, const SvgMaths& maths);
/// What is wrong with a path of which a point is too far away to be a float; else empty.
std::string far_away(const SvgPathData& path);

}  // namespace oscilla::blocks
