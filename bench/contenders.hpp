// Who runs: the engine's own evaluation, loops written by hand (generated, bench/fuse.cpp), and a port that makes one
// pass and one vector per operation. All compute the same field program of the same scene at the same time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/buffer.hpp"
#include "exec/run_fields.hpp"
#include "kernels/frame_kernels.hpp"
#include "oscilla/frame.hpp"
#include "render/order.hpp"
#include "runtime/cache_store.hpp"
#include "runtime/clock.hpp"
#include "runtime/program_state.hpp"
#include "scene.hpp"

namespace oscilla::bench {

inline constexpr std::size_t kMostWays = 6;

/// What a generated loop reads and writes, for one block of lanes.
struct FusedBlock {
  const std::uint32_t* uniforms;
  float* const* memory;   ///< planes, at this block
  float* const* places;   ///< small arrays for what passes from loop to loop
  float* const* targets;  ///< small arrays, one a role
  std::uint32_t first_lane;
  std::uint32_t lanes;
  std::uint32_t* non_finite;
  std::uint32_t* zero_divisor;
};

/// One scene's generated loops for one instruction set.
struct FusedCode {
  std::size_t ways = 0;    ///< one loop, then cut into more and more
  std::size_t places = 0;  ///< small arrays that the worst of them needs
  std::array<void (*)(const FusedBlock&, bool guarded), kMostWays> evaluate{};
  /// Evaluation, projection and packing in one loop; [1] with streaming stores.
  std::array<
      void (*)(const FusedBlock&, const kernels::CameraUniforms&, float* core, std::uint32_t* keys, bool guarded), 2>
      at_once{};
  /// Evaluation as above, then projection and packing in a loop of their own.
  std::array<void (*)(const FusedBlock&, const kernels::EpilogueBlock&, const kernels::CameraUniforms&, bool streaming,
                      bool guarded),
             kMostWays>
      in_two{};
};

/// By name of the scene.
struct FusedScenes {
  FusedCode thirty, thirty_depth, three_hundred;
  kernels::BlockKernel index_divide = nullptr;  ///< the engine's, without looking for zero divisors
};
const FusedScenes& fused_scenes(kernels::Isa isa);

/// A running program of which one tick's field program can be run again, by itself or by another contender.
class Stage {
 public:
  Stage(const Scene& scene, kernels::Isa isa);

  /// One whole tick, a frame later than the last. planes_before and uniforms are then what its fields were given.
  const RenderFrame& tick();
  /// The fields of the last tick once more, without storing anything: Mode::Evaluate, one thread. `guarded` off:
  /// without looking for non-finite values.
  void evaluate(bool guarded);

  const Scene& scene;
  kernels::Isa isa;
  runtime::ProgramState state;
  std::vector<std::uint32_t> uniforms;              ///< by Operands::uniforms
  std::vector<AlignedBuffer<float>> planes_before;  ///< by Operands::memory

 private:
  void keep_memory();
  void take_uniforms();
  std::uint32_t narrowed(const ir::Operand& operand) const;

  runtime::CacheStore caches_;
  runtime::Clock clock_;
  std::vector<exec::BlockProgram> unguarded_;
};

/// The generated loops over all lanes, in blocks as the engine's.
class HandWritten {
 public:
  HandWritten(const Stage& stage, const FusedCode& code);

  /// Into small arrays, block upon block.
  void evaluate(std::size_t way, bool guarded);
  /// A frame: instances, keys, drawing order, as the engine leaves them; two buffers in turn, as a frame outlives the
  /// tick after it. `way` 0: one loop does it all; k + 1: evaluation in the k-th way, then projection and packing.
  void frame(std::size_t way, bool guarded);

  std::span<const InstanceCore> core() const;
  std::span<const std::uint32_t> order() const;  ///< empty: as they lie
  std::uint32_t visible() const { return order_.visible; }

 private:
  struct Buffers {
    AlignedBuffer<float> core;
    AlignedBuffer<std::uint32_t> order;
  };
  FusedBlock block_at(std::uint32_t lane);
  void finish_block(bool guarded, std::uint32_t lane);

  const Stage& stage_;
  const FusedCode& code_;
  std::vector<AlignedBuffer<float>> planes_;
  AlignedBuffer<float> small_;
  std::vector<float*> memory_, places_, targets_;
  std::array<Buffers, 2> buffers_;
  std::size_t turn_ = 0;
  AlignedBuffer<std::uint32_t> keys_;
  AlignedBuffer<std::byte> scratch_;
  render::DrawingOrder order_;
  std::uint32_t non_finite_ = 0, zero_divisor_ = 0;
  bool flat_ = false;  // all lanes are equally far away
};

/// What somebody writes who wants it to work: a loop and a new vector for every operation of every frame, the standard
/// library's mathematics, std::stable_sort of all visible lanes by depth. -O2.
class Naive {
 public:
  explicit Naive(const Stage& stage);

  void evaluate(bool guarded);
  void frame(bool guarded);

  std::span<const InstanceCore> core() const { return core_; }
  std::span<const std::uint32_t> order() const { return order_; }

 private:
  using Values = std::vector<float>;
  /// A field, or one number for all lanes.
  struct Argument {
    const float* values;
    std::size_t step;
    float operator[](std::size_t lane) const { return values[lane * step]; }
  };
  Argument argument(const ir::Operand& operand) const;
  void run(const ir::FieldInstr& instr);

  const Stage& stage_;
  Values uniforms_;
  std::vector<Values> memory_;
  std::vector<Values> values_;
  std::array<Values, ir::kRoles> targets_;
  std::vector<InstanceCore> core_;
  std::vector<std::uint32_t> order_;
};

}  // namespace oscilla::bench
