// The ops on plain numbers: arithmetic, comparison, logic, and the parts of a number (ops.hpp).
#pragma once

#include "kernels/lanes.hpp"
#include "kernels/number64.hpp"
#include "kernels/op_evaluation.hpp"

namespace oscilla::kernels {

// ---- Arithmetic, comparison, logic ----

template <class F>
F evaluate(Is<Op::Add>, F a, F b) {
  return a + b;
}

template <class F>
F evaluate(Is<Op::Subtract>, F a, F b) {
  return a - b;
}

template <class F>
F evaluate(Is<Op::Multiply>, F a, F b) {
  return a * b;
}

template <class F>
F evaluate(Is<Op::Divide>, F a, F b) {
  return select(b == F(0.0), F(0.0), a / b);
}

template <class F>
F evaluate(Is<Op::Modulo>, F a, F b) {
  F rest = a - b * floor(a / b);
  // where the quotient was rounded over a whole number, the rest is one b off
  rest = select((rest < F(0.0)) & (b > F(0.0)), rest + b, rest);
  rest = select((rest > F(0.0)) & (b < F(0.0)), rest + b, rest);
  rest = select(abs(rest) >= abs(b), rest - b, rest);
  return select(b == F(0.0), F(0.0), rest);
}

template <class F>
F evaluate(Is<Op::Negate>, F a) {
  return -a;
}

template <class F>
F evaluate(Is<Op::Less>, F a, F b) {
  return as_number<F>(a < b);
}

template <class F>
F evaluate(Is<Op::LessEqual>, F a, F b) {
  return as_number<F>(a <= b);
}

template <class F>
F evaluate(Is<Op::Equal>, F a, F b) {
  return as_number<F>(a == b);
}

template <class F>
F evaluate(Is<Op::NotEqual>, F a, F b) {
  return as_number<F>(a != b);
}

template <class F>
F evaluate(Is<Op::And>, F a, F b) {
  return as_number<F>(is_true(a) & is_true(b));
}

template <class F>
F evaluate(Is<Op::Or>, F a, F b) {
  return as_number<F>(is_true(a) | is_true(b));
}

template <class F>
F evaluate(Is<Op::Not>, F a) {
  return as_number<F>(a == F(0.0));
}

template <class F>
F evaluate(Is<Op::Select>, F condition, F a, F b) {
  return select(is_true(condition), a, b);
}

// ---- Parts of numbers ----

template <class F>
F evaluate(Is<Op::Abs>, F x) {
  return abs(x);
}

template <class F>
F evaluate(Is<Op::Sign>, F x) {
  return select(x > F(0.0), F(1.0), select(x < F(0.0), F(-1.0), x));
}

template <class F>
F evaluate(Is<Op::Floor>, F x) {
  return floor(x);
}

template <class F>
F evaluate(Is<Op::Ceil>, F x) {
  return -floor(-x);
}

template <class F>
F evaluate(Is<Op::Round>, F x) {
  return floor(x + F(0.5));
}

/// The fractional part, below 1: of a tiny negative x the difference rounds to 1, and counts as 0.
template <class F>
F wrap(F x) {
  const F fraction = x - floor(x);
  return select(fraction >= F(1.0), F(0.0), fraction);
}

template <class F>
F evaluate(Is<Op::Fract>, F x) {
  return wrap(x);
}

template <class F>
F evaluate(Is<Op::Wrap>, F x) {
  return wrap(x);
}

template <class F>
F evaluate(Is<Op::Min>, F a, F b) {
  return min(a, b);
}

template <class F>
F evaluate(Is<Op::Max>, F a, F b) {
  return max(a, b);
}

template <class F>
F evaluate(Is<Op::Clamp>, F x, F low, F high) {
  return max(low, min(high, x));
}

template <class F>
F evaluate(Is<Op::Mix>, F a, F b, F t) {
  return a + (b - a) * t;
}

template <class F>
F evaluate(Is<Op::MulAdd>, F a, F b, F c) {
  return a * b + c;
}

template <class F>
F evaluate(Is<Op::MultiplyMulAdd>, F a, F b, F c, F d) {
  return (a * b) * c + d;
}

template <class F>
F evaluate(Is<Op::MulSubtract>, F a, F b, F c) {
  return a * b - c;
}

template <class F>
F evaluate(Is<Op::AddThree>, F a, F b, F c) {
  return (a + b) + c;
}

template <class F>
F evaluate(Is<Op::AddFive>, F a, F b, F c, F d, F e) {
  return (((a + b) + c) + d) + e;
}

template <class F>
F evaluate(Is<Op::MultiplyThree>, F a, F b, F c) {
  return (a * b) * c;
}

}  // namespace oscilla::kernels
