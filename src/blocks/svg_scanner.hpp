// Reads the attributes of SVG that are little languages: path data, transforms.
#pragma once

#include <cmath>
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/number_text.hpp"

namespace oscilla::blocks {

/// Numbers, flags and letters, one after the other, with spaces and commas between.
class SvgScanner {
 public:
  explicit SvgScanner(std::string_view text) : text_(text) {}

  std::size_t at() const { return at_; }
  bool done() {
    skip();
    return at_ == text_.size();
  }
  /// The letter here, taken; or 0.
  char letter() {
    skip();
    if (at_ == text_.size() || !is_letter(text_[at_])) return 0;
    return text_[at_++];
  }
  /// The letters here, taken; empty if there are none.
  std::string_view word() {
    skip();
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_letter(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }
  bool take(char c) {
    skip();
    return at_ < text_.size() && text_[at_] == c && ++at_ != 0;
  }
  bool number(double& value) {
    skip();
    const std::size_t begin = at_;
    std::size_t end = at_;
    const auto digits = [&] {
      const std::size_t first = end;
      while (end < text_.size() && text_[end] >= '0' && text_[end] <= '9') ++end;
      return end - first;
    };
    if (end < text_.size() && (text_[end] == '+' || text_[end] == '-')) ++end;
    std::size_t found = digits();
    if (end < text_.size() && text_[end] == '.') {
      ++end;
      found += digits();
    }
    if (found == 0) return false;
    if (end < text_.size() && (text_[end] == 'e' || text_[end] == 'E')) {
      const std::size_t before = end++;
      if (end < text_.size() && (text_[end] == '+' || text_[end] == '-')) ++end;
      if (digits() == 0) end = before;
    }
    const std::size_t plus = text_[begin] == '+' ? 1 : 0;
    const std::optional<double> read = parse_number(text_.substr(begin + plus, end - begin - plus));
    if (!read || !std::isfinite(*read)) return false;
    value = *read;
    at_ = end;
    return true;
  }
  bool flag(bool& value) {
    skip();
    if (at_ == text_.size() || (text_[at_] != '0' && text_[at_] != '1')) return false;
    value = text_[at_++] == '1';
    return true;
  }

 private:
  static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
  static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ','; }
  void skip() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace oscilla::blocks
