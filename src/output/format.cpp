#include "output/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace oscilla::output {
namespace {

constexpr std::array<std::pair<std::string_view, Format>, 7> kEndings = {{{".png", Format::Png},
                                                                          {".svg", Format::Svg},
                                                                          {".mp4", Format::Mp4},
                                                                          {".webm", Format::Webm},
                                                                          {".gif", Format::Gif},
                                                                          {".rgba", Format::Raw},
                                                                          {".digest", Format::Digest}}};

bool ends_with_ignoring_case(std::string_view text, std::string_view ending) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return text.size() >= ending.size() &&
         std::equal(ending.begin(), ending.end(), text.end() - static_cast<std::ptrdiff_t>(ending.size()),
                    [&](char a, char b) { return a == lower(b); });
}

}  // namespace

std::expected<Format, std::string> format_of(std::string_view path, bool is_directory) {
  if (path == "-") return Format::Raw;
  if (path == "null") return Format::Null;
  if (is_directory || path.ends_with('/')) return Format::Png;
  std::string known;
  for (const auto& [ending, format] : kEndings) {
    if (ends_with_ignoring_case(path, ending)) return format;
    known += fmt::format("{}, ", ending);
  }
  return std::unexpected(
      fmt::format("unknown kind of output {}: the name must end in {}or be a directory/ (png sequence), - (raw RGBA on "
                  "standard output) "
                  "or null (nothing)",
                  path, known));
}

std::expected<FilePattern, std::string> FilePattern::parse(std::string_view text) {
  constexpr int kMostDigits = 18;
  const auto wrong = [&] {
    return std::unexpected(
        fmt::format("{}: the frame number is written once, as %d or %05d; a percent sign as %%", text));
  };
  FilePattern pattern;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string& part = pattern.has_number_ ? pattern.after_ : pattern.before_;
    if (text[i] != '%') {
      part += text[i];
      continue;
    }
    if (++i < text.size() && text[i] == '%') {
      part += '%';
      continue;
    }
    if (pattern.has_number_) return wrong();
    if (i < text.size() && text[i] == '0') {
      for (++i; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i) {
        pattern.digits_ = 10 * pattern.digits_ + (text[i] - '0');
        if (pattern.digits_ > kMostDigits) return wrong();
      }
    }
    if (i >= text.size() || text[i] != 'd') return wrong();
    pattern.has_number_ = true;
  }
  return pattern;
}

std::string FilePattern::name(std::int64_t number) const {
  if (!has_number_) return before_;
  return fmt::format("{}{:0{}}{}", before_, number, digits_, after_);
}

}  // namespace oscilla::output
