// A line on the terminal that says how far a long piece of work is and when it will be done. Silent for short work, and
// where nobody looks.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace oscilla::cli {

class Progress {
 public:
  /// `what` is a verb, "rendering"; `total` steps are to be done, which `unit` counts.
  Progress(std::string what, std::int64_t total, bool wanted, std::string unit = "frames");
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(std::int64_t done);
  /// Takes the line away, as for something else to be said.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  std::string what_;
  std::string unit_;
  std::int64_t total_;
  bool wanted_;
  bool shown_ = false;
  Clock::time_point begin_;
  Clock::time_point next_;  // not before this time is the line drawn again
};

}  // namespace oscilla::cli
