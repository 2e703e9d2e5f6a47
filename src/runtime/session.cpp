#include "runtime/session.hpp"

#include "base/float_environment.hpp"

namespace oscilla::runtime {

Session::Session(std::shared_ptr<const ir::Program> program, const RunOptions& options)
    : state_(make_program_state(std::move(program), options)) {
  clock_.periods_ms = {state_.program->period_a_ms, state_.program->period_b_ms};
}

const RenderFrame& Session::tick(double host_ms, StepTimes* times) {
  const FloatEnvironment environment;
  advance(clock_, host_ms);
  counts_ = run_schedule(state_, clock_, times);
  return state_.frames[static_cast<std::size_t>(clock_.tick) % kFrameBuffers].frame;
}

std::span<const double> Session::signal(ir::ProbeIx probe) const {
  return std::span(state_.probe_values).subspan(std::size_t{probe.v} * 4, state_.program->probes[probe.v].components);
}

std::span<const float> Session::field(ir::ProbeIx probe, std::uint8_t component) const {
  const ir::InstanceIx instance = state_.program->probes[probe.v].instance;
  const std::size_t stride = exec::padded_lanes(state_.program->instances[instance.v].lanes);
  return state_.taps[probe.v].span().subspan(component * stride, live_lanes(state_, instance));
}

}  // namespace oscilla::runtime
