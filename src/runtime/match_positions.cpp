#include "runtime/match_positions.hpp"

#include <algorithm>

namespace oscilla::runtime {
namespace {

/// Cells along each side of the square [-0.5, 1.5]; what is outside counts to those at its edge.
constexpr std::int32_t kCells = 256;
constexpr float kCellSize = 2.0f / kCells;
/// So many old lanes are looked at for a new one.
constexpr std::uint32_t kMostLooks = 400;

std::int32_t cell_of(float x) {
  const float cell = (x + 0.5f) / kCellSize;
  return cell > 0 ? (cell < kCells - 1 ? static_cast<std::int32_t>(cell) : kCells - 1) : 0;
}

/// Looks around one new lane, ring by ring.
class Search {
 public:
  Search(PositionMatch& match, const Places& old, float x, float y) : match_(match), old_(old), x_(x), y_(y) {}

  std::uint32_t run() {
    const std::int32_t column = cell_of(x_), row = cell_of(y_);
    for (std::int32_t ring = 0; looks_ < kMostLooks; ++ring) {
      const float least = static_cast<float>(std::max(ring - 1, 0)) * kCellSize;
      if (!(least * least < nearest_square_)) break;
      look_at_ring(column, row, ring);
    }
    if (best_ == PositionMatch::kNone) return best_;
    *before_best_ = match_.next[best_];
    return best_;
  }

 private:
  void look_at_ring(std::int32_t column, std::int32_t row, std::int32_t ring) {
    for (std::int32_t r = std::max(row - ring, 0); r <= std::min(row + ring, kCells - 1); ++r) {
      const bool whole = r == row - ring || r == row + ring;
      for (std::int32_t c = column - ring; c <= column + ring; c += whole || ring == 0 ? 1 : 2 * ring)
        if (c >= 0 && c < kCells) look_at_cell(static_cast<std::size_t>(r * kCells + c));
    }
  }

  void look_at_cell(std::size_t cell) {
    for (std::uint32_t* link = &match_.first[cell]; *link != PositionMatch::kNone && looks_ < kMostLooks;
         link = &match_.next[*link]) {
      ++looks_;
      const float dx = old_.x[*link] - x_, dy = old_.y[*link] - y_;
      const float square = dx * dx + dy * dy;
      if (!(square < nearest_square_)) continue;
      nearest_square_ = square;
      best_ = *link;
      before_best_ = link;
    }
  }

  PositionMatch& match_;
  const Places& old_;
  float x_, y_;
  float nearest_square_ = kMatchRadius * kMatchRadius;
  std::uint32_t looks_ = 0;
  std::uint32_t best_ = PositionMatch::kNone;
  std::uint32_t* before_best_ = nullptr;
};

bool is_number(float x) { return x - x == 0; }

}  // namespace

PositionMatch make_position_match(ir::SinkIx sink, std::uint32_t old_lanes, std::uint32_t new_lanes) {
  PositionMatch match;
  match.sink = sink;
  match.old_of.assign(new_lanes, PositionMatch::kNone);
  match.first.assign(std::size_t{kCells} * kCells, PositionMatch::kNone);
  match.next.assign(old_lanes, PositionMatch::kNone);
  return match;
}

void match_positions(PositionMatch& match, const Places& old, const Places& now) {
  std::ranges::fill(match.first, PositionMatch::kNone);
  // From the last on, so that the first lane of a cell is looked at first.
  for (std::uint32_t lane = old.lanes; lane-- > 0;) {
    if (!is_number(old.x[lane]) || !is_number(old.y[lane])) continue;
    const auto cell = static_cast<std::size_t>(cell_of(old.y[lane]) * kCells + cell_of(old.x[lane]));
    match.next[lane] = match.first[cell];
    match.first[cell] = lane;
  }
  match.matched = 0;
  std::ranges::fill(match.old_of, PositionMatch::kNone);
  for (std::uint32_t lane = 0; lane < now.lanes; ++lane) {
    if (!is_number(now.x[lane]) || !is_number(now.y[lane])) continue;
    match.old_of[lane] = Search(match, old, now.x[lane], now.y[lane]).run();
    match.matched += match.old_of[lane] != PositionMatch::kNone;
  }
}

}  // namespace oscilla::runtime
