// What somebody types while a patch runs: lines of standard input, one command each.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "input/lines.hpp"
#include "oscilla/read_option.hpp"
#include "oscilla/session.hpp"

namespace oscilla::cli {

class LiveCommands {
 public:
  /// A minute of frames can be gone back.
  static std::uint32_t most_ticks_back(Rate rate);

  /// Reads from standard input, if it `listens`.
  LiveCommands(bool listens, Rate rate);

  /// Before the tick at this time: does what was typed. What cannot be done is said.
  void obey(double t_ms, Session& session);
  /// Whether it was typed that all is over.
  bool quit() const { return quit_; }

 private:
  void obey(const std::string& line, double t_ms, Session& session);
  std::string obey(const std::string& word, double value, double t_ms, Session& session) const;

  std::optional<input::Lines> lines_;
  std::uint32_t most_back_;
  std::deque<double> times_;  ///< of the last ticks
  std::int64_t ticks_ = 0;    ///< all
  bool quit_ = false;
};

}  // namespace oscilla::cli
