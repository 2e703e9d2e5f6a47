#include "live/glide_bound.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "runtime/swap_plan.hpp"

namespace oscilla::live {
namespace {

struct Number {
  std::string_view name;
  float value;
};

double magnitude(double x) { return x < 0 ? -x : x; }

class Comparison {
 public:
  Comparison(const RenderFrame& old, const RenderFrame& now, const ir::Program& before, const ir::Program& after,
             std::uint64_t& checks)
      : old_(old), now_(now), before_(before), after_(after), checks_(checks) {}

  std::optional<std::string> run() {
    const runtime::SwapPlan plan = runtime::plan_swap(before_, after_);
    for (std::size_t s = 0; s < plan.sinks.size(); ++s) compare_sink(plan, plan.sinks[s], after_.sinks[s]);
    if (!plan.background_fades && (!after_.background || glides(after_.background->glide)))
      for (std::size_t c = 0; c < 4; ++c)
        compare("the background", 0, {"colour", old_.background[c]}, now_.background[c]);
    return jump_;
  }

 private:
  static bool glides(const ir::GlideSetting& setting) { return setting.policy != ir::GlidePolicy::None; }
  static bool glides(const ir::Sink& sink, ir::GlidePort port) {
    return glides(sink.glides[static_cast<std::size_t>(port)]);
  }

  void compare_sink(const runtime::SwapPlan& plan, const runtime::SinkPlan& sink_plan, const ir::Sink& sink) {
    if (!sink_plan.from.valid() || sink_plan.by_position) return;
    const Pass* was = find_pass(old_, before_.sinks[sink_plan.from.v].name);
    const Pass* is = find_pass(now_, sink.name);
    if (was == nullptr || is == nullptr) return;
    std::vector<runtime::LaneRun> runs{{0, 0, now_count(*is)}};
    if (!sink_plan.same_lanes) {
      const auto mapped = plan.runs_of(sink_plan);
      runs.assign(mapped.begin(), mapped.end());
    }
    for (const runtime::LaneRun& run : runs)
      for (std::uint32_t i = 0; i < run.count && !jump_; ++i)
        if (run.from + i < now_count(*was) && run.to + i < now_count(*is))
          compare_lane(sink, was->instances, run.from + i, is->instances, run.to + i);
  }

  static std::uint32_t now_count(const Pass& pass) { return pass.instances.count; }

  void compare_lane(const ir::Sink& sink, const Instances& was, std::uint32_t from, const Instances& is,
                    std::uint32_t to) {
    const InstanceCore& old = was.core[from];
    const InstanceCore& now = is.core[to];
    const bool camera = !after_.camera || glides(after_.camera->glide);
    const bool placed = camera && glides(sink, ir::GlidePort::Position) && glides(sink, ir::GlidePort::Z);
    if (placed) {
      compare(sink.name, to, {"x", old.x}, now.x);
      compare(sink.name, to, {"y", old.y}, now.y);
      compare(sink.name, to, {"depth", old.depth}, now.depth);
    }
    if (placed && glides(sink, ir::GlidePort::Size)) compare(sink.name, to, {"size", old.size}, now.size);
    if (glides(sink, ir::GlidePort::Color)) {
      compare(sink.name, to, {"red", old.r}, now.r);
      compare(sink.name, to, {"green", old.g}, now.g);
      compare(sink.name, to, {"blue", old.b}, now.b);
    }
    if (glides(sink, ir::GlidePort::Opacity)) compare(sink.name, to, {"alpha", old.a}, now.a);
  }

  void compare(std::string_view what, std::uint32_t lane, const Number& old, float now) {
    ++checks_;
    const double difference = magnitude(static_cast<double>(now) - static_cast<double>(old.value));
    if (jump_ || difference <= kGlideBound * std::max(1.0, magnitude(static_cast<double>(old.value)))) return;
    jump_ = fmt::format("{} of {}, lane {}, should glide, yet it jumps from {} to {}", old.name, what, lane, old.value,
                        now);
  }

  const RenderFrame& old_;
  const RenderFrame& now_;
  const ir::Program& before_;
  const ir::Program& after_;
  std::uint64_t& checks_;
  std::optional<std::string> jump_;
};

}  // namespace

const Pass* find_pass(const RenderFrame& frame, std::string_view sink) {
  for (const Pass& pass : frame.passes)
    if (pass.name == sink && pass.weight == 1) return &pass;  // what is below is a trail, above what is gone
  return nullptr;
}

std::optional<std::string> jump_beyond_bound(const RenderFrame& old, const RenderFrame& now, const ir::Program& before,
                                             const ir::Program& after, std::uint64_t& checks) {
  return Comparison(old, now, before, after, checks).run();
}

}  // namespace oscilla::live
