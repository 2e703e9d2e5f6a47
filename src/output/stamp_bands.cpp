#include "output/stamp_bands.hpp"

#include <algorithm>
#include <cmath>

namespace oscilla::output {
namespace {

constexpr std::uint32_t kRows = 32;  // of a band: they fit into the processor's second cache

}  // namespace

void StampBands::add(const PixelEllipse& ellipse, std::uint32_t color) {
  const auto y = static_cast<float>(ellipse.y), reach = static_cast<float>(std::sqrt(ellipse.yy)) + 1;
  figures_.push_back({ellipse, color, y - reach, y + reach});
}

void StampBands::add(const PixelParallelogram& box, std::uint32_t color) {
  const auto y = static_cast<float>(box.y), reach = static_cast<float>(std::abs(box.uy) + std::abs(box.vy)) + 1;
  figures_.push_back({box, color, y - reach, y + reach});
}

void StampBands::draw_band(std::uint32_t band, Stamp& stamp) {
  const std::uint32_t first = band * kRows, rows = std::min(kRows, picture_.height - first);
  const auto top = static_cast<float>(first), bottom = static_cast<float>(first + rows);
  stamp.draw_on({picture_.data + first * picture_.stride, picture_.stride, picture_.width, rows});
  for (const Figure& figure : figures_) {
    if (figure.bottom <= top || figure.top >= bottom) continue;
    const auto draw = [&](auto form) {
      form.y -= first;
      stamp.draw(form, {figure.color, blend_});
    };
    std::visit(draw, figure.form);
  }
}

void StampBands::draw(PixelGrid picture, Blend blend, const TaskRunner& threads) {
  picture_ = picture;
  blend_ = blend;
  while (stamps_.size() < threads.workers) stamps_.emplace_back(PixelGrid{});
  const auto draw_one = [](void* self, std::uint32_t band, std::uint32_t worker) {
    auto& bands = *static_cast<StampBands*>(self);
    bands.draw_band(band, bands.stamps_[worker]);
  };
  threads.run((picture.height + kRows - 1) / kRows, draw_one, this);
}

}  // namespace oscilla::output
