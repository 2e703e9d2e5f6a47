#include <algorithm>
#include <cstddef>
#include <limits>

#include "runtime/transition_parts.hpp"

namespace oscilla::runtime {
namespace {

double magnitude(double x) { return x < 0 ? -x : x; }

/// What a number of a section is where there was none: a sheet that is not there is opaque. Else nothing to go on from.
double neutral(const NumberSection& section, std::size_t i) {
  return section.kind == NumberKind::Layer && i == 0 ? 1 : std::numeric_limits<double>::quiet_NaN();
}

/// By number of the section: what it lacks to be the old one.
template <class F>
void each_offset(const SectionMeasure& measure, const Numbers& old, const Numbers& next, F f) {
  const NumberSection& section = next.row.sections[measure.section];
  const bool known = measure.from != SectionPlan::kNone;
  const std::size_t first = known ? old.row.sections[measure.from].first : 0;
  for (std::size_t i = 0; i < section.count; ++i) {
    const std::size_t number = section.first + i;
    const double now = next.now[number];
    const bool goes_on = known && (i == 0 || !measure.first_only);
    f(number, goes_on ? old.now[first + i] : neutral(section, i), now);
  }
}

/// The slope of an offset that went smoothly through three ticks; nothing of one that jumped.
bool find_slope(NumberGauge gauge, double earlier, double before, double now, const Steps& steps, double& slope) {
  const double last = number_offset(gauge, now, before);
  const double first = number_offset(gauge, before, earlier) * (steps.last / steps.earlier);
  const double greater = std::max(magnitude(last), magnitude(first));
  const bool smooth = magnitude(last - first) <= 0.5 * greater;
  slope = smooth ? last / steps.last : 0;
  return smooth || greater <= 1e-9 * (1 + magnitude(now));
}

}  // namespace

Steps steps_to(const Transition& transition, double running_ms) {
  Steps steps{running_ms - transition.rehearsed_ms[1], transition.rehearsed_ms[1] - transition.rehearsed_ms[0], false};
  steps.known = transition.rehearsals == 2 && steps.last > 0 && steps.earlier > 0;
  return steps;
}

void add_section_measures(Transition& transition, const SwapPlan& plan, ProgramState& next) {
  for (std::uint32_t s = 0; s < plan.sections.size(); ++s)
    if (plan.sections[s].measured)
      transition.sections.push_back(
          {.section = s, .from = plan.sections[s].from, .first_only = plan.sections[s].first_only});
  let_glide(next.numbers);
  transition.sections_before.resize(next.numbers.now.size());
  transition.sections_earlier.resize(next.numbers.now.size());
}

void note_sections(Transition& transition, const Numbers& old, const Numbers& next) {
  std::vector<double>& to = transition.rehearsals == 0 ? transition.sections_earlier : transition.sections_before;
  for (const SectionMeasure& measure : transition.sections)
    each_offset(measure, old, next, [&](std::size_t i, double from, double now) {
      to[i] = number_offset(next.row.sources[i].gauge, from, now);
    });
}

void begin_sections(Transition& transition, const Numbers& old, Numbers& next, double running_ms) {
  for (const SectionMeasure& measure : transition.sections) {
    SectionGlide& glide = next.glides[measure.section];
    glide.start_ms = running_ms;
    glide.active = glide.begins = true;
    each_offset(measure, old, next, [&](std::size_t i, double from, double) { next.from[i] = from; });
  }
}

void settle_sections(Transition& transition, Numbers& next, const Steps& steps) {
  for (SectionMeasure& measure : transition.sections) {
    const NumberSection& section = next.row.sections[measure.section];
    SectionGlide& glide = next.glides[measure.section];
    glide.active = glide.begins = false;
    for (std::size_t i = section.first; i < section.first + section.count; ++i) {
      next.slopes[i] = 0;
      if (steps.known && section.glide.policy != ir::GlidePolicy::Preserve)
        measure.abrupt |= !find_slope(next.row.sources[i].gauge, transition.sections_earlier[i],
                                      transition.sections_before[i], next.offsets[i], steps, next.slopes[i]);
      glide.active |= next.offsets[i] != 0 || next.slopes[i] != 0;
      measure.greatest = std::max(measure.greatest, magnitude(next.offsets[i]));
    }
  }
}

void carry_sections(const Numbers& old, Numbers& next, const SwapPlan& plan) {
  for (std::size_t s = 0; s < plan.sections.size(); ++s) {
    const SectionPlan& section = plan.sections[s];
    if (section.from == SectionPlan::kNone || section.measured || !old.glides[section.from].active) continue;
    const NumberSection& to = next.row.sections[s];
    const auto first = static_cast<std::ptrdiff_t>(old.row.sections[section.from].first);
    next.glides[s] = old.glides[section.from];
    std::copy_n(old.offsets.begin() + first, to.count, next.offsets.begin() + to.first);
    std::copy_n(old.slopes.begin() + first, to.count, next.slopes.begin() + to.first);
  }
}

}  // namespace oscilla::runtime
