// A figure as cairo has it: its path, its pen. What is drawn and what is touched are so the same.
#pragma once

#include <cairo.h>

#include "oscilla/frame.hpp"
#include "output/figures.hpp"
#include "output/outline.hpp"

namespace oscilla::output {

/// Pixels between a curve and the lines that stand for it.
inline constexpr double kTolerance = 0.03;

/// Adds the outline to the path.
void trace(cairo_t* context, const Outline& outline, const Placement& place);

/// Which parts of a path are inside, and how its line is joined and ends.
void set_rule_and_pen(cairo_t* context, const Style& style);

/// The pen of a line that is `width` of its figure's measures wide, with its dashes; it is scaled as the figure is:
/// stroke with the matrix that is put into `matrix`. False of a figure without width or height: it has no line.
bool set_line(cairo_t* context, const Style& style, float width, const Outline& outline, const Placement& place,
              cairo_matrix_t& matrix);

}  // namespace oscilla::output
