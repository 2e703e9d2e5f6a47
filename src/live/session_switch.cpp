// Programs and moments that take over from the one that runs.
#include <algorithm>
#include <utility>

#include "live/session_door.hpp"
#include "live/session_implementation.hpp"

namespace oscilla {

void Session::Implementation::between_ticks() {
  while (retired != nullptr && retired->first_tick <= ticks) swapper.give_back(std::exchange(retired, retired->next));
  if (incoming == nullptr) incoming = swapper.take();
  if (incoming == nullptr) return;
  const bool rehearsed = incoming->transition.rehearsals == 2;
  if (rehearsed || !incoming->transition.measures()) let_in(*std::exchange(incoming, nullptr));
}

const RenderFrame& Session::Implementation::run_tick(double t_ms, runtime::StepTimes* times) {
  if (incoming == nullptr) {
    const RenderFrame& frame = session.tick(t_ms, times);
    if (retired != nullptr && retired->first_tick == ticks + 1 && !retired->moment) tell_jumps(*retired);
    return frame;
  }
  const runtime::Incoming rehearsal = incoming->incoming();
  return session.tick(t_ms, times, &rehearsal);
}

void Session::Implementation::tell_jumps(live::PreparedSwap& prepared) {
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

void Session::Implementation::let_in(live::PreparedSwap& prepared) {
  prepared.moment ? go_back_to(prepared) : switch_to(prepared);
}

void Session::Implementation::switch_to(live::PreparedSwap& prepared) {
  const std::uint64_t begin = clock != nullptr ? clock() : 0;
  prepared.report.rehearsed = prepared.transition.rehearsals == 2;
  session.swap(prepared.incoming());
  kept_errors.keep(prepared.state.errors.records());
  change_programs(*prepared.program);
  if (recorder != nullptr) recorder->tape().swap(program, prepared.transition.rehearsals);
  retire(prepared, begin);
}

void Session::Implementation::go_back_to(live::PreparedSwap& prepared) {
  const std::uint64_t begin = clock != nullptr ? clock() : 0;
  const double host_ms = std::as_const(session).clock().host_ms;
  session.restore(*prepared.moment);
  runtime::go_on_from(session.clock(), host_ms);
  kept_errors.keep(prepared.moment->state.errors.records());
  change_programs(*prepared.program);
  if (recorder != nullptr) recorder->tape().restore(static_cast<std::uint64_t>(prepared.report.restored));
  retire(prepared, begin);
}

void Session::Implementation::change_programs(Program& other) {
  totals = all_costs();
  ++swaps;
  std::swap(program, other);
}

void Session::Implementation::retire(live::PreparedSwap& prepared, std::uint64_t begin) {
  last_frame = nullptr;
  std::swap(costs, prepared.step_costs);
  trace_switch(prepared);
  prepared.first_tick = ticks + 1;
  prepared.report.tick = session.clock().tick + 1;
  prepared.report.boundary_nanoseconds = clock != nullptr ? clock() - begin : 0;
  prepared.next = std::exchange(retired, &prepared);
}

void Session::Implementation::trace_switch(live::PreparedSwap& prepared) {
  const bool ready =
      tracer != nullptr && prepared.trace != nullptr && prepared.trace->request() == tracer->request().number;
  if (!ready && tracer != nullptr)
    session.tap_fields(live::fields_to_tap(program, tracer->request().options));
  else if (!ready)
    session.tap_fields({});
  if (tracer != nullptr) tracer->switch_to(program, session.state(), session.clock().tick, costs, prepared.trace);
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

void live::SessionDoor::take_over(Session& session) {
  Session::Implementation& self = *session.implementation_;
  if (self.incoming != nullptr) self.switch_to(*std::exchange(self.incoming, nullptr));
}

bool live::SessionDoor::rehearses(const Session& session) { return session.implementation_->incoming != nullptr; }

}  // namespace oscilla
