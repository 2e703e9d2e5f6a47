#include "oscilla/replay_against.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/interrupt.hpp"
#include "oscilla/progress.hpp"

namespace oscilla::cli {

ExitCode replay_against(const Recording& recording, const ReplayOptions& options, const std::string& isa,
                        std::optional<std::int64_t> to, bool quiet) {
  ReplayOptions other = options;
  other.session.isa = isa;
  auto left = Replay::begin(recording, options), right = Replay::begin(recording, other);
  if (!left || !right) {
    complain(left ? right.error().message : left.error().message);
    return ExitCode::InputOutput;
  }
  for (Replay* replay : {&*left, &*right}) replay->session().trace({.frames = 1});  // for what comes first in a frame
  const std::string names = fmt::format("{} and {}", left->session().isa(), right->session().isa());
  const std::int64_t end = std::min(to ? *to + 1 : recording.ticks(), recording.ticks());
  Progress progress("comparing", end, !quiet);
  while (left->tick() < end) {
    if (interrupted()) return ExitCode::Ok;
    const RenderFrame *a = left->next(), *b = right->next();
    if (a == nullptr || b == nullptr) {
      complain(left->problem() ? left->problem()->message : right->problem()->message);
      return ExitCode::InputOutput;
    }
    progress.show(left->tick());
    if (frame_digest(*a) == frame_digest(*b)) continue;
    progress.clear();
    complain(fmt::format("{} differ in frame {}: {}", names, left->tick() - 1, first_difference(*a, *b)));
    const auto left_trace = left->session().traced(), right_trace = right->session().traced();
    if (!left_trace.empty() && !right_trace.empty())
      if (const std::string made = first_difference(left_trace.back(), right_trace.back()); !made.empty())
        complain("the first that differs is " + made);
    return ExitCode::Diverged;
  }
  progress.clear();
  StandardOutput out;
  out.write(fmt::format("{} frames on {}: all equal\n", end, names));
  return out.finish();
}

}  // namespace oscilla::cli
