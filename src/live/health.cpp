#include "oscilla/health.hpp"

#include <algorithm>
#include <cstddef>

#include "oscilla/session.hpp"

namespace oscilla {
namespace {

constexpr std::size_t kRecentFrames = 600;

/// The smallest of which at least this share is not larger.
std::uint64_t quantile(std::vector<std::uint64_t>& durations, double share) {
  const auto at =
      std::min(static_cast<std::size_t>(share * static_cast<double>(durations.size())), durations.size() - 1);
  std::nth_element(durations.begin(), durations.begin() + static_cast<std::ptrdiff_t>(at), durations.end());
  return durations[at];
}

std::vector<HealthError> by_kind(const std::vector<RuntimeError>& errors) {
  std::vector<HealthError> kinds;
  for (std::size_t kind = 0; kind < kRuntimeErrorKinds; ++kind) {
    HealthError of{.kind = static_cast<RuntimeErrorKind>(kind), .last_tick = -1, .first = {}};
    for (std::size_t i = 0; i < errors.size(); ++i) {
      const RuntimeError& error = errors[i];
      if (error.kind != of.kind) continue;
      const auto same_place = [&](const RuntimeError& other) {  // of an earlier program
        return other.kind == error.kind && other.block == error.block && other.port == error.port;
      };
      if (of.places == 0) of.first = describe(error);
      of.places += std::any_of(errors.begin(), errors.begin() + static_cast<std::ptrdiff_t>(i), same_place) ? 0 : 1;
      of.count += error.count;
      of.last_tick = std::max(of.last_tick, error.last_tick);
    }
    if (of.places > 0) kinds.push_back(std::move(of));
  }
  return kinds;
}

}  // namespace

HealthMonitor::HealthMonitor(std::uint64_t budget_nanoseconds) : budget_(budget_nanoseconds) {
  recent_.reserve(kRecentFrames);
}

std::optional<Health> HealthMonitor::add(const Session& session, const FrameCost& cost, std::uint64_t now) {
  const std::uint64_t whole = cost.tick + cost.output;
  if (recent_.size() < kRecentFrames)
    recent_.push_back(whole);
  else
    recent_[frames_ % kRecentFrames] = whole;
  ++frames_;
  late_ += whole > budget_ ? 1 : 0;
  dropped_ += cost.dropped;
  ticks_ += cost.tick;
  output_ += cost.output;
  if (next_ == 0) next_ = now + kInterval;
  if (now < next_) return std::nullopt;
  next_ = std::max(next_ + kInterval, now);
  return snapshot(session);
}

Health HealthMonitor::snapshot(const Session& session) {
  Health health;
  health.frames = frames_;
  health.late = late_;
  health.dropped = dropped_;
  health.budget_nanoseconds = budget_;
  if (std::vector<std::uint64_t> durations = recent_; !durations.empty()) {
    health.median_nanoseconds = quantile(durations, 0.5);
    health.p99_nanoseconds = quantile(durations, 0.99);
    health.most_nanoseconds = *std::ranges::max_element(durations);
  }
  const StepTotals totals = session.step_totals();
  const auto whole = static_cast<double>(ticks_ + output_);
  if (whole > 0) {
    health.evaluation = static_cast<double>(totals.evaluation - evaluation_before_) / whole;
    health.assembly = static_cast<double>(totals.assembly - assembly_before_) / whole;
    health.output = static_cast<double>(output_) / whole;
  }
  evaluation_before_ = totals.evaluation;
  assembly_before_ = totals.assembly;
  ticks_ = output_ = 0;
  health.memory_bytes = session.memory_bytes();
  health.swaps = session.swaps();
  health.errors = by_kind(session.unacknowledged_errors());
  return health;
}

}  // namespace oscilla
