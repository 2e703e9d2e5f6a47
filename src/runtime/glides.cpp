#include "runtime/glides.hpp"

#include <algorithm>

#include "kernels/kernel_table.hpp"

namespace oscilla::runtime {
namespace {

using ir::GlidePolicy;

double exponential(double x) {
  double result = 0;
  std::uint32_t zero_divisor = 0;
  kernels::scalar_kernel(kernels::Op::Exp)(&x, &result, &zero_divisor);
  return result;
}

/// Levels of this moment; groups that are over leave.
void weigh_fade(const ir::Sink& sink, LaneFade& fade, double running_ms, exec::Mode mode) {
  const ir::GlideSetting& setting = sink.glides[static_cast<std::size_t>(ir::GlidePort::Opacity)];
  const auto over = [&](const LaneFade::Group& group) {
    kernels::GlideWeights weights;
    const bool fades = fade_weights(setting, std::max(running_ms - group.start_ms, 0.0), weights);
    const float level = fades ? 1 - weights.level : 1;
    std::fill(fade.levels.data() + group.first, fade.levels.data() + group.end, level);
    return !fades;
  };
  for (const LaneFade::Group& group : fade.groups) over(group);
  if (mode == exec::Mode::Tick) std::erase_if(fade.groups, over);
  fade.active = !fade.groups.empty();
}

void weigh(const ir::Sink& sink, SinkGlides& glides, double running_ms, exec::Mode mode) {
  glides.active = false;
  for (std::size_t r = 0; r < ir::kRoles; ++r) {
    RoleGlide& role = glides.roles[r];
    exec::RoleGlide& now = glides.now[r];
    now.offsets = nullptr;
    if (!role.active) continue;
    const auto port = ir::glide_port(static_cast<ir::Role>(r));
    const double age = std::max(running_ms - role.start_ms, 0.0);
    if (!glide_weights(sink.glides[static_cast<std::size_t>(*port)], age, now.weights)) {
      if (mode == exec::Mode::Tick) role.active = false;
      continue;
    }
    now.offsets = role.offsets.data();
    now.slopes = role.slopes.data();
    const bool factors = role.factors.size() > 0;
    now.factors = factors ? role.factors.data() : nullptr;
    now.factor_slopes = factors ? role.factor_slopes.data() : nullptr;
    glides.active = true;
  }
  weigh_fade(sink, glides.fade, running_ms, mode);
  glides.active |= glides.fade.active;
}

}  // namespace

bool glide_weights(const ir::GlideSetting& setting, double age, kernels::GlideWeights& weights) {
  weights = {1, 0};
  if (setting.policy == GlidePolicy::Preserve) return true;
  const double time = setting.time_ms;
  if (setting.policy == GlidePolicy::Crossfade) {
    if (!(age < time)) return false;
    const double part = age / time;
    weights.level = static_cast<float>(1 - part * part * (3 - 2 * part));
    return true;
  }
  if (!(age < kGlideTimes * time)) return false;
  const double decay = exponential(-age / time);
  weights = {static_cast<float>((1 + age / time) * decay), static_cast<float>(age * decay)};
  return true;
}

bool fade_weights(const ir::GlideSetting& setting, double age, kernels::GlideWeights& weights) {
  ir::GlideSetting ending = setting;
  if (ending.policy == GlidePolicy::Preserve) ending.policy = GlidePolicy::Slew;
  return glide_weights(ending, age, weights);
}

LaneFade make_lane_fade(std::uint32_t lanes) {
  constexpr std::size_t kGroups = 128;
  LaneFade fade;
  fade.levels = AlignedBuffer<float>(exec::padded_lanes(lanes));
  std::ranges::fill(fade.levels.span(), 1.0f);
  fade.groups.reserve(kGroups);
  return fade;
}

void enter_lanes(LaneFade& fade, std::uint32_t before, std::uint32_t lanes, double running_ms) {
  if (lanes < before) {
    for (LaneFade::Group& group : fade.groups) {
      group.end = std::min(group.end, lanes);
      group.first = std::min(group.first, lanes);
    }
    std::erase_if(fade.groups, [](const LaneFade::Group& group) { return group.first == group.end; });
  }
  if (lanes <= before || fade.groups.size() == fade.groups.capacity()) {
    if (lanes > before) std::fill(fade.levels.data() + before, fade.levels.data() + lanes, 1.0f);
    return;
  }
  fade.groups.push_back({before, lanes, running_ms});
  std::fill(fade.levels.data() + before, fade.levels.data() + lanes, 0.0f);
  fade.active = true;
}

namespace {

void visit(Archive& archive, RoleGlide& role, std::uint32_t lanes) {
  archive(role.active);
  if (!role.active) return;
  archive(role.start_ms);
  bool factors = role.factors.size() > 0;
  archive(factors);
  const auto planes = [&](auto... lists) {
    for (AlignedBuffer<float>* list : {lists...}) {
      if (archive.reads()) *list = AlignedBuffer<float>(exec::padded_lanes(lanes));
      archive.all(list->span().first(lanes));
    }
  };
  planes(&role.offsets, &role.slopes);
  if (factors) planes(&role.factors, &role.factor_slopes);
}

/// Of a fade of `lanes` lanes.
void visit(Archive& archive, LaneFade& fade, std::uint32_t lanes) {
  archive(fade.active);
  archive.all(fade.levels.span().first(lanes));
  const std::uint32_t groups = archive.count(fade.groups.size(), fade.groups.capacity());
  if (archive.reads()) fade.groups.resize(groups);
  for (LaneFade::Group& group : fade.groups) {
    archive(group.first, group.end, group.start_ms);
    archive.require(group.first <= group.end && group.end <= lanes);
  }
}

}  // namespace

void visit(Archive& archive, SinkGlides& glides, std::uint32_t lanes) {
  for (RoleGlide& role : glides.roles) visit(archive, role, lanes);
  const bool fades = glides.fade.levels.size() > 0;
  archive.same(fades);
  if (fades) visit(archive, glides.fade, lanes);
}

float neutral_of(ir::Role role) { return role == ir::Role::ScaleX || role == ir::Role::ScaleY ? 1.0f : 0.0f; }

kernels::Gauge gauge_of(ir::Role role) {
  switch (role) {
    case ir::Role::Red:
    case ir::Role::Green:
    case ir::Role::Blue:
    case ir::Role::Alpha:
    case ir::Role::StrokeRed:
    case ir::Role::StrokeGreen:
    case ir::Role::StrokeBlue:
    case ir::Role::StrokeAlpha: return kernels::Gauge::Unit;
    case ir::Role::Rotation: return kernels::Gauge::Turn;
    default: return kernels::Gauge::Add;
  }
}

void weigh_glides(const ir::Program& program, std::vector<SinkGlides>& glides, double running_ms, exec::Mode mode) {
  for (std::size_t s = 0; s < glides.size(); ++s) {
    SinkGlides& sink = glides[s];
    if (mode == exec::Mode::Tick) sink.was_active = sink.active;
    weigh(program.sinks[s], sink, running_ms, mode);
  }
}

}  // namespace oscilla::runtime
