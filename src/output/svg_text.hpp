// What SVG documents are written with: text, numbers, attributes, colours.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

namespace oscilla::output {

class SvgText {
 public:
  explicit SvgText(std::vector<std::uint8_t>& bytes) : bytes_(bytes) {}

  /// `value` with `decimals` digits after the point at most, trailing zeros cut, never "-0".
  struct Number {
    double value;
    int decimals = 4;
  };

  void text(std::string_view part) { bytes_.insert(bytes_.end(), part.begin(), part.end()); }

  template <class... Arguments>
  void put(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(bytes_), format, std::forward<Arguments>(arguments)...);
  }

  void number(Number number) {
    char digits[400];
    const auto written = fmt::format_to_n(digits, sizeof digits, "{:.{}f}", number.value, number.decimals);
    std::string_view view(digits, written.size);
    while (view.back() == '0') view.remove_suffix(1);
    if (view.back() == '.') view.remove_suffix(1);
    text(view == "-0" || view.empty() ? "0" : view);
  }

  void attribute(std::string_view name, Number value) {
    put(" {}=\"", name);
    number(value);
    text("\"");
  }

  /// Several numbers with blanks between.
  void numbers(std::initializer_list<Number> values) {
    bool first = true;
    for (const Number& value : values) {
      if (!std::exchange(first, false)) text(" ");
      number(value);
    }
  }

  void escaped(std::string_view part) {
    for (const char c : part) {
      switch (c) {
        case '&': text("&amp;"); break;
        case '<': text("&lt;"); break;
        case '"': text("&quot;"); break;
        default: bytes_.push_back(static_cast<std::uint8_t>(c));
      }
    }
  }

  /// `name`="#rrggbb" and, where it is not opaque, `alpha_name`.
  void color(std::string_view name, std::string_view alpha_name, float r, float g, float b, float a) {
    const auto byte = [](float c) { return static_cast<int>(std::clamp(c, 0.0f, 1.0f) * 255 + 0.5f); };
    put(" {}=\"#{:02x}{:02x}{:02x}\"", name, byte(r), byte(g), byte(b));
    if (a < 1) attribute(alpha_name, {std::max(a, 0.0f)});
  }

 private:
  std::vector<std::uint8_t>& bytes_;
};

}  // namespace oscilla::output
