// Runtime errors of programs that run no longer, until somebody has seen them: with names of their own, merged by kind
// and place. Room is made once; what is beyond is counted with the last one of its kind.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "oscilla/runtime_error.hpp"

namespace oscilla::live {

class KeptErrors {
 public:
  KeptErrors() { records_.reserve(kMost); }

  /// Those of a program that goes. Allocates nothing.
  void keep(std::span<const RuntimeError> errors);
  void clear() { records_.clear(); }

  std::size_t size() const { return records_.size(); }
  /// Its names live until clear().
  RuntimeError operator[](std::size_t index) const;

 private:
  static constexpr std::size_t kMost = 32;
  /// A name, or its beginning.
  struct Name {
    std::array<char, 80> text;
    std::uint8_t length = 0;
    std::string_view view() const { return {text.data(), length}; }
    void set(std::string_view name);
  };
  struct Record {
    RuntimeError error;
    Name block, port, instance;
  };
  std::vector<Record> records_;
};

}  // namespace oscilla::live
