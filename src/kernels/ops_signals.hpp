// The ops that shape signals: oscillators, steps, lenses, easings, colour (ops.hpp).
#pragma once

#include "kernels/easing.hpp"
#include "kernels/ops_numbers.hpp"

namespace oscilla::kernels {

// ---- Shapes of signals ----

template <class F>
F evaluate(Is<Op::OscSin>, F phase) {
  return sin_cos_turns(phase).sine;
}

template <class F>
F evaluate(Is<Op::OscCos>, F phase) {
  return sin_cos_turns(phase).cosine;
}

template <class F>
F evaluate(Is<Op::OscTan>, F phase) {
  return tan_turns(phase);
}

template <class F>
F evaluate(Is<Op::Triangle>, F phase) {
  return abs(wrap(phase) - F(0.5)) * 4.0 - F(1.0);
}

template <class F>
F evaluate(Is<Op::Square>, F phase) {
  const F p = wrap(phase);
  return select(p < F(0.5), F(1.0), select(p == p, F(-1.0), p));
}

template <class F>
F evaluate(Is<Op::Sawtooth>, F phase) {
  return wrap(phase) * 2.0 - F(1.0);
}

template <class F>
F evaluate(Is<Op::Smoothstep>, F low, F high, F x) {
  const F u = clamp_unit((x - low) / (high - low));
  const F step = select(x < low, F(0.0), F(1.0));
  return select(low == high, step, u * u * (F(3.0) - u * 2.0));
}

template <class F>
F evaluate(Is<Op::Step>, F edge, F x) {
  return select(x < edge, F(0.0), F(1.0));
}

template <class F>
F evaluate(Is<Op::Scale>, F x, F factor) {
  return x * factor;
}

template <class F>
F evaluate(Is<Op::Offset>, F x, F amount) {
  return x + amount;
}

template <class F>
F evaluate(Is<Op::Range>, F x, F low, F high) {
  return low + (high - low) * x;
}

template <class F>
F evaluate(Is<Op::Invert>, F x) {
  return F(1.0) - x;
}

template <class F>
F evaluate(Is<Op::Quantise>, F x, F steps) {
  return select(steps == F(0.0), x, floor(x * steps) / steps);
}

// ---- Easings ----

template <class F>
F evaluate(Is<Op::EaseInQuad>, F t) {
  return ease_in<Quad>(t);
}

template <class F>
F evaluate(Is<Op::EaseOutQuad>, F t) {
  return ease_out<Quad>(t);
}

template <class F>
F evaluate(Is<Op::EaseInOutQuad>, F t) {
  return ease_in_out<Quad>(t);
}

template <class F>
F evaluate(Is<Op::EaseInCubic>, F t) {
  return ease_in<Cubic>(t);
}

template <class F>
F evaluate(Is<Op::EaseOutCubic>, F t) {
  return ease_out<Cubic>(t);
}

template <class F>
F evaluate(Is<Op::EaseInOutCubic>, F t) {
  return ease_in_out<Cubic>(t);
}

template <class F>
F evaluate(Is<Op::EaseInQuart>, F t) {
  return ease_in<Quart>(t);
}

template <class F>
F evaluate(Is<Op::EaseOutQuart>, F t) {
  return ease_out<Quart>(t);
}

template <class F>
F evaluate(Is<Op::EaseInOutQuart>, F t) {
  return ease_in_out<Quart>(t);
}

template <class F>
F evaluate(Is<Op::EaseInQuint>, F t) {
  return ease_in<Quint>(t);
}

template <class F>
F evaluate(Is<Op::EaseOutQuint>, F t) {
  return ease_out<Quint>(t);
}

template <class F>
F evaluate(Is<Op::EaseInOutQuint>, F t) {
  return ease_in_out<Quint>(t);
}

template <class F>
F evaluate(Is<Op::EaseInSine>, F t) {
  return ease_in<Sine>(t);
}

template <class F>
F evaluate(Is<Op::EaseOutSine>, F t) {
  return ease_out<Sine>(t);
}

template <class F>
F evaluate(Is<Op::EaseInOutSine>, F t) {
  return ease_in_out<Sine>(t);
}

template <class F>
F evaluate(Is<Op::EaseInExpo>, F t) {
  return ease_in<Expo>(t);
}

template <class F>
F evaluate(Is<Op::EaseOutExpo>, F t) {
  return ease_out<Expo>(t);
}

template <class F>
F evaluate(Is<Op::EaseInOutExpo>, F t) {
  return ease_in_out<Expo>(t);
}

template <class F>
F evaluate(Is<Op::EaseInCirc>, F t) {
  return ease_in<Circ>(t);
}

template <class F>
F evaluate(Is<Op::EaseOutCirc>, F t) {
  return ease_out<Circ>(t);
}

template <class F>
F evaluate(Is<Op::EaseInOutCirc>, F t) {
  return ease_in_out<Circ>(t);
}

template <class F>
F evaluate(Is<Op::EaseInBack>, F t) {
  return ease_in<Back>(t);
}

template <class F>
F evaluate(Is<Op::EaseOutBack>, F t) {
  return ease_out<Back>(t);
}

template <class F>
F evaluate(Is<Op::EaseInOutBack>, F t) {
  return ease_in_out<Back>(t);
}

template <class F>
F evaluate(Is<Op::EaseInElastic>, F t) {
  return ease_in<Elastic>(t);
}

template <class F>
F evaluate(Is<Op::EaseOutElastic>, F t) {
  return ease_out<Elastic>(t);
}

template <class F>
F evaluate(Is<Op::EaseInOutElastic>, F t) {
  return ease_in_out<Elastic>(t);
}

template <class F>
F evaluate(Is<Op::EaseInBounce>, F t) {
  return ease_in<Bounce>(t);
}

template <class F>
F evaluate(Is<Op::EaseOutBounce>, F t) {
  return ease_out<Bounce>(t);
}

template <class F>
F evaluate(Is<Op::EaseInOutBounce>, F t) {
  return ease_in_out<Bounce>(t);
}

// ---- Colour ----

template <class F>
Results<F, 3> evaluate(Is<Op::HsvToRgb>, F hue, F saturation, F value) {
  const F sixths = wrap(hue) * 6.0, v = clamp_unit(value), chroma = v * clamp_unit(saturation);
  const auto channel = [&](double n) {
    const F sum = sixths + F(n);
    const F k = select(sum < F(6.0), sum, sum - F(6.0));
    return v - chroma * max(min(min(k, F(4.0) - k), F(1.0)), F(0.0));
  };
  return {channel(5.0), channel(3.0), channel(1.0)};
}

template <class F>
Results<F, 3> evaluate(Is<Op::HsvSumToRgb>, F a, F b, F saturation, F value) {
  return evaluate(Is<Op::HsvToRgb>(), a + b, saturation, value);
}

template <class F>
Results<F, 3> evaluate(Is<Op::HsvWaveToRgb>, F a, F b, F c, F saturation, F value) {
  return evaluate(Is<Op::HsvToRgb>(), a * b + c, saturation, value);
}

}  // namespace oscilla::kernels
