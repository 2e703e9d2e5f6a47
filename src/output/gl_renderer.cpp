#include "output/gl_renderer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <thread>
#include <utility>

#include "frame/validate.hpp"
#include "output/capabilities.hpp"
#include "output/gl_mark.hpp"
#include "output/gl_place.hpp"

namespace oscilla::output {
namespace {

constexpr unsigned kMostThreads = 16;

/// Why a picture of this size cannot be drawn, if so.
std::string size_problem(std::uint32_t width, std::uint32_t height) {
  GLint largest = 0;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &largest);
  const auto fits = [&](std::uint32_t side) { return side > 0 && side <= static_cast<std::uint32_t>(largest); };
  if (fits(width) && fits(height)) return {};
  return fmt::format("a picture of {}x{} pixels is not possible with OpenGL here: each side must be 1 to {}", width,
                     height, largest);
}

}  // namespace

GlRenderer::GlRenderer(GlSumming summing)
    : composes_(summing == GlSumming::Automatic && draws_in_software()),
      threads_(composes_ ? std::clamp(std::thread::hardware_concurrency(), 1u, kMostThreads) : 1) {}

Outcome GlRenderer::draw(const RenderFrame& frame, const RasterOptions& options) {
  const std::uint32_t width = options.width ? options.width : frame.width;
  const std::uint32_t height = options.height ? options.height : frame.height;
  if (auto impossible = size_problem(width, height); !impossible.empty()) return std::unexpected(std::move(impossible));
  if (auto broken = frame::validate_picture(frame)) return std::unexpected("cannot draw the frame: " + *broken);
  if (auto missing = lacking(capabilities_of(Maker::Gl), frame)) return std::unexpected(std::move(*missing));
  GLint bound = 0;
  glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &bound);
  while (glGetError() != GL_NO_ERROR) {
  }
  problem_.clear();
  quads_.bind();
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_CULL_FACE);
  glDisable(GL_SCISSOR_TEST);
  bool ready = picture_.resize(width, height);
  if (ready && !frame.layers.empty()) ready = sheet_.resize(width, height);
  if (ready) {
    masks_.begin(width, height);
    sprites_.begin(width, height);
    Figures figures(frame, width, height);
    figures_ = &figures;
    ahead_ = false;  // the last picture is not wanted any more
    draw_on(picture_);
    ground(options);
    figures.each_pass(*this);
    flush();
    figures_ = nullptr;
    report_ = std::move(figures.report);
  }
  glBindFramebuffer(GL_FRAMEBUFFER, static_cast<GLuint>(bound));
  if (!ready || glGetError() == GL_OUT_OF_MEMORY) {
    return std::unexpected(fmt::format("cannot draw {}x{} pixels with OpenGL: out of memory", width, height));
  }
  if (!programs_.problem().empty()) problem_ = programs_.problem();
  if (!problem_.empty()) return std::unexpected(problem_);
  return {};
}

/// What the processor drew, to the driver.
void GlRenderer::bring_back() {
  if (ahead_) copied_->upload(pixels_.data(), copied_->height(), GlUnit::kMask);
  ahead_ = false;
}

void GlRenderer::draw_on(GlTarget& target) {
  flush();
  bring_back();
  target_ = &target;
  cleared_.reset();
}

/// The target, which is drawn on, to a premultiplied colour.
void GlRenderer::clear(const Rgba& color) {
  target_->bind();
  glClearColor(color[0], color[1], color[2], color[3]);
  glClear(GL_COLOR_BUFFER_BIT);
  copied_ = nullptr;
  ahead_ = false;
  cleared_ = pixel_of(color);
}

/// All that was added, in its order.
void GlRenderer::flush() {
  if (!brush_.is_empty()) bring_back();
  if ((!masks_.is_empty() && !masks_.draw()) || (!sprites_.is_empty() && !sprites_.draw(threads_.runner())))
    problem_ = "OpenGL has no memory for masks";
  if (!brush_.is_empty()) {
    brush_.draw(*target_);
    copied_ = nullptr;
    cleared_.reset();
  }
  masks_.clear();
  sprites_.clear();
}

void GlRenderer::ground(const RasterOptions& options) {
  const Fill& fill = figures_->frame.background_fill;
  const bool solid = options.background || fill.paint == Paint::Solid;
  const FlatFill flat = flat_fill(fill);
  Rgba color{0, 0, 0, 0};
  if (options.ground != Ground::Transparent && (solid || flat.flat)) {
    const Rgba straight = options.background ? *options.background : solid ? figures_->frame.background : flat.color;
    color = premultiplied(straight, {1, 1, 1, 1});
  }
  if (options.ground == Ground::Opaque) color[3] = 1;
  clear(color);
  if (options.ground == Ground::Transparent || solid || flat.flat || flat.none) return;
  const auto x = 0.5f * static_cast<float>(picture_.width());
  const auto y = 0.5f * static_cast<float>(picture_.height());
  brush_.set(fill, Blend::Normal);
  brush_.add(GlFigure::Whole, {x, y, x, 0, 0, -y}, {1, 1, 1, 1});
  flush();
}

void GlRenderer::begin_layer() {
  draw_on(sheet_);
  clear({0, 0, 0, 0});
}

/// Lays the sheet over what is below, and goes on there.
void GlRenderer::end_layer(const Layer& layer) {
  draw_on(picture_);
  brush_.set_sheet(sheet_, layer.blend);
  const float opacity = std::clamp(layer.opacity, 0.0f, 1.0f);
  if (layer.clip == kNoShape) {
    brush_.add(GlFigure::Whole, {0, 0, 1, 0, 0, 1}, {0, 0, 0, opacity});
    return flush();
  }
  const Placement place = figures_->placement(layer);
  const GlBox box = box_at(place, figures_->boxes[layer.clip]);
  const PixelBox pixels = pixels_of(box, 0, figures_->width, figures_->height);
  if (pixels.empty()) return;
  masks_.figure(figures_->outlines[layer.clip], {}, true, false, std::abs(layer.place[2]) * figures_->view.unit, 0);
  if (const auto way = masks_.place(place, pixels, 0))
    brush_.add_masked(GlFigure::Mask, box, {0, 0, 0, opacity}, {0, 0, 0, 0}, pixels, *way);
  flush();
}

void GlRenderer::mark() {
  const MarkFrame marked(figures_->view.unit);
  Figures own(marked.frame, figures_->width, figures_->height);
  Figures* const before = std::exchange(figures_, &own);
  pass(marked.frame.passes[0]);
  flush();
  figures_ = before;
}

void GlRenderer::show(int x, int y, int width, int height) {
  bring_back();
  glBindFramebuffer(GL_READ_FRAMEBUFFER, picture_.framebuffer());
  glBlitFramebuffer(0, 0, static_cast<GLint>(picture_.width()), static_cast<GLint>(picture_.height()), x, y + height,
                    x + width, y, GL_COLOR_BUFFER_BIT, GL_LINEAR);
}

void GlRenderer::read(Raster& out) {
  const std::uint32_t width = picture_.width();
  const std::uint32_t height = picture_.height();
  if (copied_ != &picture_) {
    pixels_.resize(std::size_t{width} * height);
    picture_.download(pixels_.data());
    copied_ = &picture_;
  }
  unpremultiply(reinterpret_cast<const std::uint8_t*>(pixels_.data()), std::size_t{4} * width, width, height, out);
}

}  // namespace oscilla::output
