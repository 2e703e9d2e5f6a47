// Ports that fills have in common: those of sinks and of the background.
#pragma once

#include <cstddef>
#include <string_view>

#include "blocks/lowering.hpp"

namespace oscilla::blocks {

/// In the order of Blend.
inline constexpr std::string_view kBlendWords[] = {"normal",  "multiply", "screen",  "add",
                                                   "overlay", "darken",   "lighten", "difference"};
inline constexpr std::string_view kFillWords[] = {"solid", "none", "linear", "radial"};

inline constexpr std::string_view kGradientFromDoc =
    "where the gradient begins, of what is filled: -1 left or bottom, 1 right or top; left out (0, -1), radial (0, 0)";
inline constexpr std::string_view kGradientToDoc = "where it ends; left out (0, 1), radial (1, 0)";

/// Where a row has them.
struct FillPorts {
  std::size_t fill, stops, at, from, to;
};

/// What they say; mistakes go into the lowering's problems.
ir::FillOf<ir::ExprId> fill_of(Lowering& lower, const FillPorts& ports);

}  // namespace oscilla::blocks
