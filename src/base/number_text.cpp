#include "base/number_text.hpp"

#include <fast_float/fast_float.h>
#include <fmt/format.h>

namespace oscilla {
namespace {

template <class T>
std::string shortest(T value) {
  if (value != value) return "nan";
  return fmt::format("{}", value);
}

}  // namespace

std::string to_text(double value) { return shortest(value); }
std::string to_text(float value) { return shortest(value); }

std::optional<double> parse_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = fast_float::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace oscilla
