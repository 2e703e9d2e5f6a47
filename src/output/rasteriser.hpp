// Draws frames with cairo. In: a frame and a size. A pass that is not valid is marked and told; the rest is drawn. Out:
// a Raster. The same frame and options give the same bytes in every thread; an object is used by one thread at a time
// and keeps its surface between frames.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "oscilla/frame.hpp"
#include "output/debug_view.hpp"
#include "output/outcome.hpp"
#include "output/raster.hpp"

namespace oscilla::output {

inline constexpr std::uint32_t kLargestSide = 32767;  ///< of a cairo surface

/// What is under the first pass.
enum class Ground : std::uint8_t {
  Background,   ///< the background colour with its alpha
  Opaque,       ///< the background over black: for outputs without alpha
  Transparent,  ///< nothing
};

struct RasterOptions {
  std::uint32_t width = 0;  ///< pixels; 0: the canvas's
  std::uint32_t height = 0;
  std::optional<std::array<float, 4>> background;  ///< instead of the frame's
  Ground ground = Ground::Background;
  DebugView view = DebugView::None;
};

/// The sentence for a size outside 1 .. kLargestSide.
std::string impossible_size(std::uint32_t width, std::uint32_t height);

class Rasteriser {
 public:
  Rasteriser();
  ~Rasteriser();
  Rasteriser(Rasteriser&&) noexcept;
  Rasteriser& operator=(Rasteriser&&) noexcept;

  /// Reuses the memory of `out`. Fails if the size is not possible or memory is short.
  Outcome draw(const RenderFrame& frame, const RasterOptions& options, Raster& out);

 private:
  struct Surfaces;
  std::unique_ptr<Surfaces> surfaces_;
};

}  // namespace oscilla::output
