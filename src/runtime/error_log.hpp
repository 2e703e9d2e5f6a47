// The errors of a running program, merged by kind and place. Room for records is made once: reporting allocates
// nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "oscilla/runtime_error.hpp"

namespace oscilla::runtime {

class ErrorLog {
 public:
  /// `capacity`: how many places there can be; what is beyond is dropped.
  explicit ErrorLog(std::size_t capacity) { records_.reserve(capacity); }

  /// One more tick in which it happened. Its names must outlive the log.
  void report(const RuntimeError& error, std::int64_t tick);
  /// Forgets them all.
  void acknowledge() { records_.clear(); }

  /// In the order in which they happened first.
  std::span<const RuntimeError> records() const { return records_; }
  std::size_t bytes() const { return records_.capacity() * sizeof(RuntimeError); }

 private:
  std::vector<RuntimeError> records_;
};

}  // namespace oscilla::runtime
