#include "output/rasteriser.hpp"

#include <cairo.h>
#include <fmt/format.h>

#include <utility>

#include "frame/validate.hpp"
#include "output/capabilities.hpp"
#include "output/painter.hpp"

namespace oscilla::output {
namespace {

/// A surface of this size, made anew if need be; null if there is no memory for it.
Surface* fitted(std::unique_ptr<Surface>& surface, std::uint32_t width, std::uint32_t height, std::string& problem) {
  if (!surface || surface->width != width || surface->height != height) {
    surface.reset();
    surface = std::make_unique<Surface>(width, height);
  }
  if (const cairo_status_t status = surface->status(); status != CAIRO_STATUS_SUCCESS) {
    problem = fmt::format("cannot draw {}x{} pixels: {}", width, height, cairo_status_to_string(status));
    surface.reset();
  }
  return surface.get();
}

}  // namespace

struct Rasteriser::Surfaces {
  std::unique_ptr<Surface> picture;
  std::unique_ptr<Surface> sheet;  // of layers
};

Rasteriser::Rasteriser() : surfaces_(std::make_unique<Surfaces>()) {}
Rasteriser::~Rasteriser() = default;
Rasteriser::Rasteriser(Rasteriser&&) noexcept = default;
Rasteriser& Rasteriser::operator=(Rasteriser&&) noexcept = default;

std::string impossible_size(std::uint32_t width, std::uint32_t height) {
  return fmt::format("a picture of {}x{} pixels is not possible: each side must be 1 to {}", width, height,
                     kLargestSide);
}

Outcome Rasteriser::draw(const RenderFrame& frame, const RasterOptions& options, Raster& out) {
  const std::uint32_t width = options.width ? options.width : frame.width;
  const std::uint32_t height = options.height ? options.height : frame.height;
  if (width == 0 || height == 0 || width > kLargestSide || height > kLargestSide) {
    return std::unexpected(impossible_size(width, height));
  }
  if (auto broken = frame::validate_picture(frame)) return std::unexpected("cannot draw the frame: " + *broken);
  if (auto missing = lacking(capabilities_of(Maker::Cairo), frame)) return std::unexpected(std::move(*missing));
  if (!surfaces_) surfaces_ = std::make_unique<Surfaces>();  // it was moved from
  std::string problem;
  Surface* picture = fitted(surfaces_->picture, width, height, problem);
  Surface* sheet = nullptr;
  if (picture && !frame.layers.empty()) sheet = fitted(surfaces_->sheet, width, height, problem);
  if (!problem.empty()) return std::unexpected(problem);
  Painter painter(*picture, sheet, frame);
  painter.ground(options);
  painter.passes();
  fitted(surfaces_->picture, width, height, problem);
  if (sheet) fitted(surfaces_->sheet, width, height, problem);
  if (!problem.empty()) return std::unexpected(problem);
  const PixelGrid grid = picture->pixels();
  out.report = painter.report();
  unpremultiply(grid.data, grid.stride, width, height, out);
  return {};
}

}  // namespace oscilla::output
