#include "scenes.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "assets/obj.hpp"
#include "live/recording_assets.hpp"
#include "oscilla/patch.hpp"
#include "oscilla/recording.hpp"
#include "oscilla/replay.hpp"

namespace oscilla::determinism {
namespace {

struct Step {
  std::int64_t frame = 0;
  std::string action;
  std::string argument;
};

struct Scene {
  std::string name;
  std::vector<Step> steps;
};

struct Bundle {
  std::vector<Scene> scenes;
  std::map<std::string, std::string, std::less<>> files;
};

std::string_view take_until(std::string_view& text, char end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return taken;
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

std::string read_bundle(std::string_view text, Bundle& bundle) {
  while (!text.empty()) {
    std::string_view line = take_until(text, '\n');
    const std::string whole(line);
    const std::string_view first = take_until(line, ' '), second = take_until(line, ' ');
    std::size_t bytes = 0;
    Step step;
    if (first == "scene") {
      bundle.scenes.push_back({std::string(second), {}});
    } else if (first == "file" && read_number(line, bytes) && bytes <= text.size()) {
      bundle.files.emplace(second, text.substr(0, bytes));
      text.remove_prefix(bytes);
    } else if (!bundle.scenes.empty() && read_number(first, step.frame)) {
      step.action = second, step.argument = line;
      bundle.scenes.back().steps.push_back(std::move(step));
    } else {
      return "the bundle has a line that says nothing: " + whole;
    }
  }
  return bundle.scenes.empty() ? "the bundle has no scene" : "";
}

bool read_option(std::string_view key, std::string_view value, RunOptions& options) {
  std::uint32_t number = 0;
  SessionOptions& session = options.session;
  if (key == "isa") return session.isa = value, true;
  if (!read_number(value, number)) return false;
  if (key == "frames") return options.frames = number, true;
  if (key == "threads") return session.threads = number, true;
  if (key == "block") return session.block_lanes = number, true;
  if (key == "chunk") return session.chunk_lanes = number, true;
  if (key == "parallel") return session.parallel_lanes = number, true;
  if (key == "optimise") return session.optimise = number != 0, true;
  if (key == "record") return options.record = number != 0, true;
  return false;
}

std::string read_options(std::string_view text, RunOptions& options) {
  while (!text.empty()) {
    std::string_view value = take_until(text, ' ');
    const std::string word(value);
    const std::string_view key = take_until(value, '=');
    if (!word.empty() && !read_option(key, value, options)) return "no option " + word;
  }
  const std::vector<std::string> known = available_isas();
  const std::string& isa = options.session.isa;
  if (!isa.empty() && std::find(known.begin(), known.end(), isa) == known.end()) return "no instruction set " + isa;
  return "";
}

/// "0.5,-2": numbers with commas between; at least one.
std::vector<double> numbers(std::string_view text) {
  std::vector<double> values;
  do {
    values.push_back(std::strtod(std::string(take_until(text, ',')).c_str(), nullptr));
  } while (!text.empty());
  return values;
}

/// FNV-1a over the digests of all frames so far.
class Combined {
 public:
  void add(std::string_view digest) {
    for (const char c : digest) value_ = (value_ ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  }
  std::string text() const {
    std::string hex;
    for (int shift = 60; shift >= 0; shift -= 4) hex += "0123456789abcdef"[value_ >> shift & 15];
    return hex;
  }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325u;
};

/// What a recording says of a drawing.
std::shared_ptr<const Drawing> drawing_of(std::string_view text) {
  const live::Json json = live::Json::parse(text, nullptr, false);
  const auto content = live::read_hash(live::member(json, "xxh3"));
  return content ? live::read_drawing(live::member(json, "drawing"), *content) : nullptr;
}

/// One scene in progress.
class Player {
 public:
  Player(const Bundle& bundle, const RunOptions& options)
      : bundle_(bundle), options_(options.session), records_(options.record) {}

  std::string act(const Step& step) {
    if (step.action == "start") return start(step.argument);
    if (step.action == "replay") return replay(step.argument);
    if (step.action == "clock" && read_number(step.argument, clock_offset_ms_)) return "";
    if (session_.has_value() && play(step)) return "";
    return "no action " + step.action + " " + step.argument;
  }

  std::string digest_of(std::int64_t frame) {
    if (replay_) {
      const RenderFrame* next = replay_->next();
      return next == nullptr ? "none" : frame_digest(*next);
    }
    return frame_digest(session_->tick(session_->program().frame_time_ms(frame) + clock_offset_ms_));
  }

  bool runs() const { return session_.has_value() || replay_.has_value(); }

  /// What a replay found wrong.
  std::string trouble() const {
    if (replay_ && replay_->problem()) return replay_->problem()->message;
    return replay_ && replay_->divergence() ? describe(*replay_->divergence()) : std::string();
  }

  /// What was recorded of the session that runs.
  std::string take_recording() {
    if (!recorder_) return "";
    session_->end_recording();
    recorder_->finish();
    return recording_;
  }

 private:
  /// What is done to a running session; false if that could not be done.
  bool play(const Step& step) {
    std::string_view argument = step.argument;
    if (step.action == "pause") return session_->pause(), true;
    if (step.action == "play") return session_->play(), true;
    if (step.action == "speed") return session_->set_speed(numbers(argument).at(0));
    if (step.action == "seek") return session_->seek(numbers(argument).at(0));
    if (step.action == "swap") return swap(step.argument);
    if (step.action == "rehearse") return rehearse(step.argument);
    if (step.action != "input") return false;
    const std::string_view name = take_until(argument, ' ');
    const std::vector<ChannelInfo> channels = session_->program().channels();
    for (std::uint32_t i = 0; i < channels.size(); ++i) {
      if (channels[i].name == name) return session_->set(i, numbers(argument));
    }
    return false;
  }

  bool swap(const std::string& path) {
    const auto file = bundle_.files.find(path);
    return file != bundle_.files.end() && session_->swap(patch_of(*file)).outcome == SwapOutcome::Swapped;
  }

  Patch patch_of(const std::pair<const std::string, std::string>& file) const {
    return Patch::parse(file.second, file.first, {}, [this](std::string_view path, std::string_view user) -> AssetFile {
      const std::string name = std::string(user.substr(0, user.rfind('/') + 1)) + std::string(path);
      const auto found = bundle_.files.find(name);
      if (found == bundle_.files.end()) return {name, nullptr, {"the bundle has no file " + name, ""}};
      if (name.ends_with(".svg")) return {name, nullptr, {"the drawing is damaged", ""}, drawing_of(found->second)};
      auto mesh = assets::read_obj(found->second, name);
      if (!mesh) return {name, nullptr, mesh.error()};
      return {name, std::make_shared<const Mesh>(std::move(*mesh)), {}};
    });
  }

  bool rehearse(const std::string& path) {
    const auto file = bundle_.files.find(path);
    if (file == bundle_.files.end()) return false;
    session_->request_swap(Patch::parse(file->second));
    session_->wait_for_requests();
    return true;
  }

  std::string start(const std::string& path) {
    const auto file = bundle_.files.find(path);
    if (file == bundle_.files.end()) return "the bundle has no file " + path;
    const CompileResult result = compile_patch(patch_of(*file));
    if (!result.program) return path + " has errors";
    replay_.reset();
    session_.reset();
    session_.emplace(*result.program, options_);
    if (!records_) return "";
    recording_.clear();
    recorder_ = std::make_unique<Recorder>(
        [this](std::string_view lines) { return recording_ += lines, std::string(); }, RecorderOptions{1});
    session_->record(*recorder_);
    return "";
  }

  std::string replay(const std::string& path) {
    const auto file = bundle_.files.find(path);
    if (file == bundle_.files.end()) return "the bundle has no file " + path;
    const auto recording = Recording::read(file->second);
    if (!recording) return path + ": " + recording.error().message;
    ReplayOptions options;
    options.session = options_;
    auto replay = Replay::begin(*recording, std::move(options));
    if (!replay) return path + ": " + replay.error().message;
    replay_.emplace(std::move(*replay));
    return "";
  }

  const Bundle& bundle_;
  SessionOptions options_;
  bool records_;
  std::string recording_;
  std::unique_ptr<Recorder> recorder_;  // outlives the session
  std::optional<Session> session_;
  std::optional<Replay> replay_;
  std::int64_t clock_offset_ms_ = 0;
};

bool is_shown(std::int64_t frame) { return frame == 0 || frame == 1 || frame == 59 || frame == 599; }
bool ends_a_run(std::int64_t frames) { return frames == 60 || frames == 600; }

std::string run_scene(const Bundle& bundle, const Scene& scene, const RunOptions& options, std::string& lines) {
  Player player(bundle, options);
  Combined combined;
  for (std::int64_t frame = 0; frame < options.frames; ++frame) {
    for (const Step& step : scene.steps) {
      if (step.frame != frame) continue;
      if (const std::string error = player.act(step); !error.empty()) return scene.name + ": " + error;
    }
    if (!player.runs()) return scene.name + ": no patch is started";
    const std::string digest = player.digest_of(frame);
    if (const std::string trouble = player.trouble(); !trouble.empty()) return scene.name + ": " + trouble;
    if (options.record) continue;
    combined.add(digest);
    if (is_shown(frame)) lines += scene.name + " " + std::to_string(frame) + " " + digest + "\n";
    if (ends_a_run(frame + 1)) {
      lines += scene.name + " 0:" + std::to_string(frame + 1) + " " + combined.text() + "\n";
    }
  }
  if (options.record) lines += player.take_recording();
  return "";
}

}  // namespace

Outcome run_bundle(std::string_view text, std::string_view option_text) {
  Outcome outcome;
  Bundle bundle;
  RunOptions options;
  outcome.error = read_bundle(text, bundle);
  if (outcome.error.empty()) outcome.error = read_options(option_text, options);
  for (const Scene& scene : bundle.scenes) {
    if (outcome.error.empty()) outcome.error = run_scene(bundle, scene, options, outcome.lines);
  }
  return outcome;
}

}  // namespace oscilla::determinism
