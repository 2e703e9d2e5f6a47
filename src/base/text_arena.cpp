#include "base/text_arena.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <utility>

namespace oscilla {

std::string_view TextArena::keep(std::initializer_list<std::string_view> parts) {
  constexpr std::size_t kChunk = 16384;
  std::size_t size = 0;
  for (const std::string_view part : parts) size += part.size();
  Storage& storage = *storage_;
  if (size > storage.left) {
    storage.left = std::max(size, kChunk);
    storage.chunks.push_back(std::make_unique_for_overwrite<char[]>(storage.left));
    storage.free = storage.chunks.back().get();
  }
  char* const begin = storage.free;
  for (const std::string_view part : parts) {
    if (!part.empty()) std::memcpy(storage.free, part.data(), part.size());
    storage.free += part.size();
  }
  storage.left -= size;
  return {begin, size};
}

std::size_t TextCounts::place_of(std::string_view text) const {
  const std::size_t mask = entries_.size() - 1;
  std::size_t at = std::hash<std::string_view>()(text) & mask;
  while (entries_[at].used && entries_[at].text != text) at = (at + 1) & mask;
  return at;
}

void TextCounts::grow() {
  std::vector<Entry> old(std::max<std::size_t>(256, 4 * entries_.size()));
  std::swap(old, entries_);
  for (const Entry& entry : old)
    if (entry.used) entries_[place_of(entry.text)] = entry;
}

std::uint32_t& TextCounts::operator[](std::string_view text) {
  if (2 * (used_ + 1) > entries_.size()) grow();
  Entry& entry = entries_[place_of(text)];
  if (!entry.used) ++used_;
  entry.used = true;
  entry.text = text;
  return entry.count;
}

}  // namespace oscilla
