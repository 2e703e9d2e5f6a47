#include "live/episode.hpp"

#include <algorithm>
#include <bit>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "live/check_report.hpp"
#include "live/compiled_patch.hpp"
#include "live/glide_bound.hpp"
#include "live/sabotaged_session.hpp"
#include "live/untouched.hpp"
#include "oscilla/frame.hpp"
#include "oscilla/patch.hpp"

namespace oscilla::live {
namespace {

/// A session that may be absent, at its own time.
struct TimedSession {
  TimedSession(const Program& program, const EpisodeSettings& settings)
      : session(SabotagedSession::make(program, settings.session, settings.sabotage)),
        frame_ms(program.frame_time_ms(1)) {}
  const RenderFrame& tick() { return session.tick(static_cast<double>(ticks++) * frame_ms); }

  Session session;
  double frame_ms;
  std::int64_t ticks = 0;
};

struct LaneNumber {
  std::string_view name;
  float value;
};

/// The numbers of a lane that belong to a part.
std::vector<LaneNumber> numbers_of(const Instances& lanes, std::uint32_t lane, PassPart part) {
  const InstanceCore& core = lanes.core[lane];
  switch (part) {
    case PassPart::Position: return {{"x", core.x}, {"y", core.y}, {"depth", core.depth}};
    case PassPart::Size: return {{"size", core.size}};
    case PassPart::Colour: return {{"red", core.r}, {"green", core.g}, {"blue", core.b}, {"alpha", core.a}};
    case PassPart::Rotation: return {{"rotation", lanes.rotation.empty() ? 0 : lanes.rotation[lane]}};
  }
  return {};
}

std::optional<std::string> difference(const Pass& old, const Pass& now, const UntouchedPart& part,
                                      std::uint64_t& checks) {
  if (old.instances.count != now.instances.count) return {};  // its lanes come from a part that was touched
  for (std::uint32_t lane = 0; lane < now.instances.count; ++lane) {
    const std::vector<LaneNumber> was = numbers_of(old.instances, lane, part.part);
    const std::vector<LaneNumber> is = numbers_of(now.instances, lane, part.part);
    for (std::size_t i = 0; i < is.size(); ++i) {
      ++checks;
      if (std::bit_cast<std::uint32_t>(was[i].value) != std::bit_cast<std::uint32_t>(is[i].value))
        return fmt::format("nothing that it is made of was edited, yet {} of {}, lane {}, jumps from {} to {}",
                           is[i].name, part.sink, lane, was[i].value, is[i].value);
    }
  }
  return {};
}

/// What two programs show of one tick, and how they came about.
struct Shown {
  const RenderFrame& frame;
  const Patch& patch;
  const Program& program;
};

std::optional<EpisodeFault> compare(const Shown& before, const Shown& after, std::uint64_t& checks) {
  const RenderFrame &old = before.frame, &now = after.frame;
  if (std::string wrong = validate_frame(now); !wrong.empty())
    return EpisodeFault{StormFault::Unsound, std::move(wrong)};
  for (const UntouchedPart& part : untouched_parts(before.patch.model(), after.patch.model())) {
    const Pass* was = find_pass(old, part.sink);
    const Pass* is = find_pass(now, part.sink);
    if (was == nullptr || is == nullptr) continue;
    if (std::optional<std::string> jump = difference(*was, *is, part, checks))
      return EpisodeFault{StormFault::Jump, std::move(*jump)};
  }
  if (std::optional<std::string> jump =
          jump_beyond_bound(old, now, *before.program.compiled().program, *after.program.compiled().program, checks))
    return EpisodeFault{StormFault::Glide, std::move(*jump)};
  return {};
}

/// The text of a patch without a definition; the same if it has none of that name.
std::string without(const patch::Patch& model, std::string_view name) {
  const patch::Definition* definition = model.find(name);
  std::string text = model.text;
  if (definition == nullptr) return text;
  const std::size_t end = std::min(text.find('\n', definition->span.end), text.size() - 1) + 1;
  text.erase(definition->span.begin, end - definition->span.begin);
  return text;
}

}  // namespace

std::optional<EpisodeFault> play(const Episode& episode, const EpisodeSettings& settings, std::uint64_t& kept_checks) {
  std::vector<Program> programs;
  for (const Patch& patch : episode.patches) {
    CompileResult result = compile_patch(patch, settings.compile);
    if (!result.program) return {};
    programs.push_back(std::move(*result.program));
  }
  const std::size_t last = programs.size() - 1;
  TimedSession without_last(programs[0], settings);
  TimedSession with_last(programs[0], settings);
  for (std::size_t i = 1; i <= last; ++i) {
    for (std::int64_t tick = 0; tick < episode.ticks[i - 1]; ++tick) {
      without_last.tick();
      with_last.tick();
    }
    if (i < last) without_last.session.swap(episode.patches[i]);
    const SwapReport report = with_last.session.swap(episode.patches[i]);
    if (report.outcome != SwapOutcome::Swapped)
      return EpisodeFault{StormFault::Lost, "a patch that compiles was not taken over"};
    std::string wrong = check_report(report, *programs[i - 1].compiled().program, *programs[i].compiled().program);
    if (!wrong.empty()) return EpisodeFault{StormFault::State, std::move(wrong)};
  }
  if (last == 0) return {};
  const RenderFrame& old = without_last.tick();
  const RenderFrame& now = with_last.tick();
  return compare({old, episode.patches[last - 1], programs[last - 1]}, {now, episode.patches[last], programs[last]},
                 kept_checks);
}

Episode reduced(Episode episode, const EpisodeSettings& settings, StormFault fault) {
  std::uint64_t checks = 0;
  const auto shows = [&](const Episode& smaller) {
    const std::optional<EpisodeFault> found = play(smaller, settings, checks);
    return found && found->fault == fault;
  };
  while (episode.patches.size() > 2) {
    Episode shorter{{episode.patches.begin() + 1, episode.patches.end()},
                    {episode.ticks.begin() + 1, episode.ticks.end()}};
    if (!shows(shorter)) break;
    episode = std::move(shorter);
  }
  bool smaller = true;
  while (smaller) {
    smaller = false;
    std::vector<std::string> names;
    for (const Patch& patch : episode.patches)
      for (const patch::Definition& definition : patch.model().definitions)
        if (std::string name(patch.model().at(definition.name)); std::ranges::find(names, name) == names.end())
          names.push_back(std::move(name));
    for (const std::string& name : names) {
      Episode trial{{}, episode.ticks};
      for (const Patch& patch : episode.patches) trial.patches.push_back(patch.with_text(without(patch.model(), name)));
      if (!shows(trial)) continue;
      episode = std::move(trial);
      smaller = true;
    }
  }
  return episode;
}

}  // namespace oscilla::live
