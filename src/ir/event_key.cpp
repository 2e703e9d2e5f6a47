#include "ir/event_key.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <string>

#include "base/hash.hpp"
#include "base/number_text.hpp"

namespace oscilla::ir {

double key_number(std::string_view text) {
  const std::optional<double> number = parse_number(text);
  return number && *number - *number == 0 ? *number : static_cast<double>(stable_id(text).v & 0xffffff);
}

StableId number_key(std::uint32_t number) {
  std::array<char, 10> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  return stable_id(std::string_view(text.data(), end));
}

EventKey event_key(std::string_view text) { return {stable_id(text), std::string(text), key_number(text)}; }

}  // namespace oscilla::ir
