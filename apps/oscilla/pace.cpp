#include "oscilla/pace.hpp"

#include <algorithm>
#include <bit>
#include <chrono>
#include <thread>

namespace oscilla::cli {
namespace {

/// Four classes for every power of two.
std::size_t class_of(std::uint64_t nanoseconds) {
  if (nanoseconds < 4) return nanoseconds;
  const int exponent = std::bit_width(nanoseconds) - 1;
  return static_cast<std::size_t>(exponent - 1) * 4 + ((nanoseconds >> (exponent - 2)) & 3);
}

/// The smallest duration of a class.
std::uint64_t duration_of(std::size_t index) {
  if (index < 4) return index;
  const std::size_t exponent = index / 4 + 1;
  return (4 + index % 4) << (exponent - 2);
}

}  // namespace

std::uint64_t steady_nanoseconds() {
  const auto time = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(time).count());
}

std::uint64_t Pace::due(std::int64_t frame) const {
  const double seconds = static_cast<double>(frame) * rate_.denominator / rate_.numerator;
  return begin_ + static_cast<std::uint64_t>(seconds * 1e9);
}

double Pace::begin_frame() {
  frame_begin_ = steady_nanoseconds();
  const std::int64_t planned = frame_ + 1;
  const double passed = static_cast<double>(frame_begin_ - begin_) * 1e-9;
  frame_ = std::max(planned, static_cast<std::int64_t>(passed * rate_.numerator / rate_.denominator));
  late_ += static_cast<std::uint64_t>(frame_ - planned);
  return static_cast<double>(frame_ * 1000 * rate_.denominator) / static_cast<double>(rate_.numerator);
}

void Pace::end_frame() {
  ++frames_;
  ++durations_[std::min(class_of(steady_nanoseconds() - frame_begin_), kClasses - 1)];
}

void Pace::wait_for_next() const {
  const std::uint64_t next = due(frame_ + 1);
  const std::uint64_t now = steady_nanoseconds();
  if (next > now) std::this_thread::sleep_for(std::chrono::nanoseconds(next - now));
}

double Pace::elapsed_ms() const { return static_cast<double>(steady_nanoseconds() - begin_) * 1e-6; }

std::uint64_t Pace::quantile(double share) const {
  auto left = static_cast<std::uint64_t>(share * static_cast<double>(frames_));
  for (std::size_t index = 0; index < kClasses; ++index) {
    if (left < durations_[index]) return duration_of(index);
    left -= durations_[index];
  }
  return 0;
}

Pace::Health Pace::health() const {
  return {.frames = frames_,
          .late = late_,
          .median_nanoseconds = quantile(0.5),
          .p99_nanoseconds = quantile(0.99),
          .budget_nanoseconds = budget_nanoseconds()};
}

}  // namespace oscilla::cli
