// How a picture is made of what is computed: styles, fills and layers whose numbers are X, expressions while a patch is
// lowered, slots in a program. What they mean is what the same things of a frame mean (oscilla/frame.hpp).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/ids.hpp"
#include "ir/glide.hpp"
#include "oscilla/frame.hpp"

namespace oscilla::ir {

using ShapeIx = Id<struct ShapeTag>;

template <class X>
struct StopOf {
  X at{};
  std::array<X, 4> color{};
};

template <class X>
struct FillOf {
  Paint paint = Paint::Solid;
  std::array<X, 4> place{};  ///< of a gradient; else invalid
  std::vector<StopOf<X>> stops = {};
};

template <class X>
struct StyleOf {
  FillOf<X> fill = {};
  FillRule rule = FillRule::NonZero;
  LineJoin join = LineJoin::Miter;
  LineCap cap = LineCap::Butt;
  std::vector<X> dashes = {};
  X dash_offset{};  ///< invalid: 0
};

/// What is under everything: a colour, or what `fill` says.
template <class X>
struct BackgroundOf {
  std::array<X, 4> color{};
  FillOf<X> fill = {};
  GlideSetting glide = {};
  std::string name = {};  ///< full name of its block
};

template <class X>
struct LayerOf {
  std::int32_t layer = 0;
  Blend blend = Blend::Normal;
  X opacity{};
  ShapeIx clip = {};         ///< invalid: it is not cut out
  std::array<X, 4> place{};  ///< of the clip: x, y, size, rotation; else invalid
  GlideSetting glide = {};
};

/// Calls f(x) for every number; the invalid ones too.
template <class X, class F>
void each_number(const FillOf<X>& fill, F f) {
  for (const X x : fill.place) f(x);
  for (const StopOf<X>& stop : fill.stops) {
    f(stop.at);
    for (const X x : stop.color) f(x);
  }
}
template <class X, class F>
void each_number(const StyleOf<X>& style, F f) {
  each_number(style.fill, f);
  for (const X x : style.dashes) f(x);
  f(style.dash_offset);
}
template <class X, class F>
void each_number(const BackgroundOf<X>& background, F f) {
  for (const X x : background.color) f(x);
  each_number(background.fill, f);
}
template <class X, class F>
void each_number(const LayerOf<X>& layer, F f) {
  f(layer.opacity);
  for (const X x : layer.place) f(x);
}

/// The same with Y for every number: f(x).
template <class Y, class X, class F>
FillOf<Y> mapped(const FillOf<X>& from, F f) {
  FillOf<Y> to{.paint = from.paint};
  for (std::size_t i = 0; i < to.place.size(); ++i) to.place[i] = f(from.place[i]);
  for (const StopOf<X>& stop : from.stops) {
    StopOf<Y>& made = to.stops.emplace_back();
    made.at = f(stop.at);
    for (std::size_t i = 0; i < made.color.size(); ++i) made.color[i] = f(stop.color[i]);
  }
  return to;
}
template <class Y, class X, class F>
StyleOf<Y> mapped(const StyleOf<X>& from, F f) {
  StyleOf<Y> to{.fill = mapped<Y>(from.fill, f), .rule = from.rule, .join = from.join, .cap = from.cap};
  for (const X x : from.dashes) to.dashes.push_back(f(x));
  to.dash_offset = f(from.dash_offset);
  return to;
}
template <class Y, class X, class F>
BackgroundOf<Y> mapped(const BackgroundOf<X>& from, F f) {
  BackgroundOf<Y> to{.fill = mapped<Y>(from.fill, f), .glide = from.glide, .name = from.name};
  for (std::size_t i = 0; i < to.color.size(); ++i) to.color[i] = f(from.color[i]);
  return to;
}
template <class Y, class X, class F>
LayerOf<Y> mapped(const LayerOf<X>& from, F f) {
  LayerOf<Y> to{.layer = from.layer, .blend = from.blend, .opacity = f(from.opacity), .clip = from.clip};
  to.glide = from.glide;
  for (std::size_t i = 0; i < to.place.size(); ++i) to.place[i] = f(from.place[i]);
  return to;
}

}  // namespace oscilla::ir
