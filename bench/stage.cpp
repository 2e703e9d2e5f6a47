#include <algorithm>

#include "contenders.hpp"
#include "live/compiled_patch.hpp"
#include "render/camera.hpp"
#include "runtime/prepare.hpp"
#include "runtime/schedule.hpp"

namespace oscilla::bench {
namespace {

constexpr double kFrameMs = 1000.0 / 60;

}  // namespace

Stage::Stage(const Scene& from, kernels::Isa level) : scene(from), isa(level) {
  runtime::RunOptions options;
  options.isa = level;
  state = runtime::make_program_state(from.program().compiled().program, options);
  runtime::prepare(state, caches_, options.runner);
  clock_.periods_ms = {from.compiled().period_a_ms, from.compiled().period_b_ms};
  for (int tick = 0; tick < 3; ++tick) this->tick();
  unguarded_ = state.blocks;
  for (exec::BlockProgram& block : unguarded_) {
    block.checked.clear();
    for (std::size_t i = 0; i < block.ops.size(); ++i)  // the one division that a scene has
      if (block.ops[i].op == kernels::Op::IndexDivide) block.instrs[i].run = fused_scenes(level).index_divide;
  }
}

const RenderFrame& Stage::tick() {
  keep_memory();
  runtime::advance(clock_, kFrameMs * static_cast<double>(clock_.tick + 1));
  runtime::run_schedule(state, clock_, nullptr);
  take_uniforms();
  return state.frames[static_cast<std::size_t>(clock_.tick) % runtime::kFrameBuffers].frame;
}

/// What the next tick will read: the planes as they are before it.
void Stage::keep_memory() {
  const std::size_t stride = exec::padded_lanes(scene.lanes());
  planes_before.clear();
  for (const ir::Operand& operand : scene.operands().memory()) {
    const float* plane = operand.source == ir::Source::State
                             ? state.state_planes[operand.index] + operand.component * stride
                             : state.planes[operand.index];
    AlignedBuffer<float> copy(stride);
    std::copy_n(plane, stride, copy.data());
    planes_before.push_back(std::move(copy));
  }
}

/// As the engine narrowed them for this tick.
void Stage::take_uniforms() {
  const std::size_t field = scene.field_index();
  uniforms.clear();
  for (const ir::Operand& operand : scene.operands().uniforms()) {
    const exec::Uniform wanted{ir::SlotIx{operand.index}, operand.base};
    const std::vector<exec::Uniform>& list = state.blocks[field].uniforms;
    const auto found = std::find(list.begin(), list.end(), wanted);
    // a kernel may have swallowed it
    uniforms.push_back(found == list.end() ? narrowed(operand) : state.uniforms_of[field][found - list.begin()]);
  }
}

std::uint32_t Stage::narrowed(const ir::Operand& operand) const {
  exec::BlockProgram one;
  one.uniforms.push_back({ir::SlotIx{operand.index}, operand.base});
  std::uint32_t bits = 0;
  exec::narrow_uniforms(one, state.slots, &bits);
  return bits;
}

void Stage::evaluate(bool guarded) {
  const std::size_t field = scene.field_index();
  const kernels::CameraUniforms camera = render::default_camera();
  const std::uint32_t only = 0;
  exec::FieldRun run;
  run.programs = std::span(guarded ? state.blocks : unguarded_).subspan(field, 1);
  run.active = {&only, 1};
  run.outcomes = {state.outcomes.get() + field, 1};
  run.lanes = std::span<const std::uint32_t>(state.lanes_of).subspan(field, 1);
  run.reduces = state.program->reduces;
  run.slots = state.slots;
  run.uniforms = std::span<std::uint32_t* const>(state.uniforms_of).subspan(field, 1);
  run.memory = {state.state_planes, state.next_state_planes, state.planes,
                state.sink_memory,  state.tap_planes,        state.partial_units};
  run.sources = std::span<kernels::GatherSource* const>(state.sources_of).subspan(field, 1);
  run.live = state.live;
  run.camera = &camera;
  run.mode = exec::Mode::Evaluate;
  run.near_bytes = state.options.near_bytes;
  run.streaming_bytes = state.options.streaming_bytes;
  run.min_parallel_lanes = state.options.min_parallel_lanes;
  exec::run_fields(run, state.workers, inline_runner());
}

}  // namespace oscilla::bench
