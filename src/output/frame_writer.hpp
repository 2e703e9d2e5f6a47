// The one way frames leave the engine for the `render` verb: an encoding and a destination, chosen from the output's
// name. encode() is pure and may run in several threads at once; write() takes the results in frame order, from one
// thread.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "oscilla/frame.hpp"
#include "output/backend.hpp"
#include "output/destination.hpp"
#include "output/format.hpp"
#include "output/gl_rasteriser.hpp"
#include "output/rasteriser.hpp"

namespace oscilla::output {

struct OutputOptions {
  /// name.png, name.svg; name-%05d.png, name-%05d.svg, directory/; name.mp4, .webm, .gif, .rgba, .digest; "-"; "null".
  std::string path;
  std::optional<Format> format;  ///< instead of what the name says: Digest on "-", say
  std::uint32_t width = 1280;
  std::uint32_t height = 720;
  std::int64_t frames = 1;  ///< how many will be written
  FrameRate rate;           ///< of videos
  std::optional<std::array<float, 4>> background;
  bool transparent = false;
  DebugView view = DebugView::None;
  Backend backend = Backend::Cairo;  ///< of what is made of pixels
};

/// What a thread needs to encode; kept between frames.
struct EncodeScratch {
  Rasteriser rasteriser;
  GlRasteriser gl;
  Raster raster;
  DebugViewer viewer;
};

class FrameWriter {
 public:
  /// Creates what must exist from the start (the directory of a sequence, the video program). Every failure is a
  /// sentence.
  static std::expected<FrameWriter, std::string> open(const OutputOptions& options);

  /// Replaces `bytes`. The frame is valid.
  Outcome encode(std::int64_t frame_number, const RenderFrame& frame, EncodeScratch& scratch,
                 std::vector<std::uint8_t>& bytes) const;
  Outcome write(std::int64_t frame_number, std::span<const std::uint8_t> bytes) {
    return destination_->write(frame_number, bytes);
  }
  /// The same encoding, to another destination.
  FrameWriter to(std::unique_ptr<Destination> destination) const {
    return FrameWriter(format_, raster_, backend_, std::move(destination));
  }
  /// After the last frame: what is written appears under its name. Without it, single files and videos never do.
  Outcome finish() { return destination_->finish(); }

 private:
  FrameWriter(Format format, RasterOptions raster, Backend backend, std::unique_ptr<Destination> destination)
      : format_(format), raster_(raster), backend_(backend), destination_(std::move(destination)) {}
  Outcome draw(const RenderFrame& frame, EncodeScratch& scratch) const;

  Format format_;
  RasterOptions raster_;
  Backend backend_;
  std::unique_ptr<Destination> destination_;
};

}  // namespace oscilla::output
