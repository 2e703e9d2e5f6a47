// Types: payload x unit x extent. Solved per use by graph/solve_types; nothing about types is left in a running program
// but the number of planes. Units belong to floats only; a vector or colour is plain.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/ids.hpp"

namespace oscilla::ir {

using InstanceIx = Id<struct InstanceTag>;

/// Unknown is the least element: a value on a feedback loop whose type is not found yet.
/// An event is discrete: there in some ticks and not in others; everything else is continuous. So temporality follows
/// from the payload, and no type stores it.
enum class Payload : std::uint8_t { Unknown, Bool, Int, Float, Vec2, Vec3, Color, Shape, Event };

/// Unit of a float. Ms is time; Turn is the unit of phases; Norm lies in [0, 1].
enum class Unit : std::uint8_t { Plain, Turn, Rad, Deg, Ms, Norm };

/// How many values there are: none until run time (a constant), one for all (a signal), one a lane (a field).
enum class Cardinality : std::uint8_t { Zero, One, Many };

/// The extent's axes are cardinality (with its instance), temporality (see Payload), and three that every value of a
/// patch has at their defaults (binding unbound, perspective global, branch main). Nothing in the language can say
/// anything else, so unifying them is always default with default: they are not stored.
struct Type {
  Payload payload = Payload::Unknown;
  Unit unit = Unit::Plain;
  Cardinality cardinality = Cardinality::Zero;
  InstanceIx instance = {};  ///< valid iff cardinality is Many
  auto operator<=>(const Type&) const = default;
};

/// Components of a value: 1, 2, 3 or 4; a shape has none (it is an index into the program's shapes); an event has two:
/// whether it is there in this tick, and its value.
std::uint8_t planes_of(Payload payload);
std::string_view name_of(Payload payload);
std::string_view name_of(Unit unit);
std::string_view name_of(Cardinality cardinality);

bool is_vector(Payload payload);  ///< vec2, vec3, color
bool is_number(Payload payload);  ///< int, float and vectors
bool is_angle(Unit unit);         ///< turn, rad, deg

/// "float", "phase", "rad", "vec2 field" ...: the type as an artist reads it; the instance's name is the caller's
/// business.
std::string describe(const Type& type);

}  // namespace oscilla::ir
