// What the generated loops (bench/fuse.cpp) are written in: the guards that the engine has too, and where results go.
// Everything is the kernels' own templates, so arithmetic, accuracy and compiler flags are the same.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "contenders.hpp"
#include "kernels/block_kernels.hpp"
#include "kernels/frame_loops.hpp"

namespace oscilla::bench {

using namespace kernels;

/// The engine's detection: a sum over what is stored, and whether a lane that counts was divided by zero.
template <Isa isa>
struct Detecting {
  FusedBlock in;
  Floats<isa> sum = 0.0;
  Bits<isa> zero_divisors = 0u;

  explicit Detecting(const FusedBlock& block) : in(block) {}
  template <Op op, class... Args>
  void before([[maybe_unused]] std::uint32_t lane, Args... args) {
    if constexpr (kDivisorArgument<op> >= 0) {
      const Floats<isa> list[] = {args...};
      const Mask<isa> counts = Bits<isa>::lane_numbers() + lane < Bits<isa>(in.lanes);
      const Mask<isa> is_zero = list[kDivisorArgument<op>] == Floats<isa>(0.0);
      zero_divisors = zero_divisors | select(is_zero & counts, Bits<isa>(1u), Bits<isa>(0u));
    }
  }
  void stored(Floats<isa> value) { sum = sum + value; }
  void finish() const {
    if (any(!is_finite(sum))) *in.non_finite = 1;
    if (any(!(zero_divisors == Bits<isa>(0u)))) *in.zero_divisor = 1;
  }
};

template <Isa isa>
struct Unguarded {
  explicit Unguarded(const FusedBlock&) {}
  template <Op op, class... Args>
  void before(std::uint32_t, Args...) {}
  void stored(Floats<isa>) {}
  void finish() const {}
};

/// Into small arrays, one a role; states stay as they are: what Mode::Evaluate does.
template <Isa isa>
struct IntoPlanes {
  std::array<float*, ir::kRoles> planes;
  explicit IntoPlanes(float* const* targets) { std::copy_n(targets, ir::kRoles, planes.begin()); }
  void plane(std::uint32_t lane, unsigned role, Floats<isa> value) const { value.store(planes[role] + lane); }
  void state(std::uint32_t, float*, Floats<isa>) const {}
  template <class... Values>
  void instance(std::uint32_t, Values...) const {}
};

/// The same, and the states move on.
template <Isa isa>
struct IntoPlanesAndStates : IntoPlanes<isa> {
  using IntoPlanes<isa>::IntoPlanes;
  void state(std::uint32_t lane, float* plane, Floats<isa> value) const {
    select(abs(value) < Floats<isa>(1e-30), Floats<isa>(0.0), value).store(plane + lane);
  }
};

/// Projected and packed at once; `flat`: all are equally far away and share the first key.
template <Isa isa, bool streaming, bool flat>
struct IntoFrame {
  CameraUniforms camera;
  float* core;
  std::uint32_t* keys;
  void plane(std::uint32_t, unsigned, Floats<isa>) const {}
  void state(std::uint32_t lane, float* plane, Floats<isa> value) const {
    select(abs(value) < Floats<isa>(1e-30), Floats<isa>(0.0), value).store(plane + lane);
  }
  void instance(std::uint32_t lane, Floats<isa> x, Floats<isa> y, Floats<isa> z, Floats<isa> size, Floats<isa> r,
                Floats<isa> g, Floats<isa> b, Floats<isa> a) const {
    const Projected<isa> at = place_orthographic(camera, x, y, orthographic_depth<isa>(camera, z), size);
    const Floats<isa> streams[8] = {at.x, at.y, at.depth, at.size, r, g, b, a};
    if (!flat || lane == 0) depth_key(at.depth, at.visible).store(keys + lane);
    store_interleaved<streaming>(streams, core + 8 * lane);
  }
};

/// The ways to write one frame's block by hand.
template <class Code, Isa isa, std::size_t way>
void evaluate_block(const FusedBlock& in, bool guarded) {
  const IntoPlanes<isa> take(in.targets);
  guarded ? Code::template run<isa, Detecting<isa>, way>(in, take)
          : Code::template run<isa, Unguarded<isa>, way>(in, take);
}

template <class Code, Isa isa, bool streaming>
void frame_block_at_once(const FusedBlock& in, const CameraUniforms& camera, float* core, std::uint32_t* keys,
                         bool guarded) {
  const IntoFrame<isa, streaming, Code::kFlat> take{camera, core, keys};
  guarded ? Code::template run<isa, Detecting<isa>, 0>(in, take) : Code::template run<isa, Unguarded<isa>, 0>(in, take);
}

template <class Code, Isa isa, std::size_t way>
void frame_block_in_two(const FusedBlock& in, const EpilogueBlock& epilogue, const CameraUniforms& camera,
                        bool streaming, bool guarded) {
  const IntoPlanesAndStates<isa> take(in.targets);
  guarded ? Code::template run<isa, Detecting<isa>, way>(in, take)
          : Code::template run<isa, Unguarded<isa>, way>(in, take);
  streaming ? epilogue_as<isa, true>(camera, epilogue) : epilogue_as<isa, false>(camera, epilogue);
}

template <class Code, Isa isa, std::size_t... ways>
constexpr FusedCode fused_code(std::index_sequence<ways...>) {
  return {.ways = Code::kWays,
          .places = Code::kPlaces,
          .evaluate = {&evaluate_block<Code, isa, ways>...},
          .at_once = {&frame_block_at_once<Code, isa, false>, &frame_block_at_once<Code, isa, true>},
          .in_two = {&frame_block_in_two<Code, isa, ways>...}};
}

template <class Code, Isa isa>
constexpr FusedCode fused_code() {
  return fused_code<Code, isa>(std::make_index_sequence<Code::kWays>());
}

}  // namespace oscilla::bench
