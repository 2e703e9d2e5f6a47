#include "live/swapper.hpp"

#include <algorithm>
#include <utility>

namespace oscilla::live {

/// A patch, or a moment of a program.
struct Swapper::Request {
  std::optional<Patch> patch;
  std::uint64_t generation = 0;
  NanosecondClock clock = nullptr;
  std::optional<Program> program{};
  std::vector<std::byte> snapshot{};
  GoBack wish{};
};

Swapper::~Swapper() {
  thread_.reset();
  delete requested_.load();
  delete ready_.load();
  free_finished();
}

std::uint64_t Swapper::request(Patch patch, NanosecondClock clock) {
  const std::uint64_t generation = number_request();
  post(std::make_unique<Request>(Request{std::move(patch), generation, clock}));
  return generation;
}

void Swapper::request_restore(Program program, std::vector<std::byte> snapshot, const GoBack& wish) {
  post(std::make_unique<Request>(
      Request{{}, wish.generation, wish.clock, std::move(program), std::move(snapshot), wish}));
}

void Swapper::refuse_restore(std::uint64_t generation, std::string why) {
  publish({.generation = generation, .outcome = SwapOutcome::Refused, .why = std::move(why)});
}

void Swapper::supersede_restore(std::uint64_t generation) {
  publish({.generation = generation, .outcome = SwapOutcome::Superseded});
}

void Swapper::post(std::unique_ptr<Request> request) {
  const Guard lock(thread_mutex_);
  const std::unique_ptr<Request> superseded(requested_.exchange(request.release()));
  if (superseded) publish({.generation = superseded->generation, .outcome = SwapOutcome::Superseded});
  if (!thread_) {
    thread_ = std::make_unique<BackgroundThread>([](void* self) { static_cast<Swapper*>(self)->work(); }, this);
  }
  thread_->wake();
}

void Swapper::wait_until_served() const {
  if (thread_) thread_->wait_until_done();
}

std::vector<SwapReport> Swapper::take_reports() {
  const Guard lock(reports_mutex_);
  return std::exchange(reports_, {});
}

std::optional<SwapReport> Swapper::take_report(std::uint64_t generation) {
  const Guard lock(reports_mutex_);
  const auto found = std::ranges::find(reports_, generation, &SwapReport::generation);
  if (found == reports_.end()) return {};
  std::optional<SwapReport> report = std::move(*found);
  reports_.erase(found);
  return report;
}

void Swapper::publish(SwapReport report) {
  const Guard lock(reports_mutex_);
  if (reports_.size() == kMostSwapReports) reports_.erase(reports_.begin());
  reports_.push_back(std::move(report));
}

void Swapper::running_is(const Program& program, std::vector<std::uint32_t> rooms) {
  wait_until_served();
  take_back_offer();
  running_ = program;
  rooms_ = std::move(rooms);
}

void Swapper::trace(std::shared_ptr<const TraceRequest> request) {
  const Guard lock(reports_mutex_);
  trace_ = std::move(request);
}

std::shared_ptr<const TraceRequest> Swapper::trace_request() {
  const Guard lock(reports_mutex_);
  return trace_;
}

PreparedSwap* Swapper::take() noexcept {
  if (ready_.load(std::memory_order_relaxed) == nullptr) return nullptr;
  return ready_.exchange(nullptr);
}

void Swapper::give_back(PreparedSwap* finished) noexcept {
  finished->next = finished_.load();
  while (!finished_.compare_exchange_weak(finished->next, finished)) {
  }
  thread_->wake();
}

void Swapper::work() {
  free_finished();
  const std::unique_ptr<Request> request(requested_.exchange(nullptr));
  if (request) serve(*request);
}

void Swapper::serve(const Request& request) {
  const std::uint64_t begin = !request.patch ? request.wish.begin : request.clock != nullptr ? request.clock() : 0;
  std::unique_ptr<PreparedSwap> prepared =
      request.patch ? build(running_, *request.patch, options_, *caches_)
                    : build_moment(*request.program, request.snapshot, request.wish.tick, options_, *caches_);
  prepared->report.generation = request.generation;
  if (!prepared->program) {
    publish(std::move(prepared->report));
    return;
  }
  if (const auto trace = trace_request()) {
    runtime::ProgramState& state = prepared->moment ? prepared->moment->state : prepared->state;
    runtime::tap_fields(state, fields_to_tap(*prepared->program, trace->options));
    prepared->trace = std::make_unique<TraceRing>(*prepared->program, state, *trace);
  }
  if (requested_.load() != nullptr) {  // a newer one waits already
    publish({.generation = request.generation, .outcome = SwapOutcome::Superseded});
    return;
  }
  take_back_offer();
  if (request.patch) plan_against(running_, rooms_, *prepared);
  if (request.clock != nullptr) prepared->report.prepare_nanoseconds = request.clock() - begin;
  offered_ = prepared->program;
  offered_rooms_ = prepared->rooms;
  ready_.store(prepared.release());
}

/// Afterwards `running_` is what the next swap will find.
void Swapper::take_back_offer() {
  if (!offered_) return;
  const std::unique_ptr<PreparedSwap> untaken(ready_.exchange(nullptr));
  if (untaken) {
    publish({.generation = untaken->report.generation, .outcome = SwapOutcome::Superseded});
  } else {
    running_ = *offered_;
    rooms_ = std::move(offered_rooms_);
  }
  offered_.reset();
}

void Swapper::free_finished() {
  // Reports in the order of the swaps: the stack has the last one on top.
  PreparedSwap* in_order = nullptr;
  for (PreparedSwap* top = finished_.exchange(nullptr); top != nullptr;) {
    PreparedSwap* below = std::exchange(top->next, in_order);
    in_order = std::exchange(top, below);
  }
  while (in_order != nullptr) {
    const std::unique_ptr<PreparedSwap> finished(std::exchange(in_order, in_order->next));
    if (finished->report.generation != 0) publish(std::move(finished->report));
  }
}

}  // namespace oscilla::live
