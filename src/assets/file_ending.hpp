// What a file's name ends in.
#pragma once

#include <algorithm>
#include <string_view>

namespace oscilla::assets {

/// In small letters or capitals; `ending` is in small ones.
inline bool ends_in(std::string_view path, std::string_view ending) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return path.size() > ending.size() &&
         std::equal(ending.rbegin(), ending.rend(), path.rbegin(), [&](char a, char b) { return a == lower(b); });
}

}  // namespace oscilla::assets
