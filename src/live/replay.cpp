#include "oscilla/replay.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "frame/digest.hpp"
#include "live/player.hpp"
#include "live/snapshot_index.hpp"

namespace oscilla {
namespace {

using live::Performance;
using live::RecordedDigest;

/// The first part that differs.
void find_part(const RecordedDigest& expected, const RecordedDigest& found, Divergence& divergence) {
  const auto name = [](const RecordedDigest::OfPass& pass) { return pass.name; };
  if (!std::ranges::equal(expected.passes, found.passes, {}, name, name)) {
    const auto at = std::ranges::mismatch(expected.passes, found.passes, {}, name, name);
    divergence.part = "passes";
    if (at.in1 != expected.passes.end())
      divergence.pass = at.in1->name;
    else if (at.in2 != found.passes.end())
      divergence.pass = at.in2->name;
    return;
  }
  divergence.part = "scalars";
  if (expected.scalars != found.scalars) return;
  for (std::size_t p = 0; p < expected.passes.size(); ++p) {
    const RecordedDigest::OfPass &was = expected.passes[p], &is = found.passes[p];
    if (was == is) continue;
    divergence.pass = was.name;
    divergence.part = was.header != is.header ? "header" : was.units == is.units ? "order" : "lanes";
    if (divergence.part != "lanes") return;
    const auto unit = std::ranges::mismatch(was.units, is.units).in1 - was.units.begin();
    divergence.unit = static_cast<std::uint32_t>(unit);
    return;
  }
}

}  // namespace

std::string describe(const Divergence& divergence) {
  std::string text = fmt::format("frame {} differs", divergence.tick);
  if (divergence.last_equal >= 0) text += fmt::format(" (frame {} was equal)", divergence.last_equal);
  text += ": ";
  if (divergence.part == "passes") return text + fmt::format("other passes are drawn, from {} on", divergence.pass);
  if (divergence.part == "scalars") return text + "its time, canvas, background, figures or layers";
  if (divergence.part == "header") return text + fmt::format("pass {}: its lanes, batches or style", divergence.pass);
  if (divergence.part == "order") return text + fmt::format("pass {}: the order of its lanes", divergence.pass);
  const std::uint32_t first = divergence.unit.value_or(0) * frame::kDigestUnitLanes;
  return text + fmt::format("pass {}, lanes {} to {}", divergence.pass, first, first + frame::kDigestUnitLanes - 1);
}

struct Replay::Implementation {
  Implementation(const Recording& of, live::PlayerOptions options)
      : recording(of), player(of.performance(), std::move(options)) {}

  const RenderFrame* next() {
    const Performance& all = recording.performance();
    const std::size_t tick = player.tick();
    const RenderFrame* frame = player.play();
    if (frame == nullptr) return nullptr;
    if (all.ticks[tick].digest != live::kNoDigest) compare(tick, all.digests[all.ticks[tick].digest], *frame);
    return frame;
  }

  void compare(std::size_t tick, const RecordedDigest& expected, const RenderFrame& frame) {
    ++compared;
    if (divergence) return;
    const Hash128 root = frame::digest(frame);
    if (root == expected.frame) {
      last_equal = static_cast<std::int64_t>(tick);
      return;
    }
    divergence.emplace();
    divergence->tick = static_cast<std::int64_t>(tick);
    divergence->last_equal = last_equal;
    divergence->expected = to_hex(expected.frame);
    divergence->found = to_hex(root);
    find_part(expected, live::recorded_digest(frame), *divergence);
  }

  Recording recording;
  live::Player player;
  std::size_t compared = 0;
  std::int64_t last_equal = -1;
  std::optional<Divergence> divergence;
};

Replay::Replay(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}
Replay::~Replay() = default;
Replay::Replay(Replay&&) noexcept = default;
Replay& Replay::operator=(Replay&&) noexcept = default;

std::expected<Replay, ReplayProblem> Replay::begin(const Recording& recording, ReplayOptions options) {
  const Performance& performance = recording.performance();
  if (performance.frame_version != kFrameVersion)
    return std::unexpected(ReplayProblem{
        ReplayProblem::Kind::FrameFormat,
        fmt::format("its digests are of frames of version {}, and those of this engine have version {}: they cannot be "
                    "compared; render it with version {}",
                    performance.frame_version, kFrameVersion, recording.engine())});
  live::PlayerOptions playing;
  playing.session = std::move(options.session);
  playing.compile.seed = performance.seed;
  playing.compile.probes = std::move(options.probes);
  playing.compile.optional_probes = true;
  playing.compile.explain = options.explain;
  playing.read = std::move(options.read);
  playing.read_asset = std::move(options.read_asset);
  playing.keep_every = options.snapshot_every;
  auto made = std::make_unique<Implementation>(recording, std::move(playing));
  if (!made->player.start()) return std::unexpected(*made->player.problem());
  return Replay(std::move(made));
}

const RenderFrame* Replay::next() { return implementation_->next(); }
bool Replay::go_to(std::int64_t tick) {
  const auto ticks = static_cast<std::int64_t>(implementation_->recording.ticks());
  return implementation_->player.go_to(static_cast<std::size_t>(std::clamp<std::int64_t>(tick, 0, ticks)));
}
std::int64_t Replay::nearest_snapshot(std::int64_t tick) const {
  return static_cast<std::int64_t>(
      implementation_->player.nearest(static_cast<std::size_t>(std::max<std::int64_t>(tick, 0))));
}
std::int64_t Replay::tick() const { return static_cast<std::int64_t>(implementation_->player.tick()); }
double Replay::host_ms(std::int64_t tick) const {
  return implementation_->recording.performance().ticks[static_cast<std::size_t>(tick)].host_ms;
}
std::int64_t Replay::before(std::int64_t tick) const {
  const Performance& all = implementation_->recording.performance();
  const live::RecordedTick& recorded = all.ticks[static_cast<std::size_t>(tick)];
  std::int64_t found = tick - 1;
  for (std::size_t a = 0; a < recorded.actions; ++a) {
    const live::RecordedAction& action = all.actions[recorded.first_action + a];
    if (action.kind == live::RecordedAction::Kind::Restore) found = static_cast<std::int64_t>(action.tick);
  }
  return found;
}
std::size_t Replay::compared() const { return implementation_->compared; }
const std::optional<Divergence>& Replay::divergence() const { return implementation_->divergence; }
const std::optional<ReplayProblem>& Replay::problem() const { return implementation_->player.problem(); }
Session& Replay::session() { return implementation_->player.session(); }

std::vector<std::byte> Replay::snapshots() const {
  return live::write_index(implementation_->recording.performance(), implementation_->player.kept());
}

std::size_t Replay::kept_snapshots() const { return implementation_->player.kept().size(); }

std::expected<std::size_t, std::string> Replay::use_snapshots(std::span<const std::byte> bytes) {
  auto kept = live::read_index(implementation_->recording.performance(), bytes);
  if (!kept) return std::unexpected(std::move(kept.error()));
  const std::size_t count = kept->size();
  implementation_->player.kept().merge(*kept);
  return count;
}

}  // namespace oscilla
