// What a field program can trip over, and where it began: the first lane in which it happened, the op, its operands.
#pragma once

#include <array>
#include <cstdint>

#include "ir/program.hpp"

namespace oscilla::exec {

enum class Fault : std::uint8_t {
  ZeroDivisor,  ///< a quotient that somebody wants has no divisor
  NotFinite,    ///< what is not finite is stored where numbers must be finite
  PassedOn,     ///< what is not finite goes to other programs, raw: no error until one of them stores it
};
inline constexpr std::size_t kFaults = 3;
constexpr std::uint8_t bit_of(Fault fault) { return static_cast<std::uint8_t>(1u << static_cast<unsigned>(fault)); }

struct Finding {
  static constexpr std::uint32_t kNowhere = ~0u;
  std::uint32_t lane = kNowhere;
  std::uint32_t instr = 0;  ///< its place in the program's body; behind the last: a store
  kernels::Op op{};
  ir::ExprId origin{};  ///< of the op's first result
  ir::PlaneIx plane{};  ///< valid: nothing here made it, it was in this plane
  std::uint8_t arity = 0;
  std::array<double, kernels::kMaximumArity> operands{};

  bool found() const { return lane != kNowhere; }
  bool is_before(const Finding& other) const { return lane != other.lane ? lane < other.lane : instr < other.instr; }
};

}  // namespace oscilla::exec
