#include "input/feed.hpp"

#include <algorithm>

namespace oscilla::input {

bool Feed::write(std::string_view source, std::span<const double> values, std::string_view key) {
  const std::size_t at = head_.load(std::memory_order_relaxed);
  const bool fits = at - tail_.load(std::memory_order_acquire) < kRoom &&
                    source.size() + key.size() <= FeedWrite::kMostText && !values.empty() && values.size() <= 4 &&
                    std::all_of(values.begin(), values.end(), [](double x) { return x - x == 0; });
  if (!fits) {
    dropped_.fetch_add(1, std::memory_order_relaxed);
    return false;
  }
  FeedWrite& write = room_[at % kRoom];
  std::ranges::copy(values, write.values.begin());
  write.count = static_cast<std::uint8_t>(values.size());
  write.source_size = static_cast<std::uint8_t>(source.size());
  write.key_size = static_cast<std::uint8_t>(key.size());
  std::ranges::copy(key, std::ranges::copy(source, write.text.begin()).out);
  head_.store(at + 1, std::memory_order_release);
  return true;
}

}  // namespace oscilla::input
