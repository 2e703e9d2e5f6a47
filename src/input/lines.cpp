#include "input/lines.hpp"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace oscilla::input {
namespace {

constexpr std::size_t kMostLine = 4096;
constexpr int kPatienceMs = 50;

}  // namespace

Lines::Lines(int descriptor) : thread_([this, descriptor] { read(descriptor); }) {}

Lines::~Lines() {
  stopping_.store(true);
  thread_.join();
}

std::vector<std::string> Lines::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(lines_, {});
}

void Lines::read(int descriptor) {
  std::string text;
  bool too_long = false;  // what comes up to the next end belongs to a line that was dropped
  while (!stopping_.load()) {
    pollfd input{descriptor, POLLIN, 0};
    if (::poll(&input, 1, kPatienceMs) <= 0) continue;
    std::array<char, 512> bytes;
    const ssize_t size = ::read(descriptor, bytes.data(), bytes.size());
    if (size <= 0) return;
    text.append(bytes.data(), static_cast<std::size_t>(size));
    const std::lock_guard lock(mutex_);
    for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n')) {
      std::string line = text.substr(0, end);
      text.erase(0, end + 1);
      if (line.ends_with('\r')) line.pop_back();
      if (!std::exchange(too_long, false) && line.size() <= kMostLine) lines_.push_back(std::move(line));
    }
    if (text.size() > kMostLine) text.clear(), too_long = true;
  }
}

}  // namespace oscilla::input
