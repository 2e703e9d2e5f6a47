#include "output/frame_writer.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <utility>

#include "base/hash.hpp"
#include "frame/digest.hpp"
#include "output/capabilities.hpp"
#include "output/file_io.hpp"
#include "output/png_encode.hpp"
#include "output/svg_encode.hpp"

namespace oscilla::output {
namespace {

bool is_directory(const std::string& path) {
  struct stat status;
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

/// A directory means numbered files in it.
DestinationResult open_pictures(const OutputOptions& options, Format format) {
  const std::string_view ending = format == Format::Svg ? "svg" : "png";
  std::string name = options.path;
  if (name.ends_with('/') || is_directory(name)) {
    if (!is_directory(name) && ::mkdir(name.c_str(), 0777) != 0) {
      return std::unexpected(fmt::format("cannot create the directory {}: {}", name, system_reason(errno)));
    }
    name += fmt::format("{}frame-%05d.{}", name.ends_with('/') ? "" : "/", ending);
  }
  auto pattern = FilePattern::parse(name);
  if (!pattern) return std::unexpected(std::move(pattern.error()));
  if (options.frames > 1 && !pattern->has_number()) {
    const std::size_t dot = std::min(name.rfind('.'), name.size());
    return std::unexpected(
        fmt::format("{} frames do not fit into {}: put the frame number into the name, as in {}-%05d.{}",
                    options.frames, name, name.substr(0, dot), ending));
  }
  return open_files(std::move(*pattern));
}

DestinationResult open_destination(const OutputOptions& options, Format format) {
  switch (format) {
    case Format::Null: return open_nowhere();
    case Format::Digest:
    case Format::Raw: return open_stream(options.path);
    case Format::Svg:
    case Format::Png: return open_pictures(options, format);
    case Format::Mp4:
    case Format::Webm:
    case Format::Gif:
      return open_video(options.path, {format, options.width, options.height, options.rate, options.transparent});
  }
  return open_nowhere();
}

}  // namespace

std::expected<FrameWriter, std::string> FrameWriter::open(const OutputOptions& options) {
  auto format = options.format ? std::expected<Format, std::string>(*options.format)
                               : format_of(options.path, is_directory(options.path));
  if (!format) return std::unexpected(std::move(format.error()));
  if (options.width == 0 || options.height == 0 || options.width > kLargestSide || options.height > kLargestSide) {
    return std::unexpected(impossible_size(options.width, options.height));
  }
  if (options.transparent)
    if (auto missing = transparency_problem(*format)) return std::unexpected(std::move(*missing));
  auto destination = open_destination(options, *format);
  if (!destination) return std::unexpected(std::move(destination.error()));
  RasterOptions raster{options.width, options.height, options.background, Ground::Background, options.view};
  if (options.transparent) {
    raster.ground = Ground::Transparent;
  } else if (is_video(*format)) {
    raster.ground = Ground::Opaque;
  }
  return FrameWriter(*format, raster, options.backend, std::move(*destination));
}

Outcome FrameWriter::draw(const RenderFrame& frame, EncodeScratch& scratch) const {
  return backend_ == Backend::Gl ? scratch.gl.draw(frame, raster_, scratch.raster)
                                 : scratch.rasteriser.draw(frame, raster_, scratch.raster);
}

Outcome FrameWriter::encode(std::int64_t frame_number, const RenderFrame& frame, EncodeScratch& scratch,
                            std::vector<std::uint8_t>& bytes) const {
  scratch.raster.report = {};
  const auto shown = [&]() -> const RenderFrame& {
    return scratch.viewer.apply(raster_.view, frame, std::min(raster_.width, raster_.height));
  };
  switch (format_) {
    case Format::Null: bytes.clear(); return {};
    case Format::Digest:
      bytes.clear();
      fmt::format_to(std::back_inserter(bytes), "{} {}\n", frame_number, to_hex(frame::digest(frame)));
      return {};
    case Format::Svg: return encode_svg(shown(), raster_, bytes);
    case Format::Png:
      if (auto outcome = draw(shown(), scratch); !outcome) return outcome;
      return encode_png(scratch.raster, bytes);
    default:
      scratch.raster.rgba.swap(bytes);  // the pixels are drawn where they are wanted
      Outcome outcome = draw(shown(), scratch);
      scratch.raster.rgba.swap(bytes);
      return outcome;
  }
}

}  // namespace oscilla::output
