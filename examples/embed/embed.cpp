// Oscilla in a program of one's own: compile a patch, tick it, read what it draws, and let another patch take over while
// it runs. Uses the public headers only; docs/live.md says what is promised.
#include <cstdio>
#include <optional>
#include <string>

#include "oscilla/program.hpp"
#include "oscilla/session.hpp"

namespace {

constexpr const char* kRing = R"(oscilla 1
canvas 640x360
time = TimeRoot(periodA: 4s)
dots = Array(Ellipse(rx: 0.02, ry: 0.02), count: 12)
turn = Accumulator(0.01)
pos = CircleLayout(dots, radius: 0.3, phase: turn)
draw = RenderInstances2D(pos, color: hsv(dots.u, 0.8, 1), shape: dots)
)";

/// The patch with `after` in place of `before`.
std::string edited(std::string text, const std::string& before, const std::string& after) {
  return text.replace(text.find(before), before.size(), after);
}

std::optional<oscilla::Program> compile(const std::string& text) {
  const oscilla::Patch patch = oscilla::Patch::parse(text, "ring.oscilla");
  const oscilla::CompileResult result = oscilla::compile_patch(patch);
  for (const oscilla::Diagnostic& diagnostic : result.diagnostics)
    std::fputs(oscilla::render_diagnostic(diagnostic, patch.text(), "ring.oscilla").c_str(), stderr);
  return result.program;
}

/// What a renderer of one's own would draw: flat arrays, projected, coloured, in painter's order.
void look_at(const oscilla::RenderFrame& frame) {
  for (const oscilla::Pass& pass : frame.passes) {
    const oscilla::InstanceCore& first = pass.instances.core[0];
    std::printf("tick %2lld: %u figures, the first at (%.3f, %.3f)\n", static_cast<long long>(frame.tick),
                pass.instances.visible, static_cast<double>(first.x), static_cast<double>(first.y));
  }
}

}  // namespace

int main() {
  const std::optional<oscilla::Program> program = compile(kRing);
  if (!program) return 1;
  oscilla::Session session(*program);
  double now_ms = 0;
  const auto tick = [&]() -> const oscilla::RenderFrame& { return session.tick(now_ms += 1000.0 / 60); };

  for (int i = 0; i < 30; ++i) tick();
  look_at(tick());

  // Eight more figures: compiled beside the running patch; whoever ticks does not wait.
  session.request_swap(oscilla::Patch::parse(edited(kRing, "count: 12", "count: 20")));
  for (bool told = false; !told;) {
    tick();
    for (const oscilla::SwapReport& report : session.take_swap_reports()) {
      std::fputs(oscilla::describe(report).c_str(), stdout);
      told = true;
    }
  }
  const oscilla::RenderFrame& frame = tick();
  look_at(frame);

  // What has errors changes nothing.
  const oscilla::SwapReport refused = session.swap(oscilla::Patch::parse(edited(kRing, "hsv(", "hsv(nowhere, ")));
  std::fputs(oscilla::describe(refused).c_str(), stdout);
  return frame.passes[0].instances.count == 20 && oscilla::has_errors(refused.diagnostics) ? 0 : 1;
}
