#include "output/gl_rasteriser.hpp"

#include "output/gl_context.hpp"
#include "output/gl_renderer.hpp"

namespace oscilla::output {

struct GlRasteriser::Context {
  explicit Context(std::unique_ptr<HeadlessGl> made) : gl(std::move(made)) {}

  std::unique_ptr<HeadlessGl> gl;
  GlRenderer renderer;  // goes before its context does
};

GlRasteriser::GlRasteriser() = default;
GlRasteriser::~GlRasteriser() {
  if (context_) context_->gl->make_current();
}
GlRasteriser::GlRasteriser(GlRasteriser&&) noexcept = default;
GlRasteriser& GlRasteriser::operator=(GlRasteriser&&) noexcept = default;

Outcome GlRasteriser::draw(const RenderFrame& frame, const RasterOptions& options, Raster& out) {
  if (!context_) {
    auto gl = HeadlessGl::open();
    if (!gl) return std::unexpected("cannot draw with OpenGL: " + gl.error() + "; --backend cairo needs none");
    context_ = std::make_unique<Context>(std::move(*gl));
  }
  if (!context_->gl->make_current()) return std::unexpected("cannot draw with OpenGL in this thread");
  if (auto drawn = context_->renderer.draw(frame, options); !drawn) return drawn;
  context_->renderer.read(out);
  out.report = context_->renderer.report();
  return {};
}

}  // namespace oscilla::output
