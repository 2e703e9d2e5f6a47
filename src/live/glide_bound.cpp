#include "live/glide_bound.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "runtime/numbers.hpp"
#include "runtime/swap_plan.hpp"

namespace oscilla::live {
namespace {

/// Of NumberRow.
constexpr std::size_t kBackgroundSection = 1, kBackgroundFillSection = 2;

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
    const runtime::NumberRow was = runtime::number_row(before_), is = runtime::number_row(after_);
    for (std::size_t s = 0; s < plan.sections.size(); ++s) {
      const runtime::SectionPlan& section = plan.sections[s];
      const bool fades = plan.background_fades && (s == kBackgroundSection || s == kBackgroundFillSection);
      if (section.from == runtime::SectionPlan::kNone || fades || !glides(is.sections[s].glide)) continue;
      compare_section(was, was.sections[section.from], is, is.sections[s], section.first_only);
    }
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

  /// The numbers of a section as a frame has them. The camera's are in all places instead.
  static std::vector<double> numbers_of(const RenderFrame& frame, const ir::Program& program,
                                        const runtime::NumberSection& section) {
    std::vector<double> numbers;
    const auto add = [&numbers](const auto& more) { numbers.insert(numbers.end(), more.begin(), more.end()); };
    const auto add_fill = [&](const Fill& fill) {
      add(fill.place);
      for (const GradientStop& stop : fill.stops) {
        numbers.push_back(stop.at);
        add(stop.color);
      }
    };
    const auto pass = [&] { return find_pass(frame, program.sinks[section.owner].name); };
    switch (section.kind) {
      case runtime::NumberKind::Camera: break;
      case runtime::NumberKind::Background: add(frame.background); break;
      case runtime::NumberKind::BackgroundFill: add_fill(frame.background_fill); break;
      case runtime::NumberKind::Layer:
        for (const Layer& layer : frame.layers) {
          if (layer.layer != program.layers[section.owner].layer) continue;
          numbers.push_back(layer.opacity);
          add(layer.place);
        }
        break;
      case runtime::NumberKind::Fill:
        if (const Pass* drawn = pass()) add_fill(drawn->style.fill);
        break;
      case runtime::NumberKind::Dashes:
        if (const Pass* drawn = pass()) {
          add(drawn->style.dashes);
          numbers.push_back(drawn->style.dash_offset);
        }
        break;
      case runtime::NumberKind::Shape: add(frame.shapes[section.owner].parameters); break;
      case runtime::NumberKind::Points:
        add(frame.points.subspan(frame.shapes[section.owner].first_point, section.count));
        break;
    }
    return numbers;
  }

  void compare_section(const runtime::NumberRow& was, const runtime::NumberSection& from, const runtime::NumberRow& is,
                       const runtime::NumberSection& to, bool first_only) {
    const std::vector<double> old = numbers_of(old_, before_, from), now = numbers_of(now_, after_, to);
    std::size_t count = std::min({old.size(), now.size(), std::size_t{from.count}, std::size_t{to.count}});
    if (first_only) count = std::min<std::size_t>(count, 1);
    for (std::size_t i = 0; i < count && !jump_; ++i) {
      ++checks_;
      const runtime::NumberGauge gauge = is.sources[to.first + i].gauge;
      if (gauge != was.sources[from.first + i].gauge) continue;
      note_jump(magnitude(runtime::number_offset(gauge, old[i], now[i])), old[i], now[i],
                [&] { return fmt::format("number {} of {}", i, runtime::name_of(after_, to)); });
    }
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
    if (glides(sink, ir::GlidePort::Rotation))
      compare_turn(sink.name, to, was.rotation.empty() ? 0 : was.rotation[from],
                   is.rotation.empty() ? 0 : is.rotation[to]);
    if (glides(sink, ir::GlidePort::Scale)) {
      constexpr std::string_view kScales[] = {"scale x", "scale y"};
      for (std::size_t axis = 0; axis < 2; ++axis)
        compare(sink.name, to, {kScales[axis], was.scale.empty() ? 1 : was.scale[2 * from + axis]},
                is.scale.empty() ? 1 : is.scale[2 * to + axis]);
    }
    if (!was.stroke.empty() && !is.stroke.empty()) compare_line(sink, was, from, is, to);
  }

  void compare_line(const ir::Sink& sink, const Instances& was, std::uint32_t from, const Instances& is,
                    std::uint32_t to) {
    constexpr std::pair<std::string_view, ir::GlidePort> kParts[kStrokeFloats] = {
        {"line width", ir::GlidePort::Size},
        {"line red", ir::GlidePort::Color},
        {"line green", ir::GlidePort::Color},
        {"line blue", ir::GlidePort::Color},
        {"line alpha", ir::GlidePort::Opacity}};
    for (std::size_t part = 0; part < kStrokeFloats; ++part)
      if (glides(sink, kParts[part].second))
        compare(sink.name, to, {kParts[part].first, was.stroke[kStrokeFloats * from + part]},
                is.stroke[kStrokeFloats * to + part]);
  }

  void compare_turn(std::string_view sink, std::uint32_t lane, float old, float now) {
    ++checks_;
    note_jump(magnitude(runtime::number_offset(runtime::NumberGauge::Radians, old, now)), old, now,
              [&] { return fmt::format("rotation of {}, lane {}", sink, lane); });
  }

  void compare(std::string_view what, std::uint32_t lane, const Number& old, float now) {
    ++checks_;
    note_jump(magnitude(static_cast<double>(now) - static_cast<double>(old.value)), old.value, now,
              [&] { return fmt::format("{} of {}, lane {}", old.name, what, lane); });
  }

  template <class What>
  void note_jump(double difference, double old, double now, const What& what) {
    if (jump_ || difference <= kGlideBound * std::max(1.0, magnitude(old))) return;
    jump_ = fmt::format("{}, should glide, yet it jumps from {} to {}", what(), static_cast<float>(old),
                        static_cast<float>(now));
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
