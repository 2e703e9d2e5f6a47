// Lines that somebody types while something else runs: read in a thread of its own, taken when there is time. In: a
// file descriptor. Out: whole lines, in their order.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace oscilla::input {

class Lines {
 public:
  /// Reads from `descriptor`, which stays open as long as it lives; what is longer than 4 KB is no line.
  explicit Lines(int descriptor);
  ~Lines();
  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;

  /// Those since the last call, without their ends, "\n" or "\r\n".
  std::vector<std::string> take();

 private:
  void read(int descriptor);

  std::mutex mutex_;
  std::vector<std::string> lines_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;  ///< last: it writes the others
};

}  // namespace oscilla::input
