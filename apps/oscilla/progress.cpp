#include "oscilla/progress.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "oscilla/console.hpp"

namespace oscilla::cli {
namespace {

constexpr std::chrono::milliseconds kFirst{500};
constexpr std::chrono::milliseconds kEach{100};
constexpr std::int64_t kBarWidth = 24;

std::string minutes(double seconds) {
  const auto whole = static_cast<std::int64_t>(seconds + 0.5);
  if (whole >= 3600) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

Progress::Progress(std::string what, std::int64_t total, bool wanted, std::string unit)
    : what_(std::move(what)),
      unit_(std::move(unit)),
      total_(std::max<std::int64_t>(total, 1)),
      wanted_(wanted && error_is_terminal()) {
  begin_ = Clock::now();
  next_ = begin_ + kFirst;
}

Progress::~Progress() { clear(); }

void Progress::clear() {
  if (shown_) say("\r\x1b[K");
  shown_ = false;
}

void Progress::show(std::int64_t done) {
  if (!wanted_ || done <= 0) return;
  const Clock::time_point now = Clock::now();
  if (now < next_) return;
  next_ = now + kEach;
  shown_ = true;
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  const double rate = static_cast<double>(done) / seconds;
  const std::int64_t filled = kBarWidth * done / total_;
  say(fmt::format("\r{} {}{} {}/{}  {:.1f} {}/s  {} left\x1b[K", what_,
                  std::string(static_cast<std::size_t>(filled), '#'),
                  std::string(static_cast<std::size_t>(kBarWidth - filled), '.'), done, total_, rate, unit_,
                  minutes(static_cast<double>(total_ - done) / rate)));
}

}  // namespace oscilla::cli
