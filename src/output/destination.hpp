// Where encoded frames go, in order: nowhere, one stream, one file per frame, or a video program. Nothing appears under
// its final name before it is complete; an object destroyed without finish() leaves nothing but the whole files of a
// sequence.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "output/format.hpp"
#include "output/outcome.hpp"

namespace oscilla::output {

class Destination {
 public:
  virtual ~Destination() = default;
  virtual Outcome write(std::int64_t frame_number, std::span<const std::uint8_t> bytes) = 0;
  virtual Outcome finish() = 0;
};

using DestinationResult = std::expected<std::unique_ptr<Destination>, std::string>;

/// Takes everything and keeps nothing.
std::unique_ptr<Destination> open_nowhere();

/// All frames one after the other: to the file `path`, or to standard output if it is "-".
DestinationResult open_stream(const std::string& path);

/// A file for each frame; without a number in the name exactly one frame.
std::unique_ptr<Destination> open_files(FilePattern pattern);

struct FrameRate {
  std::int64_t numerator = 60;
  std::int64_t denominator = 1;
};

struct VideoOptions {
  Format format = Format::Mp4;  ///< one of the videos
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  FrameRate rate;
  bool alpha = false;  ///< keep transparency (webm; gif: one bit)
};

/// A video made by the program ffmpeg, fed with raw RGBA. A gif's frames stay in ffmpeg's memory until the end, because
/// all of them choose its palette.
DestinationResult open_video(const std::string& path, const VideoOptions& options);

}  // namespace oscilla::output
