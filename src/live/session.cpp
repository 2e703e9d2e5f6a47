#include "oscilla/session.hpp"

#ifndef __wasm__
#include <unistd.h>
#endif

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "frame/digest.hpp"
#include "frame/validate.hpp"
#include "ir/event_key.hpp"
#include "live/compiled_patch.hpp"
#include "live/history.hpp"
#include "live/kept_errors.hpp"
#include "live/recorder.hpp"
#include "live/sabotaged_session.hpp"
#include "live/session_door.hpp"
#include "live/snapshot.hpp"
#include "live/step_names.hpp"
#include "live/swapper.hpp"
#include "live/threads.hpp"
#include "runtime/session.hpp"

namespace oscilla {
namespace {

kernels::Isa choose_isa(const std::string& name) {
  const std::optional<kernels::Isa> wanted = kernels::isa_of_name(name);
  for (const kernels::Isa isa : kernels::available_isas())
    if (wanted == isa) return isa;
  return kernels::best_isa();
}

/// The nearest number of lanes above that blocks and chunks can have.
std::uint32_t lanes_in_range(std::uint32_t lanes) {
  constexpr std::uint32_t kStep = kernels::kLanePadding;
  return (std::clamp(lanes, kStep, kernels::kUnitLanes) + kStep - 1) / kStep * kStep;
}

/// What is larger than half of a cache is no longer all in it when somebody reads the beginning: the second one keeps a
/// picture that was just written, the last one a picture that is about to be read. Where many processors share a very
/// large last cache it is not all ours (335 MB, a million lanes: 4.1 ns a lane with the half of it, 3.3 with 16 MiB).
/// It decides how bytes are stored, never which.
void fit_caches([[maybe_unused]] runtime::RunOptions& run) {
#ifdef _SC_LEVEL3_CACHE_SIZE
  const auto half_of = [](int level) { return static_cast<std::size_t>(std::max(0l, sysconf(level))) / 2; };
  const std::size_t second = half_of(_SC_LEVEL2_CACHE_SIZE), last = half_of(_SC_LEVEL3_CACHE_SIZE);
  if (second != 0) run.near_bytes = second;
  if (const std::size_t most = std::max(second, last); most != 0)
    run.streaming_bytes = std::min(most, run.streaming_bytes);
#endif
}

runtime::RunOptions run_options(const SessionOptions& options, TaskRunner runner, runtime::Sabotage sabotage) {
  runtime::RunOptions run;
  run.isa = choose_isa(options.isa);
  run.block_lanes = lanes_in_range(options.block_lanes);
  run.chunk_lanes = lanes_in_range(options.chunk_lanes);
  run.optimise = options.optimise;
  run.skip = options.skip;
  fit_caches(run);
  run.runner = runner;
  run.sabotage = sabotage;
  if (options.parallel_lanes) run.min_parallel_lanes = *options.parallel_lanes;
  return run;
}

/// Processors differ in the bits of what is not a number: whoever looks sees one of them.
double seen(double x) { return x == x ? x : std::numeric_limits<double>::quiet_NaN(); }

void add_costs(const Program& program, std::span<const std::int64_t> costs, StepTotals& totals) {
  const std::vector<ir::Step>& steps = program.compiled().program->steps;
  for (std::size_t s = 0; s < steps.size(); ++s) {
    const bool assembles = steps[s].kind == ir::StepKind::Order || steps[s].kind == ir::StepKind::Emit ||
                           steps[s].kind == ir::StepKind::Commit;
    (assembles ? totals.assembly : totals.evaluation) += static_cast<std::uint64_t>(costs[s]);
  }
}

/// The text of an event's key; of a lane that was collected its number. Empty if nobody knows it.
std::string text_of_key(const runtime::Session& session, const exec::Event& event) {
  if (const std::string_view known = session.key_text(event.key); !known.empty()) return std::string(known);
  const bool is_lane = event.key_number >= 0 && event.key_number < 1u << 24;
  const auto lane = static_cast<std::uint32_t>(is_lane ? event.key_number : 0);
  return is_lane && ir::number_key(lane) == event.key ? std::to_string(lane) : std::string();
}

}  // namespace

struct Session::Implementation {
  Implementation(Program running, const SessionOptions& options, runtime::Sabotage sabotage = {})
      : program(std::move(running)),
        threads(options.threads),
        run(run_options(options, threads.runner(), sabotage)),
        session(runtime::sabotaged(program.compiled().program, sabotage), run),
        costs(session.program().steps.size()),
        swapper(program, run, session.caches()) {}
  ~Implementation() {
    end_recording();
    delete incoming;
    while (retired != nullptr) delete std::exchange(retired, retired->next);
  }

  /// At once: no frame of before is looked at any more, and nothing is on its way. The error is a sentence.
  std::expected<void, std::string> load(const Program& of, std::span<const std::byte> snapshot) {
    swapper.wait_until_served();
    auto moment = runtime::read_snapshot(snapshot, live::hash_of(of), of.compiled().program, run, *session.caches());
    if (!moment) return std::unexpected(std::move(moment.error()));
    while (retired != nullptr) swapper.give_back(std::exchange(retired, retired->next));
    if (incoming == nullptr) incoming = swapper.take();
    if (incoming != nullptr) {
      incoming->report = {.generation = incoming->report.generation, .outcome = SwapOutcome::Superseded};
      swapper.give_back(std::exchange(incoming, nullptr));
    }
    session.restore(*moment);
    kept_errors.keep(moment->state.errors.records());
    add_costs(program, costs, totals);
    program = of;
    costs.assign(session.program().steps.size(), 0);
    std::unique_ptr<live::TraceRing> spent;
    if (tracer != nullptr) {
      session.tap_fields(live::fields_to_tap(program, tracer->request().options));
      tracer->switch_to(program, session.state(), session.clock().tick, costs, spent);
    }
    last_frame = nullptr;
    swapper.running_is(program, live::rooms_of(session.state()));
    return {};
  }

  /// Frees what no frame needs any more, and lets the next program in if one is ready.
  void between_ticks() {
    while (retired != nullptr && retired->first_tick <= ticks) swapper.give_back(std::exchange(retired, retired->next));
    if (incoming == nullptr) incoming = swapper.take();
    if (incoming == nullptr) return;
    const bool rehearsed = incoming->transition.rehearsals == 2;
    if (rehearsed || !incoming->transition.measures()) let_in(*std::exchange(incoming, nullptr));
  }

  const RenderFrame& tick(double t_ms, runtime::StepTimes* times) {
    between_ticks();
    if (times != nullptr) times->nanoseconds = costs;  // of the program that runs by now
    const RenderFrame& frame = run_tick(t_ms, times);
    ++ticks;
    if (tracer != nullptr) tracer->add(session, costs);
    if (recorder != nullptr) {
      recorder->tape().tick(t_ms, frame);
      recorder->wake();
      last_frame = &frame;
    }
    return frame;
  }

  const RenderFrame& run_tick(double t_ms, runtime::StepTimes* times) {
    if (incoming == nullptr) {
      const RenderFrame& frame = session.tick(t_ms, times);
      if (retired != nullptr && retired->first_tick == ticks + 1 && !retired->moment) tell_jumps(*retired);
      return frame;
    }
    const runtime::Incoming rehearsal = incoming->incoming();
    return session.tick(t_ms, times, &rehearsal);
  }

  /// What the first tick has found out.
  static void tell_jumps(live::PreparedSwap& prepared) {
    std::vector<TargetFate>& targets = prepared.report.targets;
    for (const runtime::RoleMeasure& measure : prepared.transition.roles) {
      const auto port = static_cast<std::size_t>(*ir::glide_port(measure.role));
      TargetFate& target = targets[measure.sink.v * ir::kGlidePorts + port];
      target.jump = std::max(target.jump, static_cast<double>(measure.greatest));
      target.abrupt = std::max(target.abrupt, measure.abrupt);
    }
    for (const runtime::PositionMatch& match : prepared.transition.matches)
      for (std::size_t port = 0; port < ir::kGlidePorts; ++port)
        targets[match.sink.v * ir::kGlidePorts + port].kept = match.matched;
    for (const runtime::SectionMeasure& measure : prepared.transition.sections) {
      TargetFate& target = targets[prepared.section_targets[measure.section]];
      target.jump = measure.greatest;
      target.abrupt = measure.abrupt ? 1 : 0;
    }
  }

  void let_in(live::PreparedSwap& prepared) { prepared.moment ? go_back_to(prepared) : switch_to(prepared); }

  void switch_to(live::PreparedSwap& prepared) {
    const std::uint64_t begin = clock != nullptr ? clock() : 0;
    prepared.report.rehearsed = prepared.transition.rehearsals == 2;
    session.swap(prepared.incoming());
    kept_errors.keep(prepared.state.errors.records());
    change_programs(*prepared.program);
    if (recorder != nullptr) recorder->tape().swap(program, prepared.transition.rehearsals);
    retire(prepared, begin);
  }

  /// A moment of before: nothing of it glides, and time goes on by the host's clock as it is.
  void go_back_to(live::PreparedSwap& prepared) {
    const std::uint64_t begin = clock != nullptr ? clock() : 0;
    const double host_ms = std::as_const(session).clock().host_ms;
    session.restore(*prepared.moment);
    runtime::go_on_from(session.clock(), host_ms);
    kept_errors.keep(prepared.moment->state.errors.records());
    change_programs(*prepared.program);
    if (recorder != nullptr) recorder->tape().restore(static_cast<std::uint64_t>(prepared.report.restored));
    retire(prepared, begin);
  }

  void change_programs(Program& other) {
    add_costs(program, costs, totals);
    ++swaps;
    std::swap(program, other);
  }

  /// What has been taken over from is kept until its last frame is no longer looked at.
  void retire(live::PreparedSwap& prepared, std::uint64_t begin) {
    last_frame = nullptr;
    std::swap(costs, prepared.step_costs);
    trace_switch(prepared);
    prepared.first_tick = ticks + 1;
    prepared.report.tick = session.clock().tick + 1;
    prepared.report.boundary_nanoseconds = clock != nullptr ? clock() - begin : 0;
    prepared.next = std::exchange(retired, &prepared);
  }

  /// The new program was made ready for the trace as it is, or is now.
  void trace_switch(live::PreparedSwap& prepared) {
    const bool ready =
        tracer != nullptr && prepared.trace != nullptr && prepared.trace->request() == tracer->request().number;
    if (!ready && tracer != nullptr)
      session.tap_fields(live::fields_to_tap(program, tracer->request().options));
    else if (!ready)
      session.tap_fields({});
    if (tracer != nullptr) tracer->switch_to(program, session.state(), session.clock().tick, costs, prepared.trace);
  }

  void end_recording() {
    if (recorder == nullptr) return;
    recorder->tape().end(last_frame);
    if (live::History* history = recorder->history()) history->serve(nullptr);
    std::exchange(recorder, nullptr)->wake();
  }

  /// Something was done to the transport.
  void note(live::TapeKind kind, double value = 0, std::uint8_t rail = 0) {
    if (recorder != nullptr) recorder->tape().transport(kind, value, rail);
  }

  std::string_view name_of(std::uint32_t channel) const { return program.compiled().program->channels[channel].name; }

  Program program;
  live::Threads threads;
  runtime::RunOptions run;
  runtime::Session session;
  std::uint64_t (*clock)() = nullptr;
  std::vector<std::int64_t> costs;
  StepTotals totals;  ///< of earlier programs
  std::uint64_t swaps = 0;
  live::KeptErrors kept_errors;
  live::Swapper swapper;
  live::PreparedSwap* incoming = nullptr;  ///< it is rehearsed
  std::int64_t ticks = 0;                  ///< that were made, ever
  std::unique_ptr<live::Tracer> tracer;    ///< null: off
  std::uint64_t traces = 0;                ///< how often it was switched to something else
  live::RecorderCore* recorder = nullptr;
  const RenderFrame* last_frame = nullptr;  ///< as it was recorded; null: none since the last swap
  live::PreparedSwap* retired = nullptr;    ///< old programs whose last frame may still be looked at
};

Session::Session(Program program, SessionOptions options)
    : implementation_(std::make_unique<Implementation>(std::move(program), options)) {}
Session::Session(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

const RenderFrame& Session::tick(double t_ms) {
  Implementation& self = *implementation_;
  if (self.clock == nullptr) return self.tick(t_ms, nullptr);
  runtime::StepTimes times;
  times.now = [](void* clock) { return static_cast<std::int64_t>((*static_cast<std::uint64_t (**)()>(clock))()); };
  times.clock = &self.clock;
  return self.tick(t_ms, &times);
}

void Session::evaluate(double t_ms) { implementation_->session.evaluate(t_ms); }
void Session::play() {
  runtime::play(implementation_->session.clock());
  implementation_->note(live::TapeKind::Play);
}

void Session::pause() {
  runtime::pause(implementation_->session.clock());
  implementation_->note(live::TapeKind::Pause);
}

bool Session::set_speed(double speed) {
  if (!runtime::set_speed(implementation_->session.clock(), speed)) return false;
  implementation_->note(live::TapeKind::Speed, speed);
  return true;
}

bool Session::seek(double position_ms) {
  if (!runtime::seek(implementation_->session.clock(), position_ms)) return false;
  implementation_->note(live::TapeKind::Seek, position_ms);
  return true;
}

bool Session::step(double ms) {
  if (!runtime::step(implementation_->session.clock(), ms)) return false;
  implementation_->note(live::TapeKind::Step, ms);
  return true;
}

bool Session::set_period(Rail rail, double period_ms) {
  const auto number = static_cast<std::uint8_t>(rail);
  if (!runtime::set_period(implementation_->session.clock(), number, period_ms)) return false;
  implementation_->note(live::TapeKind::Period, period_ms, number);
  return true;
}

bool Session::record(Recorder& recorder) {
  Implementation& self = *implementation_;
  if (self.recorder != nullptr || recorder.core().used || self.session.clock().tick >= 0) return false;
  self.recorder = &recorder.core();
  self.recorder->used = true;
  self.recorder->tape().begin(self.program);
  if (live::History* history = self.recorder->history()) history->serve(&self.swapper);
  self.recorder->wake();
  return true;
}

void Session::end_recording() { implementation_->end_recording(); }

Transport Session::transport() const {
  const runtime::Clock& clock = std::as_const(implementation_->session).clock();
  return {clock.playing, clock.speed, clock.t_ms - clock.behind_ms, clock.t_ms};
}

bool Session::set(std::uint32_t channel, std::span<const double> values) {
  Implementation& self = *implementation_;
  if (!self.session.channels().write({channel}, values)) return false;
  if (self.recorder != nullptr) self.recorder->tape().set(self.name_of(channel), values);
  return true;
}

bool Session::send(std::uint32_t channel, std::string_view key, double value) {
  Implementation& self = *implementation_;
  if (!self.session.write_event({channel}, key, value)) return false;
  if (self.recorder != nullptr) self.recorder->tape().send(self.name_of(channel), key, value);
  return true;
}

std::expected<std::uint64_t, std::string> Session::restore(std::int64_t tick) {
  Implementation& self = *implementation_;
  const auto kept = restorable();
  if (!kept) return std::unexpected("nothing is kept to go back to: no recorder that rewinds is in use");
  if (tick < kept->first || tick > kept->second)
    return std::unexpected(
        fmt::format("tick {} is not among those that are kept: {} to {}", tick, kept->first, kept->second));
  const std::uint64_t generation = self.swapper.number_request();
  self.recorder->history()->go_back({tick, generation, self.clock, self.clock != nullptr ? self.clock() : 0});
  return generation;
}

std::optional<std::pair<std::int64_t, std::int64_t>> Session::restorable() const {
  const Implementation& self = *implementation_;
  if (self.recorder == nullptr || self.recorder->history() == nullptr || !self.recorder->tape().runs()) return {};
  if (self.ticks == 0) return {};
  return std::pair(self.recorder->history()->oldest(), self.ticks - 1);
}

std::expected<std::vector<std::byte>, std::string> Session::save() const {
  const Implementation& self = *implementation_;
  if (!self.session.settled())
    return std::unexpected("an edit has just taken over; it can be saved after the next tick");
  return implementation_->session.save(live::hash_of(self.program));
}

std::expected<void, std::string> Session::load(std::span<const std::byte> snapshot) {
  Implementation& self = *implementation_;
  if (self.recorder != nullptr)
    return std::unexpected("this session is recorded, and a recording cannot hold a snapshot");
  self.swapper.wait_until_served();
  if (self.incoming != nullptr || self.swapper.offers())
    return std::unexpected("an edit is on its way; a snapshot can be loaded when that has taken over");
  return self.load(self.program, snapshot);
}

std::vector<ProbeValue> Session::probe() const {
  const runtime::Session& session = implementation_->session;
  std::vector<ProbeValue> values;
  for (std::uint32_t i = 0; i < session.program().probes.size(); ++i) {
    const ir::Probe& probe = session.program().probes[i];
    ProbeValue value{probe.name, ir::describe(probe.type), probe.instance.valid(), 1, probe.components, {}, {}};
    value.event = probe.events.valid();
    for (const exec::Event& event : session.events({i}))
      value.events.push_back({text_of_key(session, event), event.key_number, event.value});
    if (value.field) {
      value.lanes = static_cast<std::uint32_t>(session.field({i}, 0).size());
      value.data.resize(std::size_t{value.lanes} * value.stride);
      for (std::uint8_t c = 0; c < probe.components; ++c) {
        const std::span<const float> plane = session.field({i}, c);
        for (std::uint32_t lane = 0; lane < value.lanes; ++lane)
          value.data[std::size_t{lane} * value.stride + c] = seen(plane[lane]);
      }
    } else {
      const std::span<const double> signal = session.signal({i});
      for (const double component : signal.first(probe.components)) value.data.push_back(seen(component));
    }
    values.push_back(std::move(value));
  }
  return values;
}

std::uint64_t Session::request_swap(Patch patch) {
  return implementation_->swapper.request(std::move(patch), implementation_->clock);
}

void Session::wait_for_requests() {
  Implementation& self = *implementation_;
  if (live::History* history = self.recorder != nullptr ? self.recorder->history() : nullptr) {
    self.recorder->finish();  // it knows all ticks
    history->finish();
  }
  self.swapper.wait_until_served();
}

SwapReport Session::swap(Patch patch) {
  Implementation& self = *implementation_;
  if (self.incoming != nullptr) self.switch_to(*std::exchange(self.incoming, nullptr));
  const std::uint64_t generation = self.swapper.request(std::move(patch), self.clock);
  self.swapper.wait_until_served();
  if (live::PreparedSwap* ready = self.swapper.take()) {
    self.let_in(*ready);
    SwapReport report = ready->report;
    ready->report.generation = 0;  // told here, not again
    return report;
  }
  return self.swapper.take_report(generation).value_or(SwapReport{.generation = generation});
}

std::vector<SwapReport> Session::take_swap_reports() { return implementation_->swapper.take_reports(); }

void Session::measure(std::uint64_t (*clock)()) { implementation_->clock = clock; }

std::vector<StepCost> Session::step_costs() const {
  const ir::Program& program = implementation_->session.program();
  std::vector<StepCost> costs;
  for (std::size_t i = 0; i < program.steps.size(); ++i)
    costs.push_back(
        {live::step_name(program, program.steps[i]), static_cast<std::uint64_t>(implementation_->costs[i])});
  return costs;
}

bool Session::trace(TraceOptions options) {
  constexpr std::uint32_t kMostFrames = 1'000'000;
  if (options.frames == 0 || options.frames > kMostFrames || options.every == 0) return false;
  Implementation& self = *implementation_;
  const live::TraceRequest request{std::move(options), ++self.traces};
  self.swapper.trace(std::make_shared<const live::TraceRequest>(request));
  self.session.tap_fields(live::fields_to_tap(self.program, request.options));
  if (self.tracer == nullptr)
    self.tracer = std::make_unique<live::Tracer>(self.program, self.session.state(), request, self.costs);
  else
    self.tracer->change(self.program, self.session.state(), request, self.costs);
  return true;
}

void Session::trace_off() {
  implementation_->swapper.trace(nullptr);
  implementation_->session.tap_fields({});
  implementation_->tracer.reset();
}

std::vector<TracedFrame> Session::traced() const {
  return implementation_->tracer != nullptr ? implementation_->tracer->frames() : std::vector<TracedFrame>();
}

std::vector<TracedEvent> Session::events_of(const TracedFrame& frame, const TraceRow& row) const {
  std::vector<TracedEvent> events;
  if (row.kind != TraceKind::Event) return events;
  const std::span<const double> numbers = frame.numbers_of(row);
  constexpr std::size_t kEach = runtime::kEventNumbers;
  const auto kept = std::min<std::size_t>(static_cast<std::size_t>(numbers[0]), (numbers.size() - 1) / kEach);
  for (std::size_t i = 0; i < kept; ++i) {
    const exec::Event event{std::bit_cast<StableId>(numbers[1 + kEach * i]), numbers[2 + kEach * i],
                            numbers[3 + kEach * i]};
    std::string key = text_of_key(implementation_->session, event);
    for (const ir::EventKey& known : frame.program->compiled().program->event_keys)
      if (key.empty() && known.id == event.key) key = known.text;
    events.push_back({std::move(key), event.value});
  }
  return events;
}

std::span<const RuntimeError> Session::errors() const { return implementation_->session.errors(); }

std::vector<RuntimeError> Session::unacknowledged_errors() const {
  std::vector<RuntimeError> all;
  for (std::size_t i = 0; i < implementation_->kept_errors.size(); ++i) all.push_back(implementation_->kept_errors[i]);
  const std::span<const RuntimeError> now = errors();
  all.insert(all.end(), now.begin(), now.end());
  return all;
}

void Session::acknowledge_errors() {
  implementation_->session.acknowledge_errors();
  implementation_->kept_errors.clear();
}

StepTotals Session::step_totals() const {
  StepTotals totals = implementation_->totals;
  add_costs(implementation_->program, implementation_->costs, totals);
  return totals;
}

std::uint64_t Session::swaps() const { return implementation_->swaps; }

std::uint64_t Session::memory_bytes() const {
  std::uint64_t bytes = 0;
  for (const MemoryPart& part : memory()) bytes += part.bytes;
  return bytes;
}

std::vector<MemoryPart> Session::memory() const {
  const runtime::MemoryUse use = implementation_->session.memory();
  return {{"state", use.state},
          {"outputs", use.outputs},
          {"sort", use.sort},
          {"caches", use.caches},
          {"spills", use.spills},
          {"probes", use.probes},
          {"continuity", use.continuity},
          {"threads", use.threads},
          {"code", use.code},
          {"trace", implementation_->tracer != nullptr ? implementation_->tracer->bytes() : 0}};
}

std::string_view Session::isa() const { return kernels::name_of(implementation_->run.isa); }
const Program& Session::program() const { return implementation_->program; }

void live::SessionDoor::take_over(Session& session) {
  Session::Implementation& self = *session.implementation_;
  if (self.incoming != nullptr) self.switch_to(*std::exchange(self.incoming, nullptr));
}

bool live::SessionDoor::rehearses(const Session& session) { return session.implementation_->incoming != nullptr; }

std::vector<std::byte> live::SessionDoor::save(Session& session) {
  return session.implementation_->session.save(hash_of(session.program()));
}

std::expected<void, std::string> live::SessionDoor::restore(Session& session, const Program& program,
                                                            std::span<const std::byte> snapshot) {
  auto loaded = session.implementation_->load(program, snapshot);
  session.take_swap_reports();
  return loaded;
}

void live::SessionDoor::go_on_from(Session& session, double host_ms) {
  runtime::go_on_from(session.implementation_->session.clock(), host_ms);
}

Session live::SabotagedSession::make(Program program, SessionOptions options, runtime::Sabotage sabotage) {
  return Session(std::make_unique<Session::Implementation>(std::move(program), options, sabotage));
}

const runtime::Session& live::SessionDoor::inside(const Session& session) { return session.implementation_->session; }

std::vector<std::string> available_isas() {
  std::vector<std::string> names;
  for (const kernels::Isa isa : kernels::available_isas()) names.emplace_back(kernels::name_of(isa));
  return names;
}

std::string frame_digest(const RenderFrame& frame) { return to_hex(frame::digest(frame)); }
std::string validate_frame(const RenderFrame& frame) { return frame::validate(frame).value_or(""); }

}  // namespace oscilla
