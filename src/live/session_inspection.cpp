// What can be known of a session: values, traces, errors, costs.
#include <algorithm>
#include <bit>
#include <limits>

#include "ir/event_key.hpp"
#include "live/compiled_patch.hpp"
#include "live/session_door.hpp"
#include "live/session_implementation.hpp"
#include "live/step_names.hpp"

namespace oscilla {
namespace {

/// Processors differ in the bits of what is not a number: whoever looks sees one of them.
double seen(double x) { return x == x ? x : std::numeric_limits<double>::quiet_NaN(); }

/// The text of an event's key; of a lane that was collected its number. Empty if nobody knows it.
std::string text_of_key(const runtime::Session& session, const exec::Event& event) {
  if (const std::string_view known = session.key_text(event.key); !known.empty()) return std::string(known);
  const bool is_lane = event.key_number >= 0 && event.key_number < 1u << 24;
  const auto lane = static_cast<std::uint32_t>(is_lane ? event.key_number : 0);
  return is_lane && ir::number_key(lane) == event.key ? std::to_string(lane) : std::string();
}

}  // namespace

StepTotals Session::Implementation::all_costs() const {
  StepTotals all = totals;
  const std::vector<ir::Step>& steps = program.compiled().program->steps;
  for (std::size_t s = 0; s < steps.size(); ++s) {
    const bool assembles = steps[s].kind == ir::StepKind::Order || steps[s].kind == ir::StepKind::Emit ||
                           steps[s].kind == ir::StepKind::Commit;
    (assembles ? all.assembly : all.evaluation) += static_cast<std::uint64_t>(costs[s]);
  }
  return all;
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
      value.room = session.program().instances[probe.instance.v].lanes;
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

std::optional<TracedFrame> Session::last_traced() const {
  return implementation_->tracer != nullptr ? implementation_->tracer->last() : std::nullopt;
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

CameraView Session::camera() const {
  const kernels::CameraUniforms& uniforms = implementation_->session.state().camera;
  CameraView view{uniforms.perspective,
                  uniforms.scale_x,
                  uniforms.offset_x,
                  uniforms.offset_y,
                  uniforms.near,
                  uniforms.far,
                  {},
                  {},
                  {},
                  uniforms.tan_half_fov};
  std::ranges::copy(uniforms.right, view.right);
  std::ranges::copy(uniforms.up, view.up);
  std::ranges::copy(uniforms.forward, view.forward);
  return view;
}

StepTotals Session::step_totals() const { return implementation_->all_costs(); }

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

const runtime::Session& live::SessionDoor::inside(const Session& session) { return session.implementation_->session; }

}  // namespace oscilla
