// The errors of a running program, merged by kind and block. Room for one record of everything that can go wrong is
// made once: reporting allocates nothing.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "oscilla/runtime_error.hpp"

namespace oscilla::runtime {

class ErrorLog {
 public:
  /// `capacity`: how many different (kind, block) there can be; what is beyond is dropped.
  explicit ErrorLog(std::size_t capacity) { records_.reserve(capacity); }

  /// `block` must outlive the log.
  void report(RuntimeErrorKind kind, std::string_view block, std::int64_t tick, double value, double used);

  /// In the order in which they happened first.
  std::span<const RuntimeError> records() const { return records_; }
  std::size_t bytes() const { return records_.capacity() * sizeof(RuntimeError); }

 private:
  std::vector<RuntimeError> records_;
};

}  // namespace oscilla::runtime
