// Fields: one value a lane, from what tells lanes apart.
#include <algorithm>
#include <numbers>

#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"

namespace oscilla::blocks {
namespace {

using ir::ExprId;
using kernels::Op;

/// The angle between neighbouring seeds of a sunflower.
constexpr double kGoldenAngle = std::numbers::pi * (3 - 2.2360679774997896964);

constexpr std::string_view kIdDoc = "what tells elements apart, as a rule Array's t";

// -- Elements

constexpr Port kBroadcastPorts[] = {
    {"signal", PortType::AnyT, kRequired, "one value", Lanes::Signal},
    {"elements", PortType::Domain, kRequired, "any field of the instance that is to have it"},
};
constexpr Output kBroadcastOutputs[] = {{"field", PortType::AnyT, "the same value in every lane"}};

void lower_broadcast(Lowering& lower) { lower.out(0, lower.inputs[0]); }

constexpr Port kStableIdPorts[] = {
    {"elements", PortType::Domain, kRequired, "any field of the instance"},
    {"seed", PortType::Int, number(0), "another number, other values", Lanes::Setting, 0, 4294967295.0},
};
constexpr Output kStableIdOutputs[] = {
    {"rand", PortType::Float, "a number in [0, 1) of the element's own, the same for ever"},
    {"id01", PortType::Float, "0 at the first element, 1 at the last"},
};

void lower_stable_id(Lowering& lower) {
  lower.out(0, lower.random_of_element({lower.in(1)}));
  lower.out(1, lower.normalized_index());
}

constexpr Port kDomainIndexPorts[] = {{"elements", PortType::Domain, kRequired, "any field of the instance"}};
constexpr Output kDomainIndexOutputs[] = {
    {"index", PortType::Int, "the element's number, from 0"},
    {"t", PortType::Float, "0 at the first element, 1 at the last"},
};

void lower_domain_index(Lowering& lower) {
  lower.out(0, lower.index());
  lower.out(1, lower.normalized_index());
}

// -- Angles and radii

constexpr Port kGoldenPorts[] = {
    {"id", PortType::Float, kRequired, kIdDoc},
    {"turns", PortType::Float, number(50), "how many golden angles from id 0 to id 1"},
};
constexpr Output kAngleOutputs[] = {{"angle", PortType::Angle, "in radians, unbounded"}};

void lower_golden(Lowering& lower) {
  lower.out(0, lower.multiply(lower.in(0), lower.multiply(lower.in(1), lower.number(kGoldenAngle))));
}

constexpr Port kAngularPorts[] = {
    {"phase", PortType::Phase, kPhaseA, "where in its turn the offset is"},
    {"spin", PortType::Float, number(1), "turns a phase; a whole number closes seamlessly"},
};
constexpr Output kOffsetOutputs[] = {{"offset", PortType::Angle, "in radians, to be added to an angle"}};

void lower_angular(Lowering& lower) {
  lower.out(0, lower.multiply(lower.multiply(lower.in(0), lower.in(1)), lower.number(2 * std::numbers::pi)));
}

constexpr Port kRadiusPorts[] = {
    {"id", PortType::Float, kRequired, kIdDoc},
    {"radius", PortType::Float, number(0.35), "of the whole disc"},
};
constexpr Output kRadiusOutputs[] = {{"radius", PortType::Float, "grows so that a disc is filled evenly"}};

void lower_radius(Lowering& lower) { lower.out(0, lower.multiply(lower.in(1), lower.op(Op::Sqrt, {lower.in(0)}))); }

// -- Waves over elements

constexpr Port kPulsePorts[] = {
    {"id", PortType::Float, kRequired, kIdDoc},
    {"phase", PortType::Phase, kPhaseA, "where in its turn the wave is"},
    {"base", PortType::Float, number(0.5), "what it swings around"},
    {"amplitude", PortType::Float, number(1), "how far it swings to either side"},
    {"spread", PortType::Float, number(1), "how many waves from id 0 to id 1"},
};
constexpr Output kValueOutputs[] = {{"value", PortType::Float, "base + amplitude * sine"}};

void lower_pulse(Lowering& lower) {
  const ExprId turns = lower.add(lower.in(1), lower.multiply(lower.in(0), lower.in(4)));
  lower.out(0, lower.add(lower.in(2), lower.multiply(lower.in(3), lower.op(Op::SinTurns, {turns}))));
}

constexpr Port kHuePorts[] = {
    {"id", PortType::Float, kRequired, kIdDoc},
    {"phase", PortType::Phase, kPhaseA, "turns the hues round"},
};
constexpr Output kHueOutputs[] = {{"hue", PortType::Float, "id + phase, wrapped into one turn"}};

void lower_hue(Lowering& lower) { lower.out(0, lower.op(Op::Wrap, {lower.add(lower.in(0), lower.in(1))})); }

// -- Moving points

constexpr std::string_view kPositionDoc = "what is moved";
constexpr Output kMovedOutputs[] = {{"out", PortType::T, "the moved position"}};

constexpr Port kJitterPorts[] = {
    {"position", PortType::T, kRequired, kPositionDoc},
    {"rand", PortType::Float, kRequired, "whenever it changes, so does the offset"},
    {"amountX", PortType::Float, number(0.01), "how far to either side"},
    {"amountY", PortType::Float, number(0.01), "how far up or down"},
    {"amountZ", PortType::Float, number(0), "how far to the front or back"},
};

constexpr Port kOffsetPorts[] = {
    {"position", PortType::T, kRequired, kPositionDoc},
    {"amountX", PortType::Float, number(0), "how far to the right"},
    {"amountY", PortType::Float, number(0), "how far up"},
    {"amountZ", PortType::Float, number(0), "how far to the front"},
    {"rand", PortType::Float, kAbsent, "if given: every element goes a random part of the way"},
};

/// Adds `offset(axis)` to the axes of the position in port 0 whose amount is not 0; port first_amount has that of axis
/// 0.
template <class Offset>
void move_axes(Lowering& lower, std::size_t first_amount, Offset offset) {
  Value moved = lower.inputs[0];
  const std::size_t axes = std::min<std::size_t>(moved.components(), 3);
  for (std::size_t axis = 0; axis < axes; ++axis) {
    if (lower.is_zero(first_amount + axis)) continue;
    moved.planes[axis] = lower.add(moved.planes[axis], offset(axis));
  }
  lower.out(0, moved);
}

ExprId random_of_axis(Lowering& lower, std::size_t axis, ExprId rand) {
  return lower.random({lower.salt_key(), lower.number(static_cast<double>(axis)), rand});
}

void lower_jitter(Lowering& lower) {
  move_axes(lower, 2, [&](std::size_t axis) {
    const ExprId random = random_of_axis(lower, axis, lower.in(1));
    const ExprId factor = lower.subtract(lower.multiply(lower.number(2), random), lower.number(1));
    return lower.multiply(factor, lower.in(2 + axis));
  });
}

void lower_offset(Lowering& lower) {
  move_axes(lower, 1, [&](std::size_t axis) {
    const ExprId amount = lower.in(1 + axis);
    return lower.has(4) ? lower.multiply(random_of_axis(lower, axis, lower.in(4)), amount) : amount;
  });
}

constexpr Port kSetZPorts[] = {
    {"position", PortType::Position, kRequired, "a point; a z that it has is replaced"},
    {"z", PortType::Float, number(0), "towards the viewer"},
};
constexpr Output kSetZOutputs[] = {{"out", PortType::Vec3, "the point in space"}};

void lower_set_z(Lowering& lower) {
  const auto& position = lower.inputs[0].planes;
  lower.out(0, {position[0], position[1], lower.in(1)});
}

constexpr Row kRows[] = {
    {"Broadcast", Category::Field, Form::Pure, "One value for every element of an instance.", kBroadcastPorts,
     kBroadcastOutputs, lower_broadcast},
    {"StableIdHash", Category::Field, Form::Pure, "A random number that every element keeps.", kStableIdPorts,
     kStableIdOutputs, lower_stable_id},
    {"DomainIndex", Category::Field, Form::Pure, "The elements of an instance, numbered.", kDomainIndexPorts,
     kDomainIndexOutputs, lower_domain_index},
    {"GoldenAngle", Category::Field, Form::Pure, "Angles like those of a sunflower's seeds.", kGoldenPorts,
     kAngleOutputs, lower_golden},
    {"AngularOffset", Category::Field, Form::Pure, "A phase as an angle: turns what it is added to.", kAngularPorts,
     kOffsetOutputs, lower_angular},
    {"RadiusSqrt", Category::Field, Form::Pure, "Radii that fill a disc evenly.", kRadiusPorts, kRadiusOutputs,
     lower_radius},
    {"Pulse", Category::Field, Form::Pure, "A sine wave that runs through the elements.", kPulsePorts, kValueOutputs,
     lower_pulse},
    {"HueFromPhase", Category::Field, Form::Pure, "Hues along the elements, turning with a phase.", kHuePorts,
     kHueOutputs, lower_hue},
    {"JitterVec", Category::Field, Form::Pure, "Moves every point by chance, to either side of where it is.",
     kJitterPorts, kMovedOutputs, lower_jitter, false, true},
    {"OffsetVec", Category::Field, Form::Pure, "Moves every point by an amount.", kOffsetPorts, kMovedOutputs,
     lower_offset, false, true},
    {"SetZ", Category::Field, Form::Pure, "Gives points a depth.", kSetZPorts, kSetZOutputs, lower_set_z},
};

}  // namespace

std::span<const Row> field_rows() { return kRows; }

}  // namespace oscilla::blocks
