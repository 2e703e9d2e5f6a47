// Pictures of a performance: a video whose frames are where they were in time, whatever the ticks did.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "oscilla/engine_options.hpp"
#include "oscilla/recording.hpp"
#include "output/frame_writer.hpp"
#include "output/raster_pool.hpp"

namespace oscilla::cli {

struct PictureOptions {
  std::string target;  ///< empty: none
  std::optional<Size> size;
  bool transparent = false;
  bool wanted() const { return !target.empty(); }
  std::optional<std::string> usage_error() const;
};
void add_picture_options(CLI::App& verb, PictureOptions& options);

/// Shows every frame from its host time on until the next one's, counted from the first, in pictures of a steady rate.
/// A tick without a usable time is not seen, and of two in one picture's time the first.
class ReplayPictures {
 public:
  /// Nothing is shown if nothing is wanted. `frames`: so many ticks are played.
  static std::expected<ReplayPictures, std::string> open(const PictureOptions& options, const Program& program,
                                                         const EngineOptions& engine, std::int64_t frames);
  output::Outcome show(double host_ms, const RenderFrame& frame);
  output::Outcome finish();

 private:
  ReplayPictures() = default;
  std::unique_ptr<output::FrameWriter> writer_;
  std::unique_ptr<output::RasterPool> pool_;
  frame::OwnedFrame last_;  ///< the one that stands
  Rate rate_;
  std::optional<double> first_ms_;
  std::int64_t next_ = 0;  ///< number of the next picture
};

}  // namespace oscilla::cli
