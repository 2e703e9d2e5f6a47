// Kernels around the ops: what brings values into and out of a block, projects them, and finds the drawing order.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/kernel_table.hpp"

namespace oscilla::kernels {

/// A camera as the numbers that a block needs; computed once a tick in 64 bits, narrowed once.
///
/// Orthographic: screen = x * scale + offset per axis, size * scale, depth = (far - z) / (far - near), visible iff
/// depth is in 0..1.
///
/// Perspective: the rows give view x, y and the distance w, each row . (p, 1); with factor = 0.5 / (w * tan_half_fov):
/// screen = 0.5 + view * factor, size * factor, depth = (w - near) / (far - near), visible iff w > 0 and depth is in
/// 0..1; what is not visible has place, depth and size 0.
struct CameraUniforms {
  bool perspective = false;
  float scale_x = 1, scale_y = 1, offset_x = 0, offset_y = 0;
  float near = -100, far = 100;
  float right[4] = {}, up[4] = {}, forward[4] = {};
  float tan_half_fov = 1;
  bool operator==(const CameraUniforms&) const = default;
};

/// The planes of one block that make instances; every pointer is aligned and padded. z may be null (0).
struct EpilogueBlock {
  const float* x;
  const float* y;
  const float* z;
  const float* size;
  const float* r;
  const float* g;
  const float* b;
  const float* a;
  float* core;          ///< 8 floats a lane, InstanceCore's order
  std::uint32_t* keys;  ///< ascending = far to near; kInvisibleKey where the lane is not drawn
  std::uint32_t lanes;
  bool flat = false;  ///< z is the same number in all lanes; without perspective the first 16 get their key, no others
};
inline constexpr std::uint32_t kInvisibleKey = 0xffffffffu;

/// What the keys that are not kInvisibleKey span; least > greatest where there is none.
struct KeyRange {
  std::uint32_t visible = 0;
  std::uint32_t least = kInvisibleKey;
  std::uint32_t greatest = 0;
};

/// Over aligned keys. None of them writes anything but what it says.
struct OrderKernels {
  /// True iff the visible keys never descend; *visible is then how many there are.
  bool (*is_ordered)(const std::uint32_t* keys, std::uint32_t lanes, std::uint32_t* visible);
  KeyRange (*key_range)(const std::uint32_t* keys, std::uint32_t lanes);
  /// The visible lanes in their order; `order` has room for `lanes` and the padding.
  void (*list_visible)(const std::uint32_t* keys, std::uint32_t lanes, std::uint32_t* order);
};

struct FrameKernels {
  /// out[i] = bits for all lanes up to the padding.
  void (*fill)(float* out, std::uint32_t bits, std::uint32_t lanes);
  /// True iff the first `lanes` values of each plane are finite: one sum over all, an exact look only where it is not.
  bool (*all_finite)(const float* const* planes, std::uint32_t count, std::uint32_t lanes);
  /// out[i] = finite(in[i]) ? in[i] : 0; in and out may be the same. Returns how many of the first `lanes` were
  /// replaced.
  std::uint32_t (*copy_finite)(const float* in, float* out, std::uint32_t lanes);
  /// out[i] = |in[i]| < 1e-30 ? 0 : in[i]: what enters state, so that no feedback creeps through the subnormals. `out`
  /// may be `in` or `previous`. True iff one of the first `lanes` is not to the bit what it is in `previous`.
  bool (*store_state)(const float* in, const float* previous, float* out, std::uint32_t lanes);
  /// Projects, makes keys and packs one block; `streaming` uses non-temporal stores for `core` (same bytes), after
  /// which other threads see it once finish_streaming() is through. True only if all that it reads is finite; where it
  /// is false, all_finite() knows.
  bool (*epilogue)(const CameraUniforms& camera, const EpilogueBlock& block, bool streaming);
  void (*finish_streaming)();
  OrderKernels order;
};

const FrameKernels& frame_kernels(Isa isa);

/// Memory that sorting needs for each lane.
inline constexpr std::size_t kSortScratchBytes = 16;

/// The visible lanes, ascending by key, ties by lane, into `order` (room for `lanes`); returns how many. Stable radix
/// sort from the least digit, over the range of keys that occurs (Knuth, TAOCP 3, 5.2.5). `scratch` has
/// kSortScratchBytes a lane, aligned for 64-bit numbers. Only order[0 .. result) counts afterwards.
std::uint32_t sort_by_key(const OrderKernels& kernels, const std::uint32_t* keys, std::uint32_t lanes,
                          std::uint32_t* order, std::byte* scratch);

}  // namespace oscilla::kernels
