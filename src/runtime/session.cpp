#include "runtime/session.hpp"

#include "base/float_environment.hpp"
#include "runtime/prepare.hpp"

namespace oscilla::runtime {

Session::Session(std::shared_ptr<const ir::Program> program, const RunOptions& options,
                 std::shared_ptr<CacheStore> caches)
    : caches_(std::move(caches)), state_(make_program_state(std::move(program), options)) {
  const FloatEnvironment environment;
  caches_computed_ = prepare(state_, *caches_);
  clock_.periods_ms = {state_.program->period_a_ms, state_.program->period_b_ms};
}

const RenderFrame& Session::tick(double host_ms, StepTimes* times) {
  const FloatEnvironment environment;
  advance(clock_, host_ms);
  counts_ = run_schedule(state_, clock_, times);
  return state_.frames[static_cast<std::size_t>(clock_.tick) % kFrameBuffers].frame;
}

void Session::evaluate(double host_ms) {
  const FloatEnvironment environment;
  Clock clock = clock_;
  advance(clock, host_ms);
  evaluate_schedule(state_, clock);
}

std::span<const double> Session::signal(ir::ProbeIx probe) const {
  return std::span(state_.probe_values).subspan(std::size_t{probe.v} * 4, state_.program->probes[probe.v].components);
}

std::span<const float> Session::field(ir::ProbeIx probe, std::uint8_t component) const {
  const std::uint32_t lanes = state_.program->instances[state_.program->probes[probe.v].instance.v].lanes;
  const std::size_t stride = exec::padded_lanes(lanes);
  return state_.taps[probe.v].span().subspan(component * stride, lanes);
}

}  // namespace oscilla::runtime
