#include "exec/draw_sinks.hpp"

#include <algorithm>
#include <cstring>

namespace oscilla::exec {
namespace {

using ir::Role;

constexpr std::size_t role_index(Role role) { return static_cast<std::size_t>(role); }

/// Bytes that a lane has in a sink.
constexpr std::size_t kCoreBytes = 32;

std::size_t sink_bytes(const BlockProgram& program) { return std::size_t{program.lanes} * kCoreBytes; }

LinesAhead lines_of(const void* memory, std::size_t bytes, std::size_t steps) {
  const std::size_t lines = (bytes + kLineBytes - 1) / kLineBytes;
  return {static_cast<const char*>(memory), lines, lines / steps + 1};
}

using SinkPlanes = std::array<const float*, ir::kRoles>;

/// What carries the lanes of a block from here on.
void begin_glide(const RoleGlide& role, std::uint32_t first_lane, const float* from, const float* base,
                 std::uint32_t lanes) {
  float* const offsets = role.offsets + first_lane;
  if (role.factors == nullptr) {
    kernels::measure_offsets(role.gauge, from, base, offsets, lanes);
  } else if (role.measures_factors) {
    kernels::measure_factors(from, base, role.factors + first_lane, offsets, lanes);
  } else {
    kernels::measure_beyond(role.factors + first_lane, from, base, offsets, lanes);
  }
}

/// Offsets come on top in scratch memory of their own: others may read the registers that the roles come from.
void add_glides(const FieldBlock& block, const SinkGlide& glides, SinkPlanes& planes) {
  for (std::size_t r = 0; r < ir::kRoles; ++r) {
    const RoleGlide& role = glides[r];
    if (role.offsets == nullptr) continue;
    float* const out = block.worker.glided.data() + r * block.program.block_lanes;
    if (planes[r] == nullptr) std::fill_n(out, block.lanes, role.neutral);
    const float* const base = planes[r] != nullptr ? planes[r] : out;
    float* const offsets = role.offsets + block.first_lane;
    if (role.from != nullptr) {
      const float* const from = role.from + block.first_lane;
      begin_glide(role, block.first_lane, from, base, block.lanes);
      kernels::begin_offsets(from, base, out, block.lanes);
    } else {
      const bool factors = role.factors != nullptr;
      const kernels::Carried carried{offsets, role.slopes + block.first_lane,
                                     factors ? role.factors + block.first_lane : nullptr,
                                     factors ? role.factor_slopes + block.first_lane : nullptr};
      kernels::carry(role.gauge, base, carried, role.weights, out, block.lanes);
    }
    planes[r] = out;
  }
}

void add_fade(const FieldBlock& block, const float* fade, SinkPlanes& planes) {
  for (const std::size_t role : {role_index(Role::Alpha), role_index(Role::StrokeAlpha)}) {
    const float* const alpha = planes[role];
    if (alpha == nullptr) continue;
    float* const out = block.worker.glided.data() + role * block.program.block_lanes;
    for (std::uint32_t lane = 0; lane < block.lanes; ++lane) out[lane] = alpha[lane] * fade[block.first_lane + lane];
    planes[role] = out;
  }
}

void fill_tap(const FieldBlock& block, const SinkTap& tap, const SinkPlanes& planes) {
  for (std::size_t r = 0; r < ir::kRoles; ++r)
    if (tap[r] != nullptr && planes[r] != nullptr) std::memcpy(tap[r] + block.first_lane, planes[r], block.bytes());
}

SinkPlanes planes_of(const FieldBlock& block, const SinkStore& sink, const SinkMemory& memory) {
  SinkPlanes planes{};
  for (std::size_t r = 0; r < ir::kRoles; ++r)
    if (sink.has[r]) planes[r] = block.plane(sink.from[r]);
  if (memory.glide != nullptr) add_glides(block, *memory.glide, planes);
  if (memory.fade != nullptr) add_fade(block, memory.fade, planes);
  if (memory.tap != nullptr) fill_tap(block, *memory.tap, planes);
  return planes;
}

/// False if there may be something among the lanes that is not finite.
bool draw_sink(const FieldBlock& block, const SinkStore& sink) {
  const SinkMemory& memory = block.run.memory.sinks[sink.sink.v];
  const bool evaluated = block.run.mode == Mode::Evaluate;
  if (evaluated && memory.tap == nullptr) return true;
  const SinkPlanes planes = planes_of(block, sink, memory);
  if (evaluated) return true;
  const auto role = [&](Role r) { return planes[role_index(r)]; };
  const kernels::EpilogueBlock epilogue{.x = role(Role::X),
                                        .y = role(Role::Y),
                                        .z = role(Role::Z),
                                        .size = role(Role::Size),
                                        .r = role(Role::Red),
                                        .g = role(Role::Green),
                                        .b = role(Role::Blue),
                                        .a = role(Role::Alpha),
                                        .core = memory.core + std::size_t{block.first_lane} * 8,
                                        .keys = memory.keys + block.first_lane,
                                        .lanes = block.lanes,
                                        .flat = memory.level};
  const bool finite = block.frame.epilogue(*block.run.camera, epilogue, is_streaming(block.run, block.program));
  for (std::size_t more = kCoreRoles; more < ir::kRoles; ++more) {
    if (planes[more] == nullptr) continue;
    std::memcpy(memory.more[more - kCoreRoles] + block.first_lane, planes[more], block.bytes());
  }
  return finite;
}

}  // namespace

bool is_streaming(const FieldRun& run, const BlockProgram& program) {
  return !program.sinks.empty() && sink_bytes(program) > run.streaming_bytes;
}

bool draws_plainly(const FieldBlock& block) {
  if (block.run.mode == Mode::Evaluate || block.program.sinks.empty()) return false;
  return std::ranges::all_of(block.program.sinks, [&](const SinkStore& sink) {
    const SinkMemory& memory = block.run.memory.sinks[sink.sink.v];
    return memory.glide == nullptr && memory.fade == nullptr && memory.tap == nullptr;
  });
}

bool draw_sinks(const FieldBlock& block) {
  bool finite = true;
  for (const SinkStore& sink : block.program.sinks) finite &= draw_sink(block, sink);
  return finite;
}

SinkAhead::SinkAhead(const FieldBlock& block) {
  const std::vector<SinkStore>& sinks = block.program.sinks;
  if (sinks.empty() || block.run.mode == Mode::Evaluate || is_streaming(block.run, block.program)) return;
  if (sink_bytes(block.program) <= block.run.near_bytes) return;
  const SinkMemory& memory = block.run.memory.sinks[sinks.front().sink.v];
  const std::size_t steps = block.program.instrs.size() + 1;
  core_ = lines_of(memory.core + std::size_t{block.first_lane} * 8, block.lanes * kCoreBytes, steps);
  if (!memory.level) keys_ = lines_of(memory.keys + block.first_lane, block.bytes(), steps);
}

}  // namespace oscilla::exec
