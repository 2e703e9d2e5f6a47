// What is written down of a session, and going back to what it was.
#include <utility>

#include <fmt/format.h>

#include "live/compiled_patch.hpp"
#include "live/history.hpp"
#include "live/session_door.hpp"
#include "live/session_implementation.hpp"
#include "live/snapshot.hpp"

namespace oscilla {

std::expected<void, std::string> Session::Implementation::load(const Program& of, std::span<const std::byte> snapshot) {
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
  totals = all_costs();
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

void Session::Implementation::end_recording() {
  if (recorder == nullptr) return;
  recorder->tape().end(last_frame);
  if (live::History* history = recorder->history()) history->serve(nullptr);
  std::exchange(recorder, nullptr)->wake();
}

void Session::Implementation::note(live::TapeKind kind, double value, std::uint8_t rail) {
  if (recorder != nullptr) recorder->tape().transport(kind, value, rail);
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

}  // namespace oscilla
