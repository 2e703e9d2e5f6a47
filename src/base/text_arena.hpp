// Texts that stay where they are: names that many tables point to. Copies share what has been kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string_view>
#include <vector>

namespace oscilla {

class TextArena {
 public:
  /// The parts as one text.
  std::string_view keep(std::initializer_list<std::string_view> parts);
  std::string_view keep(std::string_view text) { return keep({text}); }

 private:
  struct Storage {
    std::vector<std::unique_ptr<char[]>> chunks;
    char* free = nullptr;
    std::size_t left = 0;
  };
  std::shared_ptr<Storage> storage_ = std::make_shared<Storage>();
};

/// How often a text has been counted. The texts must stay where they are.
class TextCounts {
 public:
  std::uint32_t& operator[](std::string_view text);

 private:
  struct Entry {
    std::string_view text;
    std::uint32_t count = 0;
    bool used = false;
  };
  std::size_t place_of(std::string_view text) const;
  void grow();
  std::vector<Entry> entries_;  ///< a power of two of places, at most half of them used
  std::size_t used_ = 0;
};

}  // namespace oscilla
