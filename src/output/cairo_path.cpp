#include "output/cairo_path.hpp"

#include <algorithm>
#include <array>

namespace oscilla::output {
namespace {

constexpr double kMostRounds = 100'000;  // of dashes along one line: more would be grey, and take for ever

}  // namespace

void trace(cairo_t* context, const Outline& outline, const Placement& place) {
  const OutlinePoint* point = outline.points.data();
  for (const Outline::Step step : outline.steps) {
    switch (step) {
      case Outline::Step::Move: {
        const OutlinePoint p = place(*point++);
        cairo_move_to(context, p.x, p.y);
        break;
      }
      case Outline::Step::Line: {
        const OutlinePoint p = place(*point++);
        cairo_line_to(context, p.x, p.y);
        break;
      }
      case Outline::Step::Cubic: {
        const OutlinePoint a = place(point[0]);
        const OutlinePoint b = place(point[1]);
        const OutlinePoint p = place(point[2]);
        cairo_curve_to(context, a.x, a.y, b.x, b.y, p.x, p.y);
        point += 3;
        break;
      }
      case Outline::Step::Close: cairo_close_path(context); break;
    }
  }
}

void set_rule_and_pen(cairo_t* context, const Style& style) {
  cairo_set_fill_rule(context, style.rule == FillRule::EvenOdd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
  constexpr cairo_line_join_t kJoins[] = {CAIRO_LINE_JOIN_MITER, CAIRO_LINE_JOIN_ROUND, CAIRO_LINE_JOIN_BEVEL};
  constexpr cairo_line_cap_t kCaps[] = {CAIRO_LINE_CAP_BUTT, CAIRO_LINE_CAP_ROUND, CAIRO_LINE_CAP_SQUARE};
  cairo_set_line_join(context, kJoins[static_cast<std::size_t>(style.join)]);
  cairo_set_line_cap(context, kCaps[static_cast<std::size_t>(style.cap)]);
}

bool set_line(cairo_t* context, const Style& style, float width, const Outline& outline, const Placement& place,
              cairo_matrix_t& matrix) {
  cairo_matrix_init(&matrix, place.a, place.b, place.c, place.d, 0, 0);
  cairo_matrix_t inverse = matrix;
  if (cairo_matrix_invert(&inverse) != CAIRO_STATUS_SUCCESS) return false;
  const double period = dash_period(style);
  if (period > 0 && outline.length < kMostRounds * period) {
    std::array<double, kMostDashes> dashes;
    const std::size_t count = std::min(style.dashes.size(), dashes.size());
    std::copy_n(style.dashes.begin(), count, dashes.begin());
    cairo_set_dash(context, dashes.data(), static_cast<int>(count), style.dash_offset);
  } else {
    cairo_set_dash(context, nullptr, 0, 0);
  }
  cairo_set_line_width(context, width);
  return true;
}

}  // namespace oscilla::output
