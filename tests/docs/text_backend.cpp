// docs/frames.md shows this file: a whole backend, which draws frames as text. tests/docs compares the two.
#include <cmath>
#include <cstdio>
#include <string>

#include "oscilla/session.hpp"

namespace {

constexpr int kColumns = 72, kRows = 36;
constexpr double kUnit = kRows;  // rows that one unit of the world is high

void draw(const oscilla::RenderFrame& frame) {
  std::string rows[kRows];
  for (std::string& row : rows) row.assign(kColumns, ' ');
  for (const oscilla::Pass& pass : frame.passes) {
    const oscilla::Instances& lanes = pass.instances;
    for (const oscilla::Batch& batch : pass.batches) {
      for (std::uint32_t position = batch.first; position < batch.first + batch.count; ++position) {
        const oscilla::InstanceCore& lane = lanes.core[lanes.order.empty() ? position : lanes.order[position]];
        const double x = kColumns / 2.0 + (lane.x - 0.5) * kUnit * 2;  // a character is twice as high as wide
        const double y = kRows / 2.0 - (lane.y - 0.5) * kUnit;         // the backend flips y
        const bool outside = !(x >= 0 && x < kColumns && y >= 0 && y < kRows);
        if (outside || lane.a <= 0) continue;
        const float light = 0.3f * lane.r + 0.6f * lane.g + 0.1f * lane.b;
        rows[int(y)][std::size_t(x)] = ".:-=+*#%@"[int(std::fmin(light, 1) * 8)];
      }
    }
  }
  for (const std::string& row : rows) std::puts(row.c_str());
}

}  // namespace

int main() {
  const char* text =
      "oscilla 1\ntime = TimeRoot(periodA: 4s)\ndots = Array(Ellipse(), count: 300)\n"
      "pos = PolarToCartesian(dots.index * goldenAngle + time.phaseA, radius: 0.45 * sqrt(dots.t))\n"
      "draw = RenderInstances2D(pos, color: hsv(dots.t), shape: dots)\n";
  const oscilla::CompileResult compiled = oscilla::compile_patch(oscilla::Patch::parse(text));
  if (!compiled.program) return 1;
  oscilla::Session session(*compiled.program);
  for (int frame = 0; frame < 3; ++frame) draw(session.tick(compiled.program->frame_time_ms(frame)));
}
