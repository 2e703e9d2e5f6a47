// Where two frames part: the pass, the lane and the number.
#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <span>

#include <fmt/format.h>

#include "oscilla/replay.hpp"
#include "oscilla/session.hpp"

namespace oscilla {
namespace {

/// Arrays of so many numbers a lane, with names for them.
struct Array {
  std::span<const float> a, b;
  std::span<const char* const> names;
};

constexpr std::array<const char*, 8> kCore{"x", "y", "depth", "size", "red", "green", "blue", "alpha"};
constexpr std::array<const char*, 1> kRotation{"rotation"};
constexpr std::array<const char*, 2> kScale{"scale x", "scale y"};
constexpr std::array<const char*, 5> kStroke{"line width", "line red", "line green", "line blue", "line alpha"};

std::span<const float> floats_of(std::span<const InstanceCore> core) {
  return core.empty() ? std::span<const float>() : std::span(&core[0].x, core.size() * kCore.size());
}

/// The first place where they differ in their bits.
std::optional<std::size_t> mismatch(std::span<const float> a, std::span<const float> b) {
  const auto equal = [](float x, float y) {
    return std::bit_cast<std::uint32_t>(x) == std::bit_cast<std::uint32_t>(y);
  };
  const auto found = std::ranges::mismatch(a, b, equal);
  if (found.in1 == a.end() && found.in2 == b.end()) return std::nullopt;
  return static_cast<std::size_t>(found.in1 - a.begin());
}

std::string difference_in(const Pass& a, const Pass& b) {
  const Instances &left = a.instances, &right = b.instances;
  if (left.count != right.count) return fmt::format("pass {}: {} and {} lanes", a.name, left.count, right.count);
  const Array arrays[] = {{floats_of(left.core), floats_of(right.core), kCore},
                          {left.rotation, right.rotation, kRotation},
                          {left.scale, right.scale, kScale},
                          {left.stroke, right.stroke, kStroke}};
  std::optional<std::size_t> lane;
  std::string text;
  for (const Array& array : arrays) {
    if (array.a.size() != array.b.size()) return fmt::format("pass {}: other arrays", a.name);
    const auto at = mismatch(array.a, array.b);
    if (!at || (lane && *lane <= *at / array.names.size())) continue;
    lane = *at / array.names.size();
    text = fmt::format("pass {}, lane {}, {}: {} and {}", a.name, *lane, array.names[*at % array.names.size()],
                       array.a[*at], array.b[*at]);
  }
  if (!text.empty()) return text;
  if (!std::ranges::equal(left.shape, right.shape)) return fmt::format("pass {}: the figures of its lanes", a.name);
  if (!std::ranges::equal(left.order, right.order)) return fmt::format("pass {}: the order of its lanes", a.name);
  return {};
}

}  // namespace

std::string first_difference(const RenderFrame& a, const RenderFrame& b) {
  if (a.passes.size() != b.passes.size()) return fmt::format("{} and {} passes", a.passes.size(), b.passes.size());
  for (std::size_t p = 0; p < a.passes.size(); ++p)
    if (std::string text = difference_in(a.passes[p], b.passes[p]); !text.empty()) return text;
  if (frame_digest(a) == frame_digest(b)) return {};
  return "its time, canvas, background, figures, styles or layers";
}

}  // namespace oscilla
