#include "output/drawing.hpp"

#include <cairo.h>
#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <memory>
#include <string_view>

#include "output/png_encode.hpp"

namespace oscilla::output {
namespace {

std::string hex(const Ink& ink) { return fmt::format("#{:02x}{:02x}{:02x}", ink[0], ink[1], ink[2]); }

/// At most two decimals, none where there are none.
std::string px(double value) {
  std::string text = fmt::format("{:.2f}", value);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string base64(const std::vector<std::uint8_t>& bytes) {
  static constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t three = 0;
    for (std::size_t k = 0; k < 3; ++k) three = three << 8 | (i + k < bytes.size() ? bytes[i + k] : 0);
    for (std::size_t k = 0; k < 4; ++k) text += i + k > bytes.size() ? '=' : kDigits[three >> (18 - 6 * k) & 63];
  }
  return text;
}

struct SvgMarks {
  std::string& out;

  void operator()(const RectangleMark& mark) const {
    out += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>\n", px(mark.x), px(mark.y),
                       px(mark.width), px(mark.height), hex(mark.fill));
  }
  void operator()(const LineMark& mark) const {
    out += "<path d=\"";
    for (std::size_t i = 0; i < mark.points.size(); ++i)
      out += fmt::format("{}{} {}", i == 0 ? "M" : "L", px(mark.points[i].x), px(mark.points[i].y));
    out += fmt::format("\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"{} stroke-linejoin=\"round\"/>\n",
                       hex(mark.ink), px(mark.width), mark.dashed ? " stroke-dasharray=\"4 3\"" : "");
  }
  void operator()(const TextMark& mark) const {
    static constexpr const char* kAnchors[] = {"start", "middle", "end"};
    out +=
        fmt::format("<text x=\"{0}\" y=\"{1}\" font-size=\"{2}\" text-anchor=\"{3}\" fill=\"{4}\"{5}{6}>{7}</text>\n",
                    px(mark.at.x), px(mark.at.y), px(mark.size), kAnchors[static_cast<std::size_t>(mark.anchor)],
                    hex(mark.ink), mark.bold ? " font-weight=\"bold\"" : "",
                    mark.upwards ? fmt::format(" transform=\"rotate(-90 {} {})\"", px(mark.at.x), px(mark.at.y)) : "",
                    escaped(mark.text));
  }
  void operator()(const CellsMark& mark) const {
    Raster raster{mark.columns, mark.rows, {}, true};
    for (const Ink& ink : mark.cells) raster.rgba.insert(raster.rgba.end(), {ink[0], ink[1], ink[2], 255});
    std::vector<std::uint8_t> png;
    if (!encode_png(raster, png)) return;
    out += fmt::format(
        "<image x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" preserveAspectRatio=\"none\" "
        "style=\"image-rendering:pixelated\" href=\"data:image/png;base64,{}\"/>\n",
        px(mark.x), px(mark.y), px(mark.width), px(mark.height), base64(png));
  }
};

struct CairoWriter {
  cairo_t* cairo;

  void ink(const Ink& ink) const { cairo_set_source_rgb(cairo, ink[0] / 255.0, ink[1] / 255.0, ink[2] / 255.0); }

  void operator()(const RectangleMark& mark) const {
    ink(mark.fill);
    cairo_rectangle(cairo, mark.x, mark.y, mark.width, mark.height);
    cairo_fill(cairo);
  }
  void operator()(const LineMark& mark) const {
    ink(mark.ink);
    static constexpr double kDashes[] = {4, 3};
    cairo_set_dash(cairo, kDashes, mark.dashed ? 2 : 0, 0);
    cairo_set_line_width(cairo, mark.width);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_new_path(cairo);
    for (const Point& point : mark.points) cairo_line_to(cairo, point.x, point.y);
    cairo_stroke(cairo);
  }
  void operator()(const TextMark& mark) const {
    ink(mark.ink);
    cairo_select_font_face(cairo, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
                           mark.bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cairo, mark.size);
    cairo_text_extents_t extents;
    cairo_text_extents(cairo, mark.text.c_str(), &extents);
    cairo_save(cairo);
    cairo_translate(cairo, mark.at.x, mark.at.y);
    if (mark.upwards) cairo_rotate(cairo, -std::acos(0.0));
    cairo_move_to(cairo, -extents.x_advance * 0.5 * static_cast<double>(mark.anchor), 0);
    cairo_show_text(cairo, mark.text.c_str());
    cairo_restore(cairo);
  }
  void operator()(const CellsMark& mark) const {
    // Every pixel's cell, without smoothing between cells.
    cairo_surface_t* image =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(mark.columns), static_cast<int>(mark.rows));
    if (cairo_surface_status(image) == CAIRO_STATUS_SUCCESS) {
      const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(image));
      unsigned char* bytes = cairo_image_surface_get_data(image);
      for (std::size_t i = 0; i < mark.cells.size(); ++i) {
        const Ink& cell = mark.cells[i];
        const std::uint32_t pixel = std::uint32_t{cell[0]} << 16 | std::uint32_t{cell[1]} << 8 | cell[2];
        std::memcpy(bytes + i / mark.columns * stride + i % mark.columns * 4, &pixel, 4);
      }
      cairo_surface_mark_dirty(image);
      cairo_save(cairo);
      cairo_translate(cairo, mark.x, mark.y);
      cairo_scale(cairo, mark.width / mark.columns, mark.height / mark.rows);
      cairo_set_source_surface(cairo, image, 0, 0);
      cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_NEAREST);
      cairo_rectangle(cairo, 0, 0, mark.columns, mark.rows);
      cairo_fill(cairo);
      cairo_restore(cairo);
    }
    cairo_surface_destroy(image);
  }
};

}  // namespace

std::string drawing_svg(const Drawing& drawing) {
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" "
      "height=\"{1}\" "
      "viewBox=\"0 0 {0} {1}\" font-family=\"'DejaVu Sans', Verdana, sans-serif\">\n",
      drawing.width, drawing.height);
  for (const Mark& mark : drawing.marks) std::visit(SvgMarks{out}, mark);
  return out + "</svg>\n";
}

std::expected<Raster, std::string> drawing_raster(const Drawing& drawing, double scale) {
  const int width = static_cast<int>(std::lround(drawing.width * scale));
  const int height = static_cast<int>(std::lround(drawing.height * scale));
  const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> image(
      cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height), cairo_surface_destroy);
  const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cairo(cairo_create(image.get()), cairo_destroy);
  if (cairo_status(cairo.get()) != CAIRO_STATUS_SUCCESS)
    return std::unexpected(
        fmt::format("cannot draw {}x{} pixels: {}", width, height, cairo_status_to_string(cairo_status(cairo.get()))));
  cairo_scale(cairo.get(), scale, scale);
  for (const Mark& mark : drawing.marks) std::visit(CairoWriter{cairo.get()}, mark);
  cairo_surface_flush(image.get());
  Raster raster;
  unpremultiply(cairo_image_surface_get_data(image.get()),
                static_cast<std::size_t>(cairo_image_surface_get_stride(image.get())),
                static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height), raster);
  return raster;
}

}  // namespace oscilla::output
