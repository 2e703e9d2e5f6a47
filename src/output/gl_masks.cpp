#include "output/gl_masks.hpp"

#include <algorithm>
#include <cmath>

#include "output/gl_pieces.hpp"
#include "output/gl_quads.hpp"
#include "output/polyline.hpp"

namespace oscilla::output {
namespace {

constexpr double kTolerance = 0.03;  // pixels between a curve and its lines
constexpr double kMostRounds = 100'000;
constexpr int kLeastWidth = 2048;
constexpr int kLeastHeight = 1024;
constexpr std::size_t kLaneFloats = 16;
constexpr std::size_t kMostFloats = 4 * 65'536;  // of a table, which every driver takes; a single figure may have more

}  // namespace

void GlMasks::begin(std::uint32_t width, std::uint32_t height) {
  clear();
  width_ = std::max({static_cast<int>(width), kLeastWidth, width_});
  height_ = std::max({static_cast<int>(height), kLeastHeight, height_});
}

void GlMasks::clear() {
  placed_ = 0;
  lanes_.clear();
  edges_.clear();
  pieces_.clear();
  runs_.clear();
  shelf_x_ = shelf_y_ = shelf_end_ = 0;
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
  here_ = !lined && sums_here();
  if (here_) {
    outline_ = filled ? polylines_of(outline, kTolerance / std::max(pixels, 1e-6)) : std::vector<Polyline>();
    rule_ = style.rule;
    return;
  }
  Figure figure;
  figure.first_edge = edges_.size() / 4;
  figure.first_piece = pieces_.size() / kPieceFloats;
  const double arc = 2 * std::acos(1 - std::min(kTolerance / std::max(pen * pixels, kTolerance), 0.1));
  const double period = dash_period(style);
  const bool dashed = period > 0 && outline.length < kMostRounds * period;
  std::vector<Polyline> dashes;
  for (const Polyline& line : polylines_of(outline, kTolerance / std::max(pixels, 1e-6))) {
    if (filled) add_edges(line, figure);
    if (!lined) continue;
    dashes.clear();
    if (dashed) cut_into_dashes(line, style, dashes);
    for (const Polyline& dash : dashes) add_pieces(dash, style, arc, pieces_);
    if (!dashed) add_pieces(line, style, arc, pieces_);
  }
  figure.edges = edges_.size() / 4 - figure.first_edge;
  figure.pieces = pieces_.size() / kPieceFloats - figure.first_piece;
  runs_.push_back({figure, lanes_.size() / kLaneFloats, 0});
}

/// Into the bytes from (x, y) on.
void GlMasks::sum_up_here(const Placement& place, const PixelBox& box, int x, int y) {
  sum_.begin(static_cast<std::uint32_t>(box.x1 - box.x0), static_cast<std::uint32_t>(box.y1 - box.y0));
  const auto at = [&](const Polyline::Vertex& vertex) {
    const OutlinePoint p = place(vertex.at);
    return OutlinePoint{p.x - box.x0, p.y - box.y0};
  };
  for (const Polyline& line : outline_) {
    OutlinePoint from = at(line.vertices.back());
    for (const Polyline::Vertex& vertex : line.vertices) {
      const OutlinePoint to = at(vertex);
      sum_.add(from, to);
      from = to;
    }
  }
  const auto stride = static_cast<std::size_t>(width_);
  bytes_.resize(stride * static_cast<std::size_t>(height_));
  sum_.write(rule_, &bytes_[static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x)], stride);
}

std::optional<OutlinePoint> GlMasks::place(const Placement& place, const PixelBox& box, double half_width) {
  const int width = box.x1 - box.x0;
  const int height = box.y1 - box.y0;
  const bool full = lanes_.size() + kLaneFloats > kMostFloats || (runs_.size() > 1 && edges_.size() > kMostFloats) ||
                    (runs_.size() > 1 && pieces_.size() > kMostFloats);
  if (full && !lanes_.empty()) return std::nullopt;
  if (here_ && placed_ >= pace_.step(kMostQuads)) return std::nullopt;  // so that it is drawn meanwhile
  if (shelf_x_ + width > width_) {
    shelf_x_ = 0;
    shelf_y_ = shelf_end_;
  }
  if (shelf_y_ + height > height_) return std::nullopt;
  const OutlinePoint way{double(shelf_x_ - box.x0), double(shelf_y_ - box.y0)};
  if (here_) sum_up_here(place, box, shelf_x_, shelf_y_);
  shelf_x_ += width;
  shelf_end_ = std::max(shelf_end_, shelf_y_ + height);
  ++placed_;
  if (here_) return way;
  Run& run = runs_.back();
  ++run.lanes;
  const double wide = std::abs(place.a) * run.figure.wide + std::abs(place.c) * run.figure.high;
  const double high = std::abs(place.b) * run.figure.wide + std::abs(place.d) * run.figure.high;
  const bool turned = wide * height < high * width;  // what is to the right of edges, or below, whichever is less
  for (const double number : {place.a, place.b, place.c, place.d, place.e, place.f, way.x, way.y, double(box.x0),
                              double(box.y0), double(box.x1), double(box.y1), half_width, turned ? 1.0 : 0.0, 0.0, 0.0})
    lanes_.push_back(static_cast<float>(number));
  return way;
}

void GlMasks::sum_up(const GlProgram& program, const std::vector<float>& rows, std::size_t Figure::* first,
                     std::size_t Figure::* count) {
  figure_table_.upload(rows.data(), rows.size(), GlUnit::kFigures);
  program.set("picture", static_cast<float>(width_), static_cast<float>(height_));
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
  if (here_) {
    GlTarget& sums = sums_[turn_++ % sums_.size()];
    if (!sums.resize(static_cast<std::uint32_t>(width_), static_cast<std::uint32_t>(height_))) return false;
    sums.upload(bytes_.data(), static_cast<std::uint32_t>(shelf_end_), GlUnit::kMask);
    return true;
  }
  GlTarget& target = pieces_.empty() ? fills_ : fills_and_lines_;
  if (!target.resize(static_cast<std::uint32_t>(width_), static_cast<std::uint32_t>(height_))) return false;
  target.bind();
  glEnable(GL_SCISSOR_TEST);
  glScissor(0, 0, width_, shelf_end_);
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
