// The ops that are functions: roots, powers, trigonometry; placement and randomness (ops.hpp).
#pragma once

#include "kernels/angles.hpp"
#include "kernels/noise.hpp"
#include "kernels/op_evaluation.hpp"
#include "kernels/placement.hpp"

namespace oscilla::kernels {

// ---- Roots, powers, trigonometry ----

template <class F>
F evaluate(Is<Op::Sqrt>, F x) {
  return sqrt(x);
}

template <class F>
F evaluate(Is<Op::Exp>, F x) {
  return exp(x);
}

template <class F>
F evaluate(Is<Op::Exp2>, F x) {
  return exp2(x);
}

template <class F>
F evaluate(Is<Op::Log>, F x) {
  return log(x);
}

template <class F>
F evaluate(Is<Op::Log2>, F x) {
  return log2(x);
}

template <class F>
F evaluate(Is<Op::Asin>, F x) {
  return asin(x);
}

template <class F>
F evaluate(Is<Op::Acos>, F x) {
  return acos(x);
}

template <class F>
F evaluate(Is<Op::Atan>, F x) {
  return atan(x);
}

template <class F>
F evaluate(Is<Op::Hypot>, F x, F y) {
  return hypot(x, y);
}

template <class F>
F evaluate(Is<Op::Pow>, F x, F y) {
  return pow(x, y);
}

template <class F>
F evaluate(Is<Op::Atan2>, F y, F x) {
  return atan2(y, x);
}

template <class F>
F evaluate(Is<Op::Sin>, F x) {
  return sin_cos(x).sine;
}

template <class F>
F evaluate(Is<Op::Cos>, F x) {
  return sin_cos(x).cosine;
}

template <class F>
F evaluate(Is<Op::Tan>, F x) {
  return tan(x);
}

template <class F>
Results<F, 2> evaluate(Is<Op::SinCos>, F x) {
  const auto both = sin_cos(x);
  return {both.sine, both.cosine};
}

template <class F>
F evaluate(Is<Op::SinTurns>, F x) {
  return sin_cos_turns(x).sine;
}

template <class F>
F evaluate(Is<Op::CosTurns>, F x) {
  return sin_cos_turns(x).cosine;
}

template <class F>
Results<F, 2> evaluate(Is<Op::SinCosTurns>, F x) {
  const auto both = sin_cos_turns(x);
  return {both.sine, both.cosine};
}

template <class F>
F evaluate(Is<Op::SinTurnsMulAdd>, F x, F a, F b) {
  return sin_cos_turns(x).sine * a + b;
}

template <class F>
F evaluate(Is<Op::SinTurnsWave>, F a, F b, F c, F d, F e) {
  return sin_cos_turns(a * b + c).sine * d + e;
}

template <class F>
Results<F, 2> evaluate(Is<Op::SinCosMulAdd>, F x, F r, F a, F b) {
  const auto both = sin_cos(x);
  return {both.sine * r + a, both.cosine * r + b};
}

template <class F>
Results<F, 2> evaluate(Is<Op::SinCosTurnsMulAdd>, F x, F r, F a, F b) {
  const auto both = sin_cos_turns(x);
  return {both.sine * r + a, both.cosine * r + b};
}

// ---- Placement, randomness (what needs the lane's number is in the loops) ----

template <class F>
F evaluate(Is<Op::Halton2>, F index) {
  return hash_unit(reverse_bits(whole_bits(index)), index);
}

template <class F>
F evaluate(Is<Op::Halton3>, F index) {
  return halton3(index);
}

template <class F>
F evaluate(Is<Op::HashBegin>, F seed) {
  return F::of_raw(avalanche(raw(seed)));
}

template <class F>
F evaluate(Is<Op::HashMix>, F hash, F key) {
  return F::of_raw(hash_mix(raw(hash), key));
}

template <class F>
F evaluate(Is<Op::HashUnit>, F hash) {
  return hash_unit(raw(hash), hash);
}

template <class F>
F evaluate(Is<Op::HashMixUnit>, F hash, F key) {
  return hash_unit(hash_mix(raw(hash), key), hash);
}

template <class F>
F evaluate(Is<Op::HashMixScale>, F hash, F key, F c, F d) {
  return hash_unit(hash_mix(raw(hash), key), hash) * c - d;
}

template <class F>
F evaluate(Is<Op::HashMixOffset>, F hash, F key, F c, F d, F e, F f) {
  return (hash_unit(hash_mix(raw(hash), key), hash) * c - d) * e + f;
}

template <class F>
F evaluate(Is<Op::HashKey>, F number) {
  return F::of_raw(hash_key(number));
}

template <class F>
F evaluate(Is<Op::HashRound>, F hash, F key) {
  return F::of_raw(avalanche(raw(hash) ^ raw(key)));
}

template <class F>
F evaluate(Is<Op::HashRoundUnit>, F hash, F key) {
  return hash_unit(avalanche(raw(hash) ^ raw(key)), hash);
}

template <class F>
F evaluate(Is<Op::HashRoundScale>, F hash, F key, F c, F d) {
  return evaluate(Is<Op::HashRoundUnit>(), hash, key) * c - d;
}

template <class F>
F evaluate(Is<Op::HashRoundOffset>, F hash, F key, F c, F d, F e, F f) {
  return evaluate(Is<Op::HashRoundScale>(), hash, key, c, d) * e + f;
}

template <class F>
F evaluate(Is<Op::Noise1>, F seed, F x) {
  return noise1(raw(seed), x);
}

template <class F>
F evaluate(Is<Op::Noise2>, F seed, F x, F y) {
  return noise2(raw(seed), x, y);
}

template <class F>
F evaluate(Is<Op::Noise3>, F seed, F x, F y, F z) {
  return noise3(raw(seed), x, y, z);
}

}  // namespace oscilla::kernels
