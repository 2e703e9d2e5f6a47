// What verbs that look into a session go through frame by frame: a patch from its first frame on, with inputs and edits
// as their frames come, or a recording, with everything that happened in it.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "oscilla/engine_options.hpp"
#include "oscilla/exit_code.hpp"
#include "oscilla/patch_file.hpp"
#include "oscilla/player.hpp"
#include "oscilla/replay.hpp"

namespace oscilla::cli {

/// Whether a path is that of a recording, which ends in .jsonl.
bool is_recording(std::string_view path);

/// Reads one; what is wrong has been said.
std::expected<Recording, ExitCode> read_recording(const std::string& path);
/// Says why a recording cannot be played.
ExitCode tell_problem(const std::string& path, const ReplayProblem& problem);

/// Patches that take over as their frames come (`--edit N:FILE`).
class ScriptedEdits {
 public:
  /// What is wrong has been said, after the verb's name.
  static std::expected<ScriptedEdits, ExitCode> load(const std::vector<std::string>& texts, std::string_view verb);

  std::optional<std::int64_t> next_frame() const;
  /// Lets the next one take over, and returns its name. Says why it cannot.
  std::expected<std::string, ExitCode> make_next(Session& session);

 private:
  struct Waiting {
    std::int64_t frame = 0;
    std::string path;
    Patch patch;
  };
  std::vector<Waiting> waiting_;
  std::size_t next_ = 0;
};

/// --edit, as often as there are edits.
void add_edit_option(CLI::App& verb, std::vector<std::string>& edits);

/// An edit of what plays.
struct PlayedEdit {
  std::int64_t frame = 0;
  std::string name;
};

struct PlaybackOptions {
  std::string path;
  std::vector<std::string> edits;  ///< of a patch
  EngineOptions engine;
  CompileOptions compile;
};

class Playback {
 public:
  /// What is wrong has been said. `progress` outlives it.
  static std::expected<Playback, ExitCode> open(const PlaybackOptions& options, std::string_view verb,
                                                Progress& progress);

  /// Makes frame `number`, not before the last one asked for. Null at a recording's end, if the user interrupted, or if
  /// it cannot go on: see trouble().
  const RenderFrame* go_to(std::int64_t number);
  /// Why it cannot go on; said already.
  std::optional<ExitCode> trouble() const { return trouble_; }

  Session& session();
  double time_ms(std::int64_t number) const;
  /// The frame that this one went on from: the one before it, or one that was gone back to; -1: none.
  std::int64_t before(std::int64_t number) const { return replay_ ? replay_->before(number) : number - 1; }
  /// Of a recording how many frames it has.
  std::optional<std::int64_t> frames() const;
  /// Of a patch.
  std::optional<Rate> rate() const { return player_ ? std::optional(player_->rate()) : std::nullopt; }
  /// The frame of the next edit that `--edit` wants.
  std::optional<std::int64_t> next_edit() const { return waiting_.next_frame(); }
  /// Says, after the verb's name, if there is one that never comes.
  void complain_of_next_edit(std::string_view verb, std::int64_t last) const;
  /// Those that were made so far.
  const std::vector<PlayedEdit>& edits() const { return edits_; }
  void report_errors();

 private:
  Playback(std::string path, Progress& progress) : path_(std::move(path)), progress_(progress) {}
  const RenderFrame* next_recorded();

  std::string path_;
  Progress& progress_;
  std::unique_ptr<Player> player_;  ///< one of the two
  std::unique_ptr<Replay> replay_;
  std::optional<Recording> recording_;
  ScriptedEdits waiting_;
  std::vector<PlayedEdit> edits_;
  const RenderFrame* frame_ = nullptr;
  std::int64_t made_ = 0;  ///< frames
  std::optional<ExitCode> trouble_;
};

}  // namespace oscilla::cli
