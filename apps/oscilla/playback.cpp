#include "oscilla/playback.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/interrupt.hpp"

namespace oscilla::cli {
namespace {

constexpr std::size_t kMostRecordingBytes = std::size_t{4} << 30;

ExitCode code_of(const ReplayProblem& problem) {
  switch (problem.kind) {
    case ReplayProblem::Kind::MissingFile:
    case ReplayProblem::Kind::ChangedFile: return ExitCode::InputOutput;
    case ReplayProblem::Kind::FrameFormat:
    case ReplayProblem::Kind::Snapshot: return ExitCode::Usage;
    case ReplayProblem::Kind::Patch: return ExitCode::PatchErrors;
  }
  return ExitCode::InputOutput;
}

}  // namespace

bool is_recording(std::string_view path) { return path.ends_with(".jsonl"); }

std::expected<Recording, ExitCode> read_recording(const std::string& path) {
  const auto text = read_text(path, kMostRecordingBytes);
  if (!text) return std::unexpected(text.error());
  auto recording = Recording::read(*text);
  if (recording) return std::move(*recording);
  const RecordingProblem& problem = recording.error();
  complain(problem.line == 0 ? fmt::format("{}: {}", path, problem.message)
                             : fmt::format("{}:{}: {}", path, problem.line, problem.message));
  return std::unexpected(ExitCode::Usage);
}

ExitCode tell_problem(const std::string& path, const ReplayProblem& problem) {
  for (const Diagnostic& diagnostic : problem.diagnostics)
    if (diagnostic.severity >= Severity::Error) say(fmt::format("{}: {}\n", diagnostic.code, diagnostic.message));
  complain(fmt::format("{}: {}", path, problem.message));
  return code_of(problem);
}

std::expected<ScriptedEdits, ExitCode> ScriptedEdits::load(const std::vector<std::string>& texts,
                                                           std::string_view verb) {
  ScriptedEdits edits;
  for (const std::string& text : texts) {
    const std::size_t colon = text.find(':');
    const auto frame = read_integer(std::string_view(text).substr(0, colon), 1, kLastFrame);
    if (!frame || colon == std::string::npos || colon + 1 == text.size()) {
      complain(fmt::format("{}: --edit: \"{}\" is not of the form FRAME:FILE, as in 60:wide.oscilla", verb, text));
      return std::unexpected(ExitCode::Usage);
    }
    auto patch = read_patch(text.substr(colon + 1));
    if (!patch) return std::unexpected(patch.error());
    edits.waiting_.push_back({*frame, text.substr(colon + 1), std::move(*patch)});
  }
  std::ranges::stable_sort(edits.waiting_, {}, &Waiting::frame);
  return edits;
}

std::optional<std::int64_t> ScriptedEdits::next_frame() const {
  return next_ < waiting_.size() ? std::optional(waiting_[next_].frame) : std::nullopt;
}

std::expected<std::string, ExitCode> ScriptedEdits::make_next(Session& session) {
  const Waiting& waiting = waiting_[next_++];
  const SwapReport report = session.swap(waiting.patch);
  say(diagnostics_text(report.diagnostics, waiting.patch, Severity::Warning, colour_on_error()));
  if (report.outcome != SwapOutcome::Swapped) return std::unexpected(ExitCode::PatchErrors);
  return std::filesystem::path(waiting.path).stem().string();
}

void add_edit_option(CLI::App& verb, std::vector<std::string>& edits) {
  verb.add_option("--edit", edits, "at frame N the patch in FILE takes over")
      ->type_name("N:FILE")
      ->expected(1, CLI::detail::expected_max_vector_size)
      ->allow_extra_args(false);
}

std::expected<Playback, ExitCode> Playback::open(const PlaybackOptions& options, std::string_view verb,
                                                 Progress& progress) {
  Playback playback(options.path, progress);
  if (is_recording(options.path)) {
    if (!options.edits.empty() || !options.engine.inputs.empty() || !options.engine.audio.empty() ||
        options.engine.rate || options.engine.seed) {
      complain(fmt::format("{}: a recording has its own inputs, edits, times and seed", verb));
      return std::unexpected(ExitCode::Usage);
    }
    auto recording = read_recording(options.path);
    if (!recording) return std::unexpected(recording.error());
    playback.recording_ = std::move(*recording);
    ReplayOptions replay{options.engine.session_options(), library_reader(), asset_reader(), options.compile.probes};
    replay.explain = options.compile.explain;
    auto begun = Replay::begin(*playback.recording_, std::move(replay));
    if (!begun) return std::unexpected(tell_problem(options.path, begun.error()));
    playback.replay_ = std::make_unique<Replay>(std::move(*begun));
    return playback;
  }
  const auto program = load_program(options.path, options.compile);
  if (!program) return std::unexpected(program.error());
  auto inputs = ScriptedInputs::load(options.engine, *program);
  if (!inputs) return std::unexpected(inputs.error());
  auto edits = ScriptedEdits::load(options.edits, verb);
  if (!edits) return std::unexpected(edits.error());
  playback.waiting_ = std::move(*edits);
  playback.player_ = std::make_unique<Player>(*program, options.engine.session_options(), options.engine.rate,
                                              std::move(*inputs), progress);
  return playback;
}

const RenderFrame* Playback::next_recorded() {
  if (interrupted()) return nullptr;
  const live::CompiledPatch* before = &session().program().compiled();
  const RenderFrame* frame = replay_->next();
  progress_.show(replay_->tick());
  if (frame == nullptr && replay_->problem()) trouble_ = tell_problem(path_, *replay_->problem());
  if (frame != nullptr && &session().program().compiled() != before)
    edits_.push_back({made_, std::string(session().program().patch().file_name())});
  return frame;
}

const RenderFrame* Playback::go_to(std::int64_t number) {
  for (; made_ <= number; ++made_) {
    if (replay_) {
      frame_ = next_recorded();
    } else {
      while (waiting_.next_frame() == made_) {
        auto name = waiting_.make_next(session());
        if (!name) trouble_ = name.error();
        if (!name) return nullptr;
        edits_.push_back({made_, std::move(*name)});
      }
      frame_ = player_->go_to(made_);
    }
    if (frame_ == nullptr) return nullptr;
  }
  return frame_;
}

Session& Playback::session() { return replay_ ? replay_->session() : player_->session(); }

double Playback::time_ms(std::int64_t number) const {
  return replay_ ? replay_->host_ms(number) : player_->time_ms(number);
}

std::optional<std::int64_t> Playback::frames() const {
  return recording_ ? std::optional(recording_->ticks()) : std::nullopt;
}

void Playback::complain_of_next_edit(std::string_view verb, std::int64_t last) const {
  if (const auto left = next_edit(); left && *left > last)
    complain(fmt::format("{}: the edit at frame {} is behind the last frame, {}", verb, *left, last));
}

void Playback::report_errors() {
  if (session().errors().empty()) return;
  progress_.clear();
  say(errors_text(session(), colour_on_error()));
}

}  // namespace oscilla::cli
