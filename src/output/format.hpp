// What an output's name says: its format from the ending, and one file or numbered ones.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace oscilla::output {

enum class Format : std::uint8_t { Null, Digest, Raw, Svg, Png, Mp4, Webm, Gif };

/// "-" is raw RGBA on standard output, "null" nothing at all; a directory (ending in "/", or `is_directory`) is a PNG
/// sequence; else the ending decides. The error lists what exists.
std::expected<Format, std::string> format_of(std::string_view path, bool is_directory);

constexpr bool is_video(Format format) {
  return format == Format::Mp4 || format == Format::Webm || format == Format::Gif;
}

/// A file name with at most one number in it, written as in printf: %d or %05d; %% is a percent sign.
class FilePattern {
 public:
  static std::expected<FilePattern, std::string> parse(std::string_view text);

  bool has_number() const { return has_number_; }
  /// The name of frame `number`; the only name if there is no number in it.
  std::string name(std::int64_t number) const;

 private:
  std::string before_;
  std::string after_;
  bool has_number_ = false;
  int digits_ = 0;
};

}  // namespace oscilla::output
