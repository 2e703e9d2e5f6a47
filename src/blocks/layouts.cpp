// Layouts: where the elements of an instance stand. The world is the unit square, x to the right, y up.
#include <cmath>

#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using ir::ExprId;
using kernels::Op;

constexpr Output kPositionOutputs[] = {{"position", PortType::Vec2, "where each element stands"}};
constexpr Fallback kMiddle = number(0.5, 0.5);
constexpr std::string_view kElementsDoc = "what is placed: any field of the instance";
constexpr std::string_view kCenterDoc = "the middle";

/// A point at `radius` around the center in `center_port`; sine and cosine are those of its angle.
void place_around(Lowering& lower, ExprId cosine, ExprId sine, ExprId radius, std::size_t center_port) {
  const auto& center = lower.inputs[center_port].planes;
  lower.out(0,
            {lower.add(center[0], lower.multiply(radius, cosine)), lower.add(center[1], lower.multiply(radius, sine))});
}

void place_around(Lowering& lower, ExprId turns, ExprId radius, std::size_t center_port) {
  const ExprId sine = lower.op(Op::SinCosTurns, {turns}, 0);
  const ExprId cosine = lower.op(Op::SinCosTurns, {turns}, 1);
  place_around(lower, cosine, sine, radius, center_port);
}

/// The point at t of the way between the points in two ports.
void place_between(Lowering& lower, ExprId t, std::size_t from_port, std::size_t to_port) {
  const auto& from = lower.inputs[from_port].planes;
  const auto& to = lower.inputs[to_port].planes;
  lower.out(0, {lower.op(Op::Mix, {from[0], to[0], t}), lower.op(Op::Mix, {from[1], to[1], t})});
}

// -- Grids

/// A grid's `cells` along one axis, from a port; never less than one.
ExprId cells_of(Lowering& lower, std::size_t port) {
  return lower.op(Op::Max, {lower.in(port), lower.build.constant(1, ir::Base::Int)});
}

/// Where cell number `cell` of `cells` stands on its axis: the outermost at 0 and 1, a single one in the middle.
ExprId place_of_cell(Lowering& lower, ExprId cell, ExprId cells) {
  const ExprId one = lower.build.constant(1, ir::Base::Int);
  const ExprId gaps = lower.op(Op::Max, {lower.subtract(cells, one), one});
  return lower.choose(lower.op(Op::Less, {one, cells}), lower.divide(cell, gaps), lower.number(0.5));
}

ExprId last_cell(Lowering& lower, ExprId cells) {
  return lower.subtract(cells, lower.build.constant(1, ir::Base::Int));
}

constexpr Port kGridPorts[] = {
    {"elements", PortType::Domain, kRequired, kElementsDoc},
    {"rows", PortType::Int, number(10), "how many rows; what is left over stays in the last", Lanes::Signal},
    {"cols", PortType::Int, number(10), "how many columns", Lanes::Signal},
};

void lower_grid(Lowering& lower) {
  const ExprId rows = cells_of(lower, 1);
  const ExprId cols = cells_of(lower, 2);
  const ExprId full_rows = lower.op(Op::Floor, {lower.divide(lower.index(), cols)});
  const ExprId col = lower.subtract(lower.index(), lower.multiply(full_rows, cols));
  const ExprId row = lower.op(Op::Min, {full_rows, last_cell(lower, rows)});
  lower.out(0, {place_of_cell(lower, col, cols), place_of_cell(lower, row, rows)});
}

/// The cell of `cells` that u in [0, 1) falls into.
ExprId cell_at(Lowering& lower, ExprId u, ExprId cells) {
  return lower.op(Op::Min, {lower.op(Op::Floor, {lower.multiply(u, cells)}), last_cell(lower, cells)});
}

void lower_grid_uv(Lowering& lower) {
  const ExprId rows = cells_of(lower, 1);
  const ExprId cols = cells_of(lower, 2);
  const ExprId col = cell_at(lower, lower.op(Op::Halton2, {lower.index()}), cols);
  const ExprId row = cell_at(lower, lower.op(Op::Halton3, {lower.index()}), rows);
  lower.out(0, {place_of_cell(lower, col, cols), place_of_cell(lower, row, rows)});
}

// -- Lines

constexpr Port kLinearPorts[] = {
    {"elements", PortType::Domain, kRequired, kElementsDoc},
    {"spacing", PortType::Float, number(0.01), "the way from one element to the next"},
    {"center", PortType::Vec2, kMiddle, "the middle of the row"},
};

void lower_linear(Lowering& lower) {
  const auto& center = lower.inputs[2].planes;
  const ExprId middle = lower.divide(lower.subtract(lower.count(), lower.number(1)), lower.number(2));
  const ExprId from_middle = lower.subtract(lower.index(), middle);
  lower.out(0, {lower.add(center[0], lower.multiply(from_middle, lower.in(1))), center[1]});
}

constexpr Port kLinePorts[] = {
    {"elements", PortType::Domain, kRequired, kElementsDoc},
    {"from", PortType::Vec2, number(0.1, 0.5), "where the first element stands"},
    {"to", PortType::Vec2, number(0.9, 0.5), "where the last element stands"},
};

void lower_line(Lowering& lower) { place_between(lower, lower.normalized_index(), 1, 2); }

constexpr Port kLineUvPorts[] = {
    {"elements", PortType::Domain, kRequired, kElementsDoc},
    {"from", PortType::Vec2, number(0.2, 0.2), "one end of the line"},
    {"to", PortType::Vec2, number(0.8, 0.8), "the other end"},
};

void lower_line_uv(Lowering& lower) { place_between(lower, lower.op(Op::Halton2, {lower.index()}), 1, 2); }

// -- Round

constexpr Port kCirclePorts[] = {
    {"elements", PortType::Domain, kRequired, kElementsDoc},
    {"radius", PortType::Float, number(0.3), "of the ring"},
    {"phase", PortType::Phase, number(0), "turns the ring, counter-clockwise"},
    {"center", PortType::Vec2, kMiddle, kCenterDoc},
};

void lower_circle(Lowering& lower) {
  const ExprId u = lower.divide(lower.index(), lower.count());
  place_around(lower, lower.add(u, lower.in(2)), lower.in(1), 3);
}

void lower_circle_uv(Lowering& lower) {
  place_around(lower, lower.add(lower.op(Op::Halton2, {lower.index()}), lower.in(2)), lower.in(1), 3);
}

constexpr Port kSpiralPorts[] = {
    {"elements", PortType::Domain, kRequired, kElementsDoc},
    {"turns", PortType::Float, number(5), "how often it winds round"},
    {"spacing", PortType::Float, number(0.08), "the way from one winding to the next"},
    {"center", PortType::Vec2, kMiddle, kCenterDoc},
};

void lower_spiral(Lowering& lower) {
  const ExprId turns = lower.multiply(lower.in(1), lower.normalized_index());
  place_around(lower, turns, lower.multiply(lower.in(2), turns), 3);
}

constexpr Port kPolarPorts[] = {
    {"angle", PortType::Angle, kRequired, "from the right, counter-clockwise"},
    {"radius", PortType::Float, number(0.3), "the way from the center"},
    {"center", PortType::Vec2, kMiddle, kCenterDoc},
};

void lower_polar_to_cartesian(Lowering& lower) { place_around(lower, lower.cosine(0), lower.sine(0), lower.in(1), 2); }

constexpr Port kCartesianPorts[] = {
    {"position", PortType::Vec2, kRequired, "the point"},
    {"center", PortType::Vec2, kMiddle, kCenterDoc},
};

constexpr Output kPolarOutputs[] = {
    {"angle", PortType::Angle, "from the right, counter-clockwise; half a turn to either side"},
    {"radius", PortType::Float, "the way from the center"},
};

void lower_cartesian_to_polar(Lowering& lower) {
  const auto& position = lower.inputs[0].planes;
  const auto& center = lower.inputs[1].planes;
  const ExprId x = lower.subtract(position[0], center[0]);
  const ExprId y = lower.subtract(position[1], center[1]);
  lower.out(0, lower.op(Op::Atan2, {y, x}));
  lower.out(1, lower.op(Op::Hypot, {x, y}));
}

// -- Chance

constexpr Port kScatterPorts[] = {
    {"elements", PortType::Domain, kRequired, kElementsDoc},
    {"seed", PortType::Int, number(0), "another number, other places", Lanes::Setting, 0, 4294967295.0},
    {"minimum", PortType::Vec2, number(0, 0), "the lower left corner"},
    {"maximum", PortType::Vec2, number(1, 1), "the upper right corner"},
};

void lower_scatter(Lowering& lower) {
  const auto& low = lower.inputs[2].planes;
  const auto& high = lower.inputs[3].planes;
  const auto place = [&](std::size_t axis) {
    const ExprId random = lower.random_of_element({lower.in(1), lower.number(static_cast<double>(axis))});
    return lower.op(Op::Mix, {low[axis], high[axis], random});
  };
  lower.out(0, {place(0), place(1)});
}

constexpr Port kEvenScatterPorts[] = {
    {"elements", PortType::Domain, kRequired, kElementsDoc},
    {"seed", PortType::Int, number(0), "another number, other places", Lanes::Setting, 0, 4294967295.0},
    {"minimum", PortType::Vec2, number(0, 0), "the lower left corner"},
    {"maximum", PortType::Vec2, number(1, 1), "the upper right corner"},
    {"jitter", PortType::Float, number(0.5), "how far each strays, beside the distance to the next; 0 is a lattice"},
};

/// fract(i * step) to 2^-24 in 32-bit floats, for whole i below 2^24: i in two halves of 12 bits, and of what each half
/// is multiplied by the upper 12 bits, which make exact products, and the rest.
ExprId fraction_of_multiple(Lowering& lower, ExprId i, double step) {
  constexpr double kHalf = 4096;
  const ExprId upper = lower.op(Op::Floor, {lower.multiply(i, lower.number(1 / kHalf))});
  const ExprId lower_half = lower.subtract(i, lower.multiply(upper, lower.number(kHalf)));
  const auto whole = [](double x) { return static_cast<double>(static_cast<std::int64_t>(x)); };  // of x >= 0
  const auto part = [&](ExprId half, double factor) {
    factor -= whole(factor);
    const double coarse = whole(factor * kHalf) / kHalf;
    return lower.add(lower.op(Op::Fract, {lower.multiply(half, lower.number(coarse))}),
                     lower.multiply(half, lower.number(factor - coarse)));
  };
  return lower.op(Op::Wrap, {lower.add(part(lower_half, step), part(upper, step * kHalf))});
}

/// The R2 sequence (M. Roberts 2018): steps of 1 / g and 1 / g^2, g the real root of g^3 = g + 1. No two points come
/// close, however many there are; the seed shifts all of them round, `jitter` hides the lattice.
void lower_even_scatter(Lowering& lower) {
  constexpr double kPlastic = 1.32471795724474602596;
  constexpr double kSteps[] = {1 / kPlastic, 1 / (kPlastic * kPlastic)};
  const ExprId lanes = lower.op(Op::Max, {lower.count(), lower.number(1)});
  const ExprId distance = lower.divide(lower.number(1), lower.op(Op::Sqrt, {lanes}));
  const auto place = [&](std::size_t axis) {
    const ExprId key = lower.number(static_cast<double>(axis));
    const ExprId shift = lower.random({lower.salt_key(), lower.in(1), key});
    ExprId u = lower.add(fraction_of_multiple(lower, lower.index(), kSteps[axis]), shift);
    if (!lower.is_zero(4)) {
      const ExprId random = lower.random_of_element({lower.in(1), key});
      const ExprId way =
          lower.multiply(lower.multiply(lower.in(4), distance), lower.subtract(random, lower.number(0.5)));
      u = lower.add(u, way);
    }
    return lower.op(Op::Mix, {lower.in(2, axis), lower.in(3, axis), lower.op(Op::Wrap, {u})});
  };
  lower.out(0, {place(0), place(1)});
}

constexpr Row kRows[] = {
    {"GridLayout", Category::Layout, Form::Pure,
     "Fills a grid row by row from the lower left; the outermost cells lie on the edge of the canvas.", kGridPorts,
     kPositionOutputs, lower_grid},
    {"GridLayoutUV", Category::Layout, Form::Pure,
     "Scatters elements evenly over the cells of a grid; no cell changes when their number does.", kGridPorts,
     kPositionOutputs, lower_grid_uv},
    {"LinearLayout", Category::Layout, Form::Pure, "A row of elements at equal distances.", kLinearPorts,
     kPositionOutputs, lower_linear},
    {"LineLayout", Category::Layout, Form::Pure, "Elements evenly from one point to another.", kLinePorts,
     kPositionOutputs, lower_line},
    {"LineLayoutUV", Category::Layout, Form::Pure,
     "Elements scattered evenly along a line; none moves when their number changes.", kLineUvPorts, kPositionOutputs,
     lower_line_uv},
    {"CircleLayout", Category::Layout, Form::Pure,
     "A ring, placed by index / count, so that no two elements share a place where it closes.", kCirclePorts,
     kPositionOutputs, lower_circle},
    {"CircleLayoutUV", Category::Layout, Form::Pure,
     "Elements scattered evenly along a ring; none moves when their number changes.", kCirclePorts, kPositionOutputs,
     lower_circle_uv},
    {"SpiralLayout", Category::Layout, Form::Pure, "A spiral with equal windings, from the center outwards.",
     kSpiralPorts, kPositionOutputs, lower_spiral},
    {"RandomScatter", Category::Layout, Form::Pure, "Every element at a place of its own, by chance.", kScatterPorts,
     kPositionOutputs, lower_scatter},
    {"EvenScatter", Category::Layout, Form::Pure,
     "Elements spread by chance, but evenly: no clumps, no holes, as seeds fall from a careful hand.",
     kEvenScatterPorts, kPositionOutputs, lower_even_scatter},
    {"PolarToCartesian", Category::Layout, Form::Pure, "The point at an angle and a radius.", kPolarPorts,
     kPositionOutputs, lower_polar_to_cartesian},
    {"CartesianToPolar", Category::Layout, Form::Pure, "The angle and the radius of a point.", kCartesianPorts,
     kPolarOutputs, lower_cartesian_to_polar},
};

}  // namespace

std::span<const Row> layout_rows() { return kRows; }

}  // namespace oscilla::blocks
