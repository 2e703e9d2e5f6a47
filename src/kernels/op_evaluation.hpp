// What the functions behind the rows of the op table have in common (ops.hpp).
#pragma once

#include "kernels/op_table.hpp"

namespace oscilla::kernels {

/// Names an op in an overload.
template <Op op>
struct Is {};

template <class F, unsigned count>
struct Results {
  F values[count];
};

inline constexpr Purity kOpPurity[] = {
#define OSCILLA_OP(id, name, layer, results, arity, payload, unit, purity, ...) Purity::purity,
#include "kernels/op_table.def"
#undef OSCILLA_OP
};

/// Which argument raises division_by_zero where it is 0; none: -1.
template <Op op>
inline constexpr int kDivisorArgument = kOpPurity[static_cast<unsigned>(op)] == Purity::Divides ? 1 : -1;

template <class F>
F as_number(typename F::LaneMask mask) {
  return select(mask, F(1.0), F(0.0));
}
template <class F>
typename F::LaneMask is_true(F x) {
  return x != F(0.0);
}

}  // namespace oscilla::kernels
