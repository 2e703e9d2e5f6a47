#include "oscilla/replay.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "frame/digest.hpp"
#include "live/performance.hpp"
#include "live/session_door.hpp"

namespace oscilla {
namespace {

using live::Performance;
using live::RecordedAction;
using live::RecordedDigest;
using live::RecordedFile;
using live::RecordedPatch;

const RecordedFile* find_file(const RecordedPatch& patch, std::string_view path, std::string_view user, bool mesh) {
  for (const RecordedFile& file : patch.files)
    if (file.path == path && file.user == user && file.is_mesh == mesh) return &file;
  return nullptr;
}

ReplayProblem missing(const RecordedFile& file) {
  return {ReplayProblem::Kind::MissingFile,
          fmt::format("{} is not in the recording, because it is too large, and it is not here", file.name)};
}

ReplayProblem changed(const RecordedFile& file) {
  return {ReplayProblem::Kind::ChangedFile, fmt::format("{} is not what it was when this was recorded", file.name)};
}

/// Makes the patch that ran: its files are those of the recording, and those that it only names are found and compared.
class PatchMaker {
 public:
  PatchMaker(const RecordedPatch& patch, const ReplayOptions& options) : patch_(patch), options_(options) {}

  std::expected<Patch, ReplayProblem> make() {
    Patch patch = Patch::parse(
        patch_.text, patch_.name, [this](std::string_view path, std::string_view user) { return source(path, user); },
        [this](std::string_view path, std::string_view user) { return mesh(path, user); });
    if (problem_) return std::unexpected(std::move(*problem_));
    return patch;
  }

 private:
  void note(ReplayProblem problem) {
    if (!problem_) problem_ = std::move(problem);
  }

  std::optional<SourceText> source(std::string_view path, std::string_view user) {
    const RecordedFile* file = find_file(patch_, path, user, false);
    if (file == nullptr) return std::nullopt;
    if (file->text) return SourceText{file->name, *file->text};
    auto found = options_.read ? options_.read(path, user) : std::nullopt;
    if (!found) return note(missing(*file)), std::nullopt;
    if (hash128(std::as_bytes(std::span(found->text.data(), found->text.size()))) != file->content)
      return note(changed(*file)), std::nullopt;
    found->name = file->name;
    return found;
  }

  MeshFile mesh(std::string_view path, std::string_view user) {
    const RecordedFile* file = find_file(patch_, path, user, true);
    if (file == nullptr) return {std::string(path), nullptr, {"the recording has no file of this name", ""}};
    if (file->mesh) return {file->name, file->mesh, {}};
    MeshFile found = options_.read_mesh ? options_.read_mesh(path, user) : MeshFile{};
    if (!found.mesh)
      note(missing(*file));
    else if (Hash128{found.mesh->content[0], found.mesh->content[1]} != file->content)
      note(changed(*file));
    found.name = file->name;
    return found;
  }

  const RecordedPatch& patch_;
  const ReplayOptions& options_;
  std::optional<ReplayProblem> problem_;
};

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
  Implementation(const Recording& of, ReplayOptions with) : recording(of), options(std::move(with)) {}

  const Performance& performance() const { return recording.performance(); }

  /// The patch, or `problem` says why there is none.
  std::optional<Patch> patch(std::uint32_t number) {
    auto made = PatchMaker(performance().patches[number], options).make();
    if (made) return std::move(*made);
    problem = std::move(made.error());
    return std::nullopt;
  }

  void refuse(std::string_view name, std::vector<Diagnostic> diagnostics) {
    problem = ReplayProblem{ReplayProblem::Kind::Patch,
                            fmt::format("{} ran when this was recorded, and does not compile here", name),
                            std::move(diagnostics)};
  }

  bool start() {
    if (performance().frame_version != kFrameVersion) {
      problem = ReplayProblem{ReplayProblem::Kind::FrameFormat,
                              fmt::format("its digests are of frames of version {}, and those of this engine have "
                                          "version {}: they cannot be compared; render it with version {}",
                                          performance().frame_version, kFrameVersion, recording.engine())};
      return false;
    }
    const std::optional<Patch> first = patch(0);
    if (!first) return false;
    CompileOptions compile;
    compile.seed = performance().seed;
    compile.probes = options.probes;
    compile.optional_probes = true;
    compile.explain = options.explain;
    CompileResult result = compile_patch(*first, compile);
    if (!result.program) return refuse(first->file_name(), std::move(result.diagnostics)), false;
    session.emplace(*result.program, options.session);
    return true;
  }

  /// The patches that are rehearsed from this tick on, so that they take over when they did.
  bool begin_rehearsals(std::size_t tick) {
    const Performance& all = performance();
    for (std::size_t later = tick + 1; later <= tick + 2 && later < all.ticks.size(); ++later) {
      for (std::uint32_t a = 0; a < all.ticks[later].actions; ++a) {
        const RecordedAction& action = all.actions[all.ticks[later].first_action + a];
        if (action.kind != RecordedAction::Kind::Swap || action.rehearsals != later - tick) continue;
        const std::optional<Patch> next = patch(action.patch);
        if (!next) return false;
        session->request_swap(*next);
        session->wait_for_requests();
        return is_ready(*next);
      }
    }
    return true;
  }

  /// Whether what was requested compiles.
  bool is_ready(const Patch& patch) {
    for (SwapReport& report : session->take_swap_reports())
      if (report.outcome == SwapOutcome::Refused) refuse(patch.file_name(), std::move(report.diagnostics));
    return !problem;
  }

  bool swap(const RecordedAction& action) {
    if (action.rehearsals > 0) {
      live::SessionDoor::take_over(*session);
      return true;
    }
    const std::optional<Patch> next = patch(action.patch);
    if (!next) return false;
    SwapReport report = session->swap(*next);
    session->take_swap_reports();
    if (report.outcome != SwapOutcome::Swapped) refuse(next->file_name(), std::move(report.diagnostics));
    return report.outcome == SwapOutcome::Swapped;
  }

  /// The number of an input; of one that is not there, none.
  std::uint32_t channel(std::string_view name) {
    const std::vector<ChannelInfo> channels = session->program().channels();
    const auto found = std::ranges::find(channels, name, &ChannelInfo::name);
    return static_cast<std::uint32_t>(found - channels.begin());
  }

  bool act(const RecordedAction& action) {
    using Kind = RecordedAction::Kind;
    const double number = action.values.empty() ? 0 : action.values[0];
    switch (action.kind) {
      case Kind::Set: session->set(channel(action.channel), action.values); return true;
      case Kind::Send: session->send(channel(action.channel), action.key, number); return true;
      case Kind::Play: session->play(); return true;
      case Kind::Pause: session->pause(); return true;
      case Kind::Speed: session->set_speed(number); return true;
      case Kind::Seek: session->seek(number); return true;
      case Kind::Step: session->step(number); return true;
      case Kind::Period: session->set_period(static_cast<Rail>(action.rail), number); return true;
      case Kind::Swap: return swap(action);
    }
    return true;
  }

  const RenderFrame* next() {
    const Performance& all = performance();
    if (problem || tick >= all.ticks.size()) return nullptr;
    const live::RecordedTick& recorded = all.ticks[tick];
    for (std::uint32_t a = 0; a < recorded.actions; ++a)
      if (!act(all.actions[recorded.first_action + a])) return nullptr;
    if (!begin_rehearsals(tick)) return nullptr;
    const RenderFrame& frame = session->tick(recorded.host_ms);
    if (recorded.digest != live::kNoDigest) compare(all.digests[recorded.digest], frame);
    ++tick;
    return &frame;
  }

  void compare(const RecordedDigest& expected, const RenderFrame& frame) {
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
  ReplayOptions options;
  std::optional<Session> session;
  std::size_t tick = 0;
  std::size_t compared = 0;
  std::int64_t last_equal = -1;
  std::optional<Divergence> divergence;
  std::optional<ReplayProblem> problem;
};

Replay::Replay(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}
Replay::~Replay() = default;
Replay::Replay(Replay&&) noexcept = default;
Replay& Replay::operator=(Replay&&) noexcept = default;

std::expected<Replay, ReplayProblem> Replay::begin(const Recording& recording, ReplayOptions options) {
  auto made = std::make_unique<Implementation>(recording, std::move(options));
  if (!made->start()) return std::unexpected(std::move(*made->problem));
  return Replay(std::move(made));
}

const RenderFrame* Replay::next() { return implementation_->next(); }
std::int64_t Replay::tick() const { return static_cast<std::int64_t>(implementation_->tick); }
double Replay::host_ms(std::int64_t tick) const {
  return implementation_->performance().ticks[static_cast<std::size_t>(tick)].host_ms;
}
std::size_t Replay::compared() const { return implementation_->compared; }
const std::optional<Divergence>& Replay::divergence() const { return implementation_->divergence; }
const std::optional<ReplayProblem>& Replay::problem() const { return implementation_->problem; }
Session& Replay::session() { return *implementation_->session; }

}  // namespace oscilla
