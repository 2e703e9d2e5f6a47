// The kernels around the ops (frame_kernels.hpp, reduce.hpp) for one ISA level.
#pragma once

#include "kernels/doubles.hpp"
#include "kernels/frame_kernels.hpp"
#include "kernels/interleave.hpp"
#include "kernels/order_loops.hpp"
#include "kernels/reduce.hpp"

namespace oscilla::kernels {

template <Isa isa>
Mask<isa> is_finite(Floats<isa> x) {
  return abs(x) < Floats<isa>(__builtin_inf());
}

template <Isa isa>
void fill(float* out, std::uint32_t bits, std::uint32_t lanes) {
  const Bits<isa> value = bits;
  const std::uint32_t padded = (lanes + kLanePadding - 1) / kLanePadding * kLanePadding;
  for (std::uint32_t lane = 0; lane < padded; lane += kWidth<isa>) value.store(out + lane);
}

/// A sum is finite only if all its terms are; where it is not, padding or overflow may be to blame, and every lane is
/// looked at. Four sums at a time, so that no addition waits for the one before.
template <Isa isa>
bool all_finite(const float* const* planes, std::uint32_t count, std::uint32_t lanes) {
  using F = Floats<isa>;
  constexpr std::uint32_t kStep = 4 * kWidth<isa>;
  F sums[4] = {0.0, 0.0, 0.0, 0.0};
  for (std::uint32_t plane = 0; plane < count; ++plane) {
    const float* at = planes[plane];
    std::uint32_t lane = 0;
    for (; lane + kStep <= lanes; lane += kStep) {
      for (unsigned k = 0; k < 4; ++k) sums[k] = sums[k] + F::load(at + lane + k * kWidth<isa>);
    }
    for (; lane < lanes; lane += kWidth<isa>) sums[0] = sums[0] + F::load(at + lane);
  }
  const F sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
  if (!any(!is_finite(sum))) return true;
  for (std::uint32_t plane = 0; plane < count; ++plane) {
    for (std::uint32_t lane = 0; lane < lanes; lane += kWidth<isa>) {
      const Mask<isa> counts = Bits<isa>::lane_numbers() + lane < Bits<isa>(lanes);
      if (any(counts & !is_finite(Floats<isa>::load(planes[plane] + lane)))) return false;
    }
  }
  return true;
}

template <Isa isa>
std::uint32_t copy_finite(const float* in, float* out, std::uint32_t lanes) {
  Bits<isa> replaced = 0u;
  for (std::uint32_t lane = 0; lane < lanes; lane += kWidth<isa>) {
    const Floats<isa> x = Floats<isa>::load(in + lane);
    const Mask<isa> finite = is_finite(x);
    const Mask<isa> counts = Bits<isa>::lane_numbers() + lane < Bits<isa>(lanes);
    replaced = replaced + select(counts & !finite, Bits<isa>(1u), Bits<isa>(0u));
    select(finite, x, Floats<isa>(0.0)).store(out + lane);
  }
  alignas(64) std::uint32_t counts[kWidth<isa>];
  replaced.store(counts);
  std::uint32_t sum = 0;
  for (const std::uint32_t n : counts) sum += n;
  return sum;
}

template <Isa isa>
bool store_state(const float* in, const float* previous, float* out, std::uint32_t lanes) {
  Bits<isa> moved = 0u, last = 0u;
  for (std::uint32_t lane = 0; lane < lanes; lane += kWidth<isa>) {
    const Floats<isa> x = Floats<isa>::load(in + lane);
    const Floats<isa> next = select(abs(x) < Floats<isa>(1e-30), Floats<isa>(0.0), x);
    moved = moved | last;
    last = raw(next) ^ Bits<isa>::load(previous + lane);
    next.store(out + lane);
  }
  const std::uint32_t counted = lanes % kWidth<isa>;  // of the last vector; 0: all
  const Mask<isa> counts = Bits<isa>::lane_numbers() < Bits<isa>(counted == 0 ? kWidth<isa> : counted);
  return any(!((moved | select(counts, last, Bits<isa>(0u))) == Bits<isa>(0u)));
}

template <Isa isa>
struct Projected {
  Floats<isa> x, y, depth, size;
  Mask<isa> visible;
};

template <Isa isa>
Mask<isa> inside_unit(Floats<isa> x) {
  return (x >= Floats<isa>(0.0)) & (x <= Floats<isa>(1.0));
}

template <Isa isa>
Floats<isa> orthographic_depth(const CameraUniforms& camera, Floats<isa> z) {
  using F = Floats<isa>;
  return (F(camera.far) - z) / (F(camera.far) - F(camera.near));
}

template <Isa isa>
Projected<isa> place_orthographic(const CameraUniforms& camera, Floats<isa> x, Floats<isa> y, Floats<isa> depth,
                                  Floats<isa> size) {
  using F = Floats<isa>;
  return {x * F(camera.scale_x) + F(camera.offset_x), y * F(camera.scale_y) + F(camera.offset_y), depth,
          size * F(camera.scale_x), inside_unit(depth)};
}

/// Lanes that are not visible become 0 throughout: behind the eye there is no place on the screen.
template <Isa isa>
Projected<isa> project_perspective(const CameraUniforms& camera, Floats<isa> x, Floats<isa> y, Floats<isa> z,
                                   Floats<isa> size) {
  using F = Floats<isa>;
  const auto along = [&](const float* row) { return ((F(row[0]) * x + F(row[1]) * y) + F(row[2]) * z) + F(row[3]); };
  const F distance = along(camera.forward);
  const F depth = (distance - F(camera.near)) / (F(camera.far) - F(camera.near));
  const F factor = F(0.5) / (distance * F(camera.tan_half_fov));
  const Mask<isa> visible = (distance > F(0.0)) & inside_unit(depth);
  const auto kept = [&](F value) { return select(visible, value, F(0.0)); };
  return {kept(along(camera.right) * factor + F(0.5)), kept(along(camera.up) * factor + F(0.5)), kept(depth),
          kept(size * factor), visible};
}

/// 0 for the far plane, the bits of 1 for the near one: floats of one sign are ordered as their bits are.
template <Isa isa>
Bits<isa> depth_key(Floats<isa> depth, Mask<isa> visible) {
  const Floats<isa> one_zero = depth + Floats<isa>(0.0);  // -0 becomes 0
  return select(visible, Bits<isa>(0x3f800000u) - raw(one_zero), Bits<isa>(kInvisibleKey));
}

/// Projects, makes keys, packs, and adds up what it reads, which is finite if the sums are. Seen straight from ahead,
/// what is equally far away has one depth and one key (`flat`), which is stored once.
template <Isa isa, bool perspective, bool streaming, bool flat>
[[gnu::flatten]] bool run_epilogue(const CameraUniforms& camera, const EpilogueBlock& block) {
  using F = Floats<isa>;
  [[maybe_unused]] F depth = 0.0;
  [[maybe_unused]] Bits<isa> key = 0u;
  F sums[4] = {0.0, 0.0, 0.0, 0.0};
  if constexpr (flat) {
    depth = orthographic_depth<isa>(camera, block.z ? F::load(block.z) : F(0.0));
    key = depth_key(depth, inside_unit(depth));
    for (std::uint32_t lane = 0; lane < kLanePadding; lane += kWidth<isa>) key.store(block.keys + lane);
  }
  for (std::uint32_t lane = 0; lane < block.lanes; lane += kWidth<isa>) {
    const F x = F::load(block.x + lane), y = F::load(block.y + lane), size = F::load(block.size + lane);
    Projected<isa> at;
    if constexpr (flat) {
      at = place_orthographic(camera, x, y, depth, size);
    } else {
      const F z = block.z ? F::load(block.z + lane) : F(0.0);
      sums[3] = sums[3] + z;
      if constexpr (perspective) {
        at = project_perspective(camera, x, y, z, size);
      } else {
        at = place_orthographic(camera, x, y, orthographic_depth<isa>(camera, z), size);
      }
      key = depth_key(at.depth, at.visible);
    }
    const F streams[8] = {at.x,
                          at.y,
                          at.depth,
                          at.size,
                          F::load(block.r + lane),
                          F::load(block.g + lane),
                          F::load(block.b + lane),
                          F::load(block.a + lane)};
    sums[0] = sums[0] + x;
    sums[1] = sums[1] + y;
    sums[2] = sums[2] + size;
    for (unsigned k = 0; k < 4; ++k) sums[k] = sums[k] + streams[4 + k];
    if constexpr (!flat) key.store(block.keys + lane);
    store_interleaved<streaming>(streams, block.core + 8 * lane);
  }
  return !any(!is_finite((sums[0] + sums[1]) + (sums[2] + sums[3])));
}

template <Isa isa, bool streaming>
bool epilogue_as(const CameraUniforms& camera, const EpilogueBlock& block) {
  if (camera.perspective) return run_epilogue<isa, true, streaming, false>(camera, block);
  return block.flat ? run_epilogue<isa, false, streaming, true>(camera, block)
                    : run_epilogue<isa, false, streaming, false>(camera, block);
}

template <Isa isa>
bool epilogue(const CameraUniforms& camera, const EpilogueBlock& block, bool streaming) {
  return streaming ? epilogue_as<isa, true>(camera, block) : epilogue_as<isa, false>(camera, block);
}

template <Isa isa, Reduction reduction, class D>
D reduced(D accumulator, D x) {
  if constexpr (reduction == Reduction::Sum) return accumulator + x;
  if constexpr (reduction == Reduction::Minimum) return min(x, accumulator);
  if constexpr (reduction == Reduction::Maximum) return max(x, accumulator);
}

template <Isa isa, Reduction reduction>
void accumulate_as(const float* in, std::uint32_t lanes, double* accumulators) {
  constexpr std::uint32_t kPieces = 16 / kWidth<isa>;
  Doubles<isa> totals[kPieces];
  for (std::uint32_t k = 0; k < kPieces; ++k) totals[k] = Doubles<isa>::load(accumulators + k * kWidth<isa>);
  std::uint32_t lane = 0;
  for (; lane + 16 <= lanes; lane += 16) {
    for (std::uint32_t k = 0; k < kPieces; ++k) {
      const Floats<isa> x = Floats<isa>::load(in + lane + k * kWidth<isa>);
      totals[k] = reduced<isa, reduction>(totals[k], widen(x));
    }
  }
  for (std::uint32_t k = 0; k < kPieces; ++k) totals[k].store(accumulators + k * kWidth<isa>);
  for (; lane < lanes; ++lane) {
    const double x = in[lane];
    double& total = accumulators[lane % 16];
    if constexpr (reduction == Reduction::Sum) total = total + x;
    if constexpr (reduction == Reduction::Minimum) total = x < total ? x : total;
    if constexpr (reduction == Reduction::Maximum) total = x > total ? x : total;
  }
}

template <Isa isa>
void accumulate(Reduction reduction, const float* in, std::uint32_t lanes, ReducePartial* partial) {
  switch (reduction) {
    case Reduction::Sum: return accumulate_as<isa, Reduction::Sum>(in, lanes, partial->accumulators);
    case Reduction::Minimum: return accumulate_as<isa, Reduction::Minimum>(in, lanes, partial->accumulators);
    case Reduction::Maximum: return accumulate_as<isa, Reduction::Maximum>(in, lanes, partial->accumulators);
  }
}

template <Isa isa>
constexpr FrameKernels frame_kernels_of() {
  return {&fill<isa>,
          &all_finite<isa>,
          &copy_finite<isa>,
          &store_state<isa>,
          &epilogue<isa>,
          &streaming_fence<isa>,
          {&is_ordered<isa>, &key_range<isa>, &list_visible<isa>}};
}

template <Isa isa>
constexpr ReduceKernels reduce_kernels_of() {
  return {&accumulate<isa>};
}

}  // namespace oscilla::kernels
