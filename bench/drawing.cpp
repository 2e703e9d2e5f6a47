// What a picture costs: the same frames drawn by our two backends, cairo and OpenGL, which is Mesa in software where
// there is no card, and discs by nothing but the library cairo.
#include <cairo.h>
#include <fmt/format.h>

#include <functional>
#include <memory>
#include <numbers>

#include "oscilla/session.hpp"
#include "output/gl_rasteriser.hpp"
#include "output/rasteriser.hpp"
#include "tables.hpp"

namespace oscilla::bench {
namespace {

struct Drawn {
  std::string_view name;
  std::string_view shape;
  std::string_view more;  // of the sink
  double radius = 0;      // of discs, in pixels
};
constexpr Drawn kDrawn[] = {
    {"discs, radius 4 pixels", "Ellipse(rx: 4 / 720, ry: 4 / 720)", "", 4},
    {"discs, radius 20 pixels", "Ellipse(rx: 20 / 720, ry: 20 / 720)", "", 20},
    {"boxes", "Rect(width: 0.016, height: 0.008)", ""},
    {"turned boxes", "Rect(width: 0.016, height: 0.008)", ", rotation: dots.index * 1rad"},
    {"discs with a gradient", "Ellipse(rx: 0.008, ry: 0.008)", ", fill: linear, stops: [#ffffff, #404040]"},
    {"stars", "ProceduralStar(points: 5, outerRadius: 0.01, innerRadius: 0.004)", ""},
    {"stars with a line", "ProceduralStar(points: 5, outerRadius: 0.01, innerRadius: 0.004)", ", strokeWidth: 0.001"},
};
constexpr std::uint32_t kDrawnCounts[] = {1'000, 10'000, 100'000};

std::string patch_of(const Drawn& drawn, std::uint32_t count) {
  return fmt::format(
      "oscilla 1\ncanvas 1280x720 background #0b0b12\ntime = TimeRoot()\ndots = Array({}, count: {})\n"
      "pos = PolarToCartesian(dots.index * goldenAngle, radius: 0.48 * sqrt(dots.t))\n"
      "draw = RenderInstances2D(pos, color: hsv(dots.t, 0.8, 0.9), opacity: 0.8, shape: dots{})\n",
      drawn.shape, count, drawn.more);
}

void check(const output::Outcome& outcome) {
  if (!outcome) fail(outcome.error());
}

/// Discs of a frame as one draws them who has cairo and nothing else.
class PlainCairo {
 public:
  explicit PlainCairo(double radius)
      : radius_(radius),
        image_(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 1280, 720)),
        context_(cairo_create(image_)) {}
  ~PlainCairo() {
    cairo_destroy(context_);
    cairo_surface_destroy(image_);
  }
  PlainCairo(const PlainCairo&) = delete;
  PlainCairo& operator=(const PlainCairo&) = delete;

  void draw(const RenderFrame& frame) {
    cairo_set_source_rgb(context_, 0.043, 0.043, 0.07);
    cairo_paint(context_);
    for (const InstanceCore& lane : frame.passes[0].instances.core) {
      cairo_arc(context_, 640 + (lane.x - 0.5) * 720, 360 - (lane.y - 0.5) * 720, radius_, 0, 2 * std::numbers::pi);
      cairo_set_source_rgba(context_, lane.r, lane.g, lane.b, lane.a);
      cairo_fill(context_);
    }
    cairo_surface_flush(image_);
  }

 private:
  double radius_;
  cairo_surface_t* image_;
  cairo_t* context_;
};

}  // namespace

void measure_drawing(const Options& options, Report& report) {
  report.heading("Drawing");
  output::GlRasteriser gl;
  output::Rasteriser cairo;
  output::Raster raster;
  report.paragraph(
      "One picture of 1280x720 pixels from a finished frame, read back. Cairo draws with one thread, OpenGL with all "
      "there are: without a graphics card it is Mesa, and what the processor does better itself.");
  report.columns(
      {"figures", "count", "the library cairo", "cairo", "OpenGL", "cairo to its library", "**OpenGL to cairo**"});
  report.attempt(kDrawing);
  report.attempt(kStamping);
  for (const Drawn& drawn : kDrawn) {
    for (const std::uint32_t lanes : kDrawnCounts) {
      const CompileResult compiled = compile_patch(Patch::parse(patch_of(drawn, lanes)));
      if (!compiled.program) fail("a patch to draw does not compile: " + compiled.diagnostics.front().message);
      Session session(*compiled.program);
      const RenderFrame& frame = session.tick(0);
      if (const auto first = gl.draw(frame, {}, raster); !first) return report.paragraph(first.error());
      PlainCairo plain(drawn.radius);
      std::vector<std::function<void()>> contenders{[&] { check(cairo.draw(frame, {}, raster)); },
                                                    [&] { check(gl.draw(frame, {}, raster)); }};
      if (drawn.radius > 0) contenders.push_back([&] { plain.draw(frame); });
      const std::vector<Times> times =
          race(contenders, {.seconds = options.seconds, .own_time = false, .least_rounds = 5});
      const double to_library = drawn.radius > 0 ? paired_ratio(times[0], times[2]) : 0;
      const double to_cairo = paired_ratio(times[1], times[0]);
      report.row({std::string(drawn.name), count(lanes), drawn.radius > 0 ? nanoseconds(median(times[2])) : "",
                  nanoseconds(median(times[0])), nanoseconds(median(times[1])),
                  drawn.radius > 0 ? ratio(to_library) : "", ratio(to_cairo)});
      if (lanes == 10'000 && drawn.radius > 0)
        report.promise(kStamping, to_library, fmt::format("{} {}", count(lanes), drawn.name));
      if (lanes >= 10'000) report.promise(kDrawing, to_cairo, fmt::format("{} {}", count(lanes), drawn.name));
    }
  }
}

}  // namespace oscilla::bench
