#include "oscilla/session.hpp"

#include <utility>

#include "base/hash.hpp"
#include "frame/digest.hpp"
#include "frame/validate.hpp"
#include "live/compiled_patch.hpp"
#include "live/run_options.hpp"
#include "live/sabotaged_session.hpp"
#include "live/session_door.hpp"
#include "live/session_implementation.hpp"

namespace oscilla {

Session::Implementation::Implementation(Program running, const SessionOptions& options, runtime::Sabotage sabotage)
    : program(std::move(running)),
      threads(options.threads),
      run(live::run_options(options, threads.runner(), sabotage)),
      session(runtime::sabotaged(program.compiled().program, sabotage), run),
      costs(session.program().steps.size()),
      swapper(program, run, session.caches()) {}

Session::Implementation::~Implementation() {
  end_recording();
  delete incoming;
  while (retired != nullptr) delete std::exchange(retired, retired->next);
}

const RenderFrame& Session::Implementation::tick(double t_ms, runtime::StepTimes* times) {
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

std::string_view Session::Implementation::name_of(std::uint32_t channel) const {
  return program.compiled().program->channels[channel].name;
}

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

static_assert(Session::kMostPosition == runtime::kMostPosition);
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

std::span<const double> Session::input(std::uint32_t channel) const {
  return implementation_->session.channels().waiting({channel});
}

bool Session::send(std::uint32_t channel, std::string_view key, double value) {
  Implementation& self = *implementation_;
  if (!self.session.write_event({channel}, key, value)) return false;
  if (self.recorder != nullptr) self.recorder->tape().send(self.name_of(channel), key, value);
  return true;
}

void Session::measure(std::uint64_t (*clock)()) { implementation_->clock = clock; }

std::string_view Session::isa() const { return kernels::name_of(implementation_->run.isa); }
const Program& Session::program() const { return implementation_->program; }

Session live::SabotagedSession::make(Program program, SessionOptions options, runtime::Sabotage sabotage) {
  return Session(std::make_unique<Session::Implementation>(std::move(program), options, sabotage));
}

std::vector<std::string> available_isas() {
  std::vector<std::string> names;
  for (const kernels::Isa isa : kernels::available_isas()) names.emplace_back(kernels::name_of(isa));
  return names;
}

std::string frame_digest(const RenderFrame& frame) { return to_hex(frame::digest(frame)); }
std::string validate_frame(const RenderFrame& frame) { return frame::validate(frame).value_or(""); }

}  // namespace oscilla
