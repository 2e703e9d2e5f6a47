// Work in a process of its own: a copy of this one, whose standard output is read here. For work that is independent
// and large; started while this process has one thread only.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "output/outcome.hpp"

namespace oscilla::output {

class ForkedJob {
 public:
  /// `work` runs in the copy; what it returns is the copy's exit status. The error is an errno.
  static std::expected<ForkedJob, int> start(const std::function<int()>& work);
  ForkedJob(ForkedJob&& other) noexcept;
  ForkedJob& operator=(ForkedJob&&) = delete;
  /// Ends work that is still going on.
  ~ForkedJob();

  /// So many bytes of its standard output as there are, at most `bytes.size()`; fewer only at its end.
  std::size_t read(std::span<std::uint8_t> bytes);
  /// Waits. The exit status, or 128 and the number of the signal that ended it.
  int finish();

 private:
  ForkedJob(pid_t id, int output) : id_(id), output_(output) {}

  pid_t id_;    // 0: ended
  int output_;  // -1: closed
};

}  // namespace oscilla::output
