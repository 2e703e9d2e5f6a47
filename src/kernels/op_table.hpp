// The op table: the closed set of pure, per-element operations. Enum, expression functions, printer, docs and the
// kernel test matrix follow from its rows. An op works on single components ("planes"): 64-bit for signals, 32-bit for
// fields; int and bool are numbers (bool: 0 or 1), Bits are raw 32-bit integers (in 64-bit slots: whole numbers 0 ..
// 2^32-1).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace oscilla::kernels {

enum class Op : std::uint16_t {
#define OSCILLA_OP(id, ...) id,
#include "kernels/op_table.def"
#undef OSCILLA_OP
};

/// The layer an op belongs to. Opcodes know nothing of phases, signal kernels nothing of vectors, field kernels nothing
/// of viewports.
enum class Layer : std::uint8_t { Opcode, SignalKernel, FieldKernel };

/// How payloads go through an op when an artist calls it by name or operator. Componentwise unless it says otherwise.
enum class PayloadRule : std::uint8_t {
  Numeric,   ///< int int -> int; else float, vec2, vec3, color; a number goes to every component
  Real,      ///< as Numeric, but ints widen to float first
  ToInt,     ///< float -> int; vectors stay vectors
  Compare,   ///< numbers -> bool
  Equality,  ///< numbers, or bools -> bool
  Logic,     ///< bools -> bool
  Select,    ///< bool, T, T -> T
  Scalar,    ///< floats -> float; no vectors
  Internal,  ///< not callable by name: made by blocks, functions and the compiler
};

/// How units go through an op (docs/language.md, section 5).
enum class UnitRule : std::uint8_t {
  Same,          ///< plain takes the other's unit, of two angles the right is converted; the result has that unit
  SameToPlain,   ///< the same for the operands; the result is plain (comparisons)
  Keep,          ///< the unit of the first operand goes through
  Product,       ///< plain keeps the other's unit
  Quotient,      ///< as Product; like units divided cancel
  AngleToPlain,  ///< any angle, plain as rad; the result is plain
  PlainToRad,    ///< plain in, radians out
  PlainToPhase,  ///< plain or turn in, a phase out
  Plain,         ///< plain in (a turn as its number), plain out
};

/// What a result follows from. No op reads or leaves anything else.
enum class Purity : std::uint8_t {
  Pure,      ///< the arguments alone
  OfLane,    ///< the lane's number
  OfMemory,  ///< the arguments and a field that an earlier program, or an earlier tick, has stored
  Divides,   ///< the arguments alone; where the second one is 0 the result is 0 and division_by_zero is raised
};

/// One row. `parameters` are the names an artist may use, comma-separated, `name = default` where one may be left out;
/// empty: not callable by name (an operator, or Internal).
struct OpRow {
  Op op;
  std::string_view name;
  Layer layer;
  std::uint8_t results;
  std::uint8_t arity;
  PayloadRule payload;
  UnitRule unit;
  Purity purity;
  std::string_view parameters;
  std::string_view doc;
  std::string_view source;  ///< where the formula is from
  bool callable() const { return !parameters.empty(); }
};

inline constexpr std::size_t kMaximumArity = 6;
inline constexpr std::size_t kMaximumResults = 4;

std::span<const OpRow> op_rows();
const OpRow& row_of(Op op);
inline constexpr std::size_t kOpCount = 0
#define OSCILLA_OP(...) +1
#include "kernels/op_table.def"
#undef OSCILLA_OP
    ;

/// The callable op of that name.
std::optional<Op> find_op(std::string_view name);

/// The easing of that word ("inQuad", "outCubic", "inOutBounce"): what `ease(t, word)` calls.
std::optional<Op> find_easing(std::string_view word);

}  // namespace oscilla::kernels
