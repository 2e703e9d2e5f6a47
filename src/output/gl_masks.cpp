#include "output/gl_masks.hpp"

#include <algorithm>
#include <cmath>

#include "output/gl_pieces.hpp"
#include "output/gl_quads.hpp"
#include "output/polyline.hpp"

namespace oscilla::output {
namespace {

constexpr std::size_t kLaneFloats = 16;
constexpr std::size_t kMostFloats = 4 * 65'536;  // of a table, which every driver takes; a single figure may have more

}  // namespace

void GlMasks::begin(std::uint32_t width, std::uint32_t height) {
  clear();
  shelves_.begin(static_cast<int>(width), static_cast<int>(height));
}

void GlMasks::clear() {
  placed_ = 0;
  lanes_.clear();
  edges_.clear();
  pieces_.clear();
  runs_.clear();
  shelves_.clear();
}

void GlMasks::add_edges(const Polyline& line, Figure& figure) {
  const std::size_t count = line.vertices.size();
  for (std::size_t i = 0; i < count; ++i) {
    const OutlinePoint a = line.vertices[i].at;
    const OutlinePoint b = line.vertices[(i + 1) % count].at;
    for (const double number : {a.x, a.y, b.x, b.y}) edges_.push_back(static_cast<float>(number));
    figure.wide += std::abs(b.x - a.x);
    figure.high += std::abs(b.y - a.y);
  }
}

void GlMasks::figure(const Outline& outline, const Style& style, bool filled, bool lined, double pixels, double pen) {
  Figure figure;
  figure.first_edge = edges_.size() / 4;
  figure.first_piece = pieces_.size() / kPieceFloats;
  const std::vector<Polyline> lines = polylines_of(outline, curve_tolerance(pixels));
  for (const Polyline& line : lines) {
    if (filled) add_edges(line, figure);
  }
  if (lined) add_line_pieces(lines, outline.length, style, pen * pixels, pieces_);
  figure.edges = edges_.size() / 4 - figure.first_edge;
  figure.pieces = pieces_.size() / kPieceFloats - figure.first_piece;
  runs_.push_back({figure, lanes_.size() / kLaneFloats, 0});
}

std::optional<OutlinePoint> GlMasks::place(const Placement& place, const PixelBox& box, double half_width) {
  const bool full = lanes_.size() + kLaneFloats > kMostFloats || (runs_.size() > 1 && edges_.size() > kMostFloats) ||
                    (runs_.size() > 1 && pieces_.size() > kMostFloats);
  if (full && !lanes_.empty()) return std::nullopt;
  const auto way = shelves_.place(box);
  if (!way) return std::nullopt;
  ++placed_;
  Run& run = runs_.back();
  ++run.lanes;
  const double wide = std::abs(place.a) * run.figure.wide + std::abs(place.c) * run.figure.high;
  const double high = std::abs(place.b) * run.figure.wide + std::abs(place.d) * run.figure.high;
  // what is to the right of edges, or below, whichever is less
  const bool turned = wide * box.height() < high * box.width();
  for (const double number : {place.a, place.b, place.c, place.d, place.e, place.f, way->x, way->y, double(box.x0),
                              double(box.y0), double(box.x1), double(box.y1), half_width, turned ? 1.0 : 0.0, 0.0, 0.0})
    lanes_.push_back(static_cast<float>(number));
  return way;
}

void GlMasks::sum_up(const GlProgram& program, const std::vector<float>& rows, std::size_t Figure::* first,
                     std::size_t Figure::* count) {
  figure_table_.upload(rows.data(), rows.size(), GlUnit::kFigures);
  program.set("picture", static_cast<float>(shelves_.width()), static_cast<float>(shelves_.height()));
  for (const Run& run : runs_) {
    const std::size_t each = run.figure.*count;
    if (each == 0 || run.lanes == 0) continue;
    program.set("first", static_cast<int>(run.figure.*first));
    program.set("count", static_cast<int>(each));
    program.set("first_lane", static_cast<int>(run.first_lane));
    const std::size_t quads = each * run.lanes;
    const std::size_t step = pace_.step(kMostQuads);
    for (std::size_t done = 0; done < quads; done += step) {
      program.set("first_quad", static_cast<int>(done));
      draw_quads(0, std::min(step, quads - done));
      pace_.drawn(std::min(step, quads - done));
    }
  }
}

bool GlMasks::draw() {
  GlTarget& target = pieces_.empty() ? fills_ : fills_and_lines_;
  if (!target.resize(static_cast<std::uint32_t>(shelves_.width()), static_cast<std::uint32_t>(shelves_.height())))
    return false;
  target.bind();
  glEnable(GL_SCISSOR_TEST);
  glScissor(0, 0, shelves_.width(), shelves_.rows());
  glClearColor(0, 0, 0, 0);
  glClear(GL_COLOR_BUFFER_BIT);
  glDisable(GL_SCISSOR_TEST);
  glEnable(GL_BLEND);
  glBlendFunc(GL_ONE, GL_ONE);
  lane_table_.upload(lanes_.data(), lanes_.size(), GlUnit::kLanes);
  if (!edges_.empty()) {
    const GlProgram* program = programs_.edges();
    if (!program) return false;
    sum_up(*program, edges_, &Figure::first_edge, &Figure::edges);
  }
  if (!pieces_.empty()) {
    const GlProgram* program = programs_.pieces();
    if (!program) return false;
    sum_up(*program, pieces_, &Figure::first_piece, &Figure::pieces);
  }
  target.bind_texture(GlUnit::kMask);
  return true;
}

}  // namespace oscilla::output
