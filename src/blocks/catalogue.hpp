// The catalogue: one row per Kind (upper case) and per function that is more than one op (lower case). Parser hints,
// checker, lowering, docs and `oscilla blocks` follow from the rows. A file per category holds its rows and their
// lowering functions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "ir/types.hpp"

namespace oscilla::blocks {

class Lowering;
struct Value;

/// What a port takes or gives. T is the row's own type: all T ports of one use have one payload and one unit.
enum class PortType : std::uint8_t {
  Float,
  Int,
  Bool,
  Vec2,
  Vec3,
  Color,
  Shape,
  Phase,     ///< float in turns; what arrives is wrapped into [0, 1)
  Angle,     ///< float in any angle unit, as it comes; plain is in radians
  Degrees,   ///< float, angles are converted to degrees
  Time,      ///< float in milliseconds
  Norm,      ///< float, clamped to [0, 1]
  T,         ///< any number: int, float, vec2, vec3, color; a number beside a vector goes to every component
  AnyT,      ///< any payload, bool and shape included
  Position,  ///< vec2, or vec3 with its own z
  Place,     ///< as T, but no colour: a place on a line, in a plane or in space
  Domain,    ///< any field; only whose lanes it has matters
  AnyValue,  ///< as T, or a bool
  Text,      ///< a text in quotes, as it stands; never a value
  Event,     ///< an event; where it is a field, one a lane
};

/// Which cardinality a port takes.
enum class Lanes : std::uint8_t {
  Any,      ///< signal or field; one field among the inputs makes the block a field
  Signal,   ///< one value for all lanes
  Field,    ///< one value a lane
  Setting,  ///< must fold to a constant
  Whole,    ///< a field of any instance; how many lanes it has does not matter to the block's
};

/// What stands in a port that the patch leaves out.
struct Fallback {
  enum class Kind : std::uint8_t { Required, Number, PhaseA, Element, Absent };
  Kind kind = Kind::Required;
  std::array<double, 4> value{};  ///< in the port's unit; int and bool as numbers; components of a vector
};

inline constexpr Fallback kRequired{};
inline constexpr Fallback kPhaseA{Fallback::Kind::PhaseA, {}};  ///< the rail time.phaseA
inline constexpr Fallback kElement{Fallback::Kind::Element,
                                   {}};                         ///< the element of the instance that the block works on
inline constexpr Fallback kAbsent{Fallback::Kind::Absent, {}};  ///< nothing; the row's lowering asks has()
constexpr Fallback number(double x, double y = 0, double z = 0, double w = 0) {
  return {Fallback::Kind::Number, {x, y, z, w}};
}

/// What is in a file that a port names.
enum class FileKind : std::uint8_t { None, Mesh, Drawing };

inline constexpr double kUnlimited = 1e300;

struct Port {
  std::string_view name;
  PortType type = PortType::Float;
  Fallback fallback;
  std::string_view doc;  ///< meaning, unit and range, in a few words
  Lanes lanes = Lanes::Any;
  double minimum = -kUnlimited;  ///< what a constant that arrives may be
  double maximum = kUnlimited;
  std::span<const std::string_view> words = {};  ///< not empty: takes one of these words (the first is the default)
  FileKind file = FileKind::None;                ///< of Text: names a file with such a thing in it
  bool list = false;  ///< takes `[a, b, ...]`, every element as the port says; one value alone is a list of one

  bool has_range() const { return lanes == Lanes::Setting || minimum != -kUnlimited || maximum != kUnlimited; }
};

struct Output {
  std::string_view name;
  PortType type = PortType::Float;
  std::string_view doc;
  bool plain = false;  ///< of T: the payload of T, but plain
};

enum class Category : std::uint8_t {
  Time,
  Input,
  Signal,
  State,
  Event,
  Shape,
  Instance,
  Layout,
  Field,
  Color,
  Render,
  Function
};
std::string_view name_of(Category category);

/// How a block relates to lanes.
enum class Form : std::uint8_t {
  Pure,      ///< outputs follow the inputs' lanes
  Time,      ///< the TimeRoot
  Input,     ///< a channel from outside; stands in `input` statements only
  Instance,  ///< makes an instance; outputs are fields over it
  Reduce,    ///< makes signals of fields
  State,     ///< remembers one value of type T (the type of its first output) from tick to tick
  Render,    ///< a sink: no outputs
  Camera,    ///< how all sinks are seen: no outputs
  Picture,   ///< something that holds for the whole picture, or a layer of it: no outputs
};

struct Row {
  std::string_view name;
  Category category = Category::Field;
  Form form = Form::Pure;
  std::string_view doc;  ///< one sentence
  std::span<const Port> ports;
  std::span<const Output> outputs;
  /// Pure, Time, Instance, Render: reads inputs, sets outputs. State: sets output 0 to next(state, inputs).
  void (*lower)(Lowering&) = nullptr;
  /// State only: true if the output is always the state before this tick (UnitDelay), which makes every loop through it
  /// legal.
  bool delays = false;
  /// Outputs of T and AnyValue are never int: ints widen to float.
  bool widens_int = false;
  /// Instance only, of one whose lanes belong to the lanes of the field in port 0: the output that says to which.
  std::uint8_t parent_output = 0;
};

/// Whether it makes several lanes of each lane of another instance.
constexpr bool repeats(const Row& row) { return row.parent_output != 0; }

/// All rows, by category, in the order of the docs.
std::span<const Row> rows();
/// The Kind of that name, or null.
const Row* find_kind(std::string_view name);
/// The function of that name that takes `arguments` arguments (overloads differ in their number of ports); else the
/// last of that name; null if there is none. Functions that are a single op are in the op table.
const Row* find_function(std::string_view name, std::size_t arguments);

}  // namespace oscilla::blocks
