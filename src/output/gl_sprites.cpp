#include "output/gl_sprites.hpp"

#include <algorithm>

#include "output/gl_pieces.hpp"
#include "output/gl_program.hpp"
#include "output/stamp_blend.hpp"

namespace oscilla::output {
namespace {

constexpr std::size_t kMostSprites = 2000;  // of one draw: what they need stays in the processor's cache
constexpr std::uint32_t kUnit = 32;         // sprites that a thread takes at a time

OutlinePoint in_box(OutlinePoint p, const PixelBox& box) { return {p.x - box.x0, p.y - box.y0}; }

void sum_up_fill(const std::vector<Polyline>& outline, const Placement& place, const PixelBox& box, CoverageSum& sum) {
  for (const Polyline& line : outline) {
    OutlinePoint from = in_box(place(line.vertices.back().at), box);
    for (const Polyline::Vertex& vertex : line.vertices) {
      const OutlinePoint to = in_box(place(vertex.at), box);
      sum.add(from, to);
      from = to;
    }
  }
}

/// Pieces touch and do not overlap where the figure allows it: their areas are added, whichever way round they are.
void sum_up_line(const std::vector<float>& pieces, const Placement& place, double half_width, const PixelBox& box,
                 CoverageSum& sum) {
  std::array<OutlinePoint, kPieceCorners> corners;
  for (std::size_t row = 0; row < pieces.size(); row += kPieceFloats) {
    const std::size_t count = piece_corners(&pieces[row], half_width, corners);
    for (std::size_t i = 0; i < count; ++i) corners[i] = in_box(place(corners[i]), box);
    double area = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const OutlinePoint &a = corners[i], &b = corners[(i + 1) % count];
      area += a.x * b.y - b.x * a.y;
    }
    for (std::size_t i = 0; i < count; ++i) {
      const OutlinePoint &a = corners[i], &b = corners[(i + 1) % count];
      area < 0 ? sum.add(b, a) : sum.add(a, b);
    }
  }
}

}  // namespace

void GlSprites::begin(std::uint32_t width, std::uint32_t height) {
  shelves_.begin(static_cast<int>(width), static_cast<int>(height));
  clear();
}

void GlSprites::clear() {
  shelves_.clear();
  sprites_.clear();
  figures_.clear();
}

void GlSprites::figure(const Outline& outline, const Style& style, bool filled, bool lined, double pixels, double pen) {
  std::vector<Polyline> lines = polylines_of(outline, curve_tolerance(pixels));
  Figure& figure = figures_.emplace_back();
  if (lined) add_line_pieces(lines, outline.length, style, pen * pixels, figure.pieces);
  if (filled) figure.outline = std::move(lines);
  figure.rule = style.rule;
  figure.lined = lined;
}

std::optional<OutlinePoint> GlSprites::place(const Placement& place, const PixelBox& box, double half_width,
                                             const SpriteInk& ink) {
  if (sprites_.size() == kMostSprites) return std::nullopt;
  const auto way = shelves_.place(box);
  if (!way) return std::nullopt;
  const auto x = static_cast<std::size_t>(box.x0 + way->x), y = static_cast<std::size_t>(box.y0 + way->y);
  const std::size_t at = y * static_cast<std::size_t>(shelves_.width()) + x;
  sprites_.push_back({figures_.size() - 1, place, half_width, box, at, ink});
  return way;
}

void GlSprites::compose(const Sprite& sprite, Hand& hand) {
  const Figure& figure = figures_[sprite.figure];
  const auto width = static_cast<std::uint32_t>(sprite.box.width());
  const auto height = static_cast<std::uint32_t>(sprite.box.height());
  hand.fill.resize(std::size_t{width} * height);
  hand.sum.begin(width, height);
  sum_up_fill(figure.outline, sprite.place, sprite.box, hand.sum);
  hand.sum.write(figure.rule, hand.fill.data(), width);
  hand.line.assign(hand.fill.size(), 0);
  if (figure.lined) {
    hand.sum.begin(width, height);
    sum_up_line(figure.pieces, sprite.place, sprite.half_width, sprite.box, hand.sum);
    hand.sum.write(FillRule::NonZero, hand.line.data(), width);
  }
  const SpriteInk& ink = sprite.ink;
  for (std::size_t y = 0; y < height; ++y) {
    const std::uint8_t *fill = &hand.fill[y * width], *line = &hand.line[y * width];
    std::uint32_t* out = &pixels_[sprite.at + y * static_cast<std::size_t>(shelves_.width())];
    for (std::size_t x = 0; x < width; ++x) {
      if (!ink.colored) {
        out[x] = std::uint32_t{fill[x]} << 16 | std::uint32_t{line[x]} << 8;
      } else if (line[x]) {
        out[x] = over(scale_bytes(ink.line, line[x]), scale_bytes(ink.fill, fill[x]));
      } else {
        out[x] = scale_bytes(ink.fill, fill[x]);
      }
    }
  }
}

bool GlSprites::draw(const TaskRunner& threads) {
  GlTarget& target = targets_[turn_++ % targets_.size()];
  const auto width = static_cast<std::uint32_t>(shelves_.width()),
             height = static_cast<std::uint32_t>(shelves_.height());
  if (!target.resize(width, height)) return false;
  pixels_.resize(std::size_t{width} * height);
  const auto compose_unit = [](void* self, std::uint32_t unit, std::uint32_t worker) {
    GlSprites& sprites = *static_cast<GlSprites*>(self);
    const std::size_t end = std::min(sprites.sprites_.size(), std::size_t{unit + 1} * kUnit);
    for (std::size_t i = std::size_t{unit} * kUnit; i < end; ++i)
      sprites.compose(sprites.sprites_[i], sprites.hands_[worker]);
  };
  hands_.resize(std::max(hands_.size(), std::size_t{threads.workers}));
  threads.run(static_cast<std::uint32_t>((sprites_.size() + kUnit - 1) / kUnit), compose_unit, this);
  target.upload(pixels_.data(), static_cast<std::uint32_t>(shelves_.rows()), GlUnit::kMask);
  return true;
}

}  // namespace oscilla::output
