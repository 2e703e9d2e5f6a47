#include "runtime/session.hpp"

#include <utility>

#include "base/float_environment.hpp"
#include "base/hash.hpp"
#include "ir/event_key.hpp"
#include "runtime/migration.hpp"
#include "runtime/prepare.hpp"

namespace oscilla::runtime {

Session::Session(std::shared_ptr<const ir::Program> program, const RunOptions& options,
                 std::shared_ptr<CacheStore> caches)
    : caches_(std::move(caches)), state_(make_program_state(std::move(program), options)), channels_(*state_.program) {
  const FloatEnvironment environment;
  caches_computed_ = prepare(state_, *caches_, options.runner);
  clock_.periods_ms = {state_.program->period_a_ms, state_.program->period_b_ms};
}

const RenderFrame& Session::tick(double host_ms, StepTimes* times, const Incoming* rehearsal) {
  const FloatEnvironment environment;
  if (leaving_) begin_new_course(host_ms);
  if (rehearsal != nullptr) {
    Clock ahead = clock_;
    advance(ahead, host_ms);
    rehearse(rehearsal->transition, state_, channels_, rehearsal->state, rehearsal->channels, rehearsal->plan, ahead);
  }
  channels_.commit(*state_.program, state_.slots, state_.event_lists);
  advance(clock_, host_ms);
  counts_ = run_schedule(state_, clock_, times);
  if (rehearsal != nullptr) note_rehearsal(rehearsal->transition, state_, rehearsal->state, rehearsal->plan);
  if (leaving_) settle_glides(leaving_->transition, state_, value_of(clock_, ir::TimeValue::Running));
  leaving_.reset();
  settled_ = true;
  return state_.frames[static_cast<std::size_t>(clock_.tick) % kFrameBuffers].frame;
}

/// The clock of the coming tick with the periods that the edit has changed as they were.
Clock Session::old_clock(double host_ms) const {
  Clock clock = clock_;
  for (std::size_t rail = 0; rail < kRails; ++rail) {
    if (clock.periods_ms[rail] == clock_before_.periods_ms[rail]) continue;
    clock.periods_ms[rail] = clock_before_.periods_ms[rail];
    clock.offsets[rail] = clock_before_.offsets[rail];
  }
  advance(clock, host_ms);
  return clock;
}

void Session::begin_new_course(double host_ms) {
  channels_.give_back(leaving_->channels, leaving_->plan.channels);
  begin_glides(leaving_->transition, leaving_->state, leaving_->channels, state_, leaving_->plan, old_clock(host_ms));
}

void Session::evaluate(double host_ms) {
  const FloatEnvironment environment;
  Clock clock = clock_;
  advance(clock, host_ms);
  channels_.show(*state_.program, state_.slots, state_.event_lists);
  evaluate_schedule(state_, clock);
}

void Session::swap(const Incoming& next) {
  if (state_.options.sabotage != Sabotage::SkipMigration) migrate(state_, next.state, next.plan);
  if (state_.options.sabotage != Sabotage::ZeroGauge) carry_glides(state_, next.state, next.plan);
  const RenderFrame& last = state_.frames[static_cast<std::size_t>(clock_.tick) % kFrameBuffers].frame;
  if (clock_.tick >= 0)
    carry_ghosts(next.transition, state_, next.state, last, value_of(clock_, ir::TimeValue::Running));
  next.channels.carry(channels_, next.plan.channels);
  std::swap(state_, next.state);
  std::swap(channels_, next.channels);
  clock_before_ = clock_;
  settled_ = false;
  leaving_.reset();
  if (next.transition.measures() && state_.options.sabotage != Sabotage::ZeroGauge) leaving_.emplace(next);
  // A period that the transport has set stays, unless the edit was about it.
  const ir::Program& old = *next.state.program;
  const ir::Program& running = *state_.program;
  if (running.period_a_ms != old.period_a_ms) set_period(clock_, 0, running.period_a_ms);
  if (running.period_b_ms != old.period_b_ms) set_period(clock_, 1, running.period_b_ms);
}

std::vector<std::byte> Session::save(Hash128 program_hash) {
  return write_snapshot({clock_, state_, channels_, key_names_}, program_hash);
}

void Session::restore(Moment& moment) {
  std::swap(clock_, moment.clock);
  std::swap(state_, moment.state);
  std::swap(channels_, moment.channels);
  std::swap(key_names_, moment.key_names);
  leaving_.reset();
  settled_ = true;
}

std::span<const double> Session::signal(ir::ProbeIx probe) const {
  return std::span(state_.probe_values).subspan(std::size_t{probe.v} * 4, state_.program->probes[probe.v].components);
}

std::span<const exec::Event> Session::events(ir::ProbeIx probe) const {
  const ir::EventIx list = state_.program->probes[probe.v].events;
  return list.valid() ? state_.event_lists[list.v].events() : std::span<const exec::Event>();
}

bool Session::write_event(ir::ChannelIx channel, std::string_view key, double value) {
  const StableId id = stable_id(key);
  if (!channels_.write(channel, {id, ir::key_number(key), value})) return false;
  key_names_.add(id, key);
  return true;
}

std::string_view Session::key_text(StableId key) const {
  for (const ir::EventKey& known : state_.program->event_keys)
    if (known.id == key) return known.text;
  for (const ir::Channel& channel : state_.program->channels)
    if (channel.id == key) return channel.name;
  return key_names_.find(key);
}

std::span<const float> Session::field(ir::ProbeIx probe, std::uint8_t component) const {
  const ir::InstanceIx instance = state_.program->probes[probe.v].instance;
  const std::size_t stride = exec::padded_lanes(state_.program->instances[instance.v].lanes);
  return state_.taps[probe.v].span().subspan(component * stride, live_lanes(state_, instance));
}

}  // namespace oscilla::runtime
