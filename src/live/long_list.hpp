// A list that grows at its end and may forget its beginning: elements keep the numbers that they were added with.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <utility>

namespace oscilla::live {

template <class Element>
class LongList {
 public:
  void push_back(Element element) { kept_.push_back(std::move(element)); }
  void forget_before(std::size_t number) {
    const std::size_t count = std::min(number - std::min(number, first_), kept_.size());
    kept_.erase(kept_.begin(), kept_.begin() + static_cast<std::ptrdiff_t>(count));
    first_ += count;
  }

  /// The number of the first that is there.
  std::size_t first() const { return first_; }
  /// The number that the next one gets.
  std::size_t size() const { return first_ + kept_.size(); }
  bool empty() const { return size() == 0; }
  Element& operator[](std::size_t number) { return kept_[number - first_]; }
  const Element& operator[](std::size_t number) const { return kept_[number - first_]; }
  Element& back() { return kept_.back(); }
  auto begin() const { return kept_.begin(); }
  auto end() const { return kept_.end(); }

 private:
  std::deque<Element> kept_;
  std::size_t first_ = 0;
};

}  // namespace oscilla::live
