// Many stamps on one picture, band by band of it on several threads. Every band gets all of them in their order, so the
// picture does not depend on the number of threads.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "base/task_runner.hpp"
#include "output/stamp.hpp"

namespace oscilla::output {

class StampBands {
 public:
  void clear() { figures_.clear(); }
  /// After what was added before; `color` is premultiplied.
  void add(const PixelEllipse& ellipse, std::uint32_t color);
  void add(const PixelParallelogram& box, std::uint32_t color);

  void draw(PixelGrid picture, Blend blend, const TaskRunner& threads);

 private:
  struct Figure {
    std::variant<PixelEllipse, PixelParallelogram> form;
    std::uint32_t color;
    float top, bottom;
  };
  void draw_band(std::uint32_t band, Stamp& stamp);

  std::vector<Figure> figures_;
  PixelGrid picture_{};  // that is drawn on now
  Blend blend_ = Blend::Normal;
  std::vector<Stamp> stamps_;  // of the threads
};

}  // namespace oscilla::output
