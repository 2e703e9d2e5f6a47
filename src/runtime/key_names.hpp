// The texts of the keys that events from outside have, for whoever wants to read them: the engine itself tells keys
// apart by their hashes. Bounded: room is made once, and what is beyond it, or longer, stays a number.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "base/archive.hpp"
#include "base/ids.hpp"

namespace oscilla::runtime {

class KeyNames {
 public:
  static constexpr std::size_t kMostNames = 1024;
  static constexpr std::size_t kMostBytes = 55;

  KeyNames() { names_.reserve(kMostNames); }
  void add(StableId id, std::string_view text);
  /// Empty if it is not known.
  std::string_view find(StableId id) const;
  void visit(Archive& archive);
  std::size_t bytes() const { return names_.capacity() * sizeof(Name); }

 private:
  struct Name {
    StableId id;
    std::uint8_t length = 0;
    std::array<char, kMostBytes> text{};
  };
  std::vector<Name> names_;  // ascending by id
};

}  // namespace oscilla::runtime
