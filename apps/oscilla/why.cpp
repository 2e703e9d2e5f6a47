// oscilla why: what made a value.
#include <algorithm>
#include <bit>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/engine_options.hpp"
#include "oscilla/json.hpp"
#include "oscilla/playback.hpp"
#include "oscilla/plot_values.hpp"
#include "oscilla/progress.hpp"
#include "oscilla/verbs.hpp"
#include "oscilla/why.hpp"
#include "oscilla/why_text.hpp"

namespace oscilla::cli {
namespace {

struct WhyOptions {
  std::string path;
  std::string value;
  std::vector<std::string> edits;
  std::int64_t frame = 0;
  bool all = false;
  bool json = false;
  EngineOptions engine;
};

constexpr const char* kWhyFooter =
    R"(A VALUE is a block ("pos[3]": lane 3 of its first output), an output ("dots.t[3]"), an input
("draw.position[17]", "pos.radius") or a component of one ("pos[3].x"). Frame n is what ticks 0 to n make.

Every line is a value with what it is made of below it, down to numbers of the patch, time, inputs
and what blocks remember. Inner steps of blocks are left out; --all shows them. Of a recording, or with
--edit N:FILE, it is explained by the patch that runs in that frame; where continuity still draws
something else, that is told.

--json prints one object: causes are listed once each, with the numbers of their own causes; a
value is exact, "bits" says in which precision it was computed; spans are bytes of the text.

examples:
  oscilla why spiral.oscilla draw.position[17] --frame 120
  oscilla why pad.oscilla glow.out --frame 300 --inputs performance.jsonl
  oscilla why tonight.jsonl draw.position[17] --frame 1200
  oscilla why spiral.oscilla pos[3].x --all --json)";

/// The frames once more, from the one on in which the explained program took over.
class Lookback {
 public:
  Lookback(const Explanation& explanation, std::int64_t since) : explanation_(explanation), since_(since) {
    history_.changes.resize(explanation.causes.size());
    history_.entered.resize(explanation.causes.size());
    for (std::uint32_t i = 0; i < explanation.causes.size(); ++i) {
      const Cause& cause = explanation.causes[i];
      if (cause.kind == CauseKind::State || cause.kind == CauseKind::Input) numbers_.push_back({i});
      if (cause.kind == CauseKind::Events && cause.name == "delay" && !cause.events.empty()) delays_.push_back({i, {}});
    }
  }

  bool wants_nothing() const { return numbers_.empty() && delays_.empty(); }

  void look(const Session& session, std::int64_t frame, double t_ms) {
    if (frame < since_) return;
    for (Number& number : numbers_) {
      const Cause& cause = explanation_.causes[number.cause];
      const double now = value_of(session, cause);
      const bool changed = std::bit_cast<std::uint64_t>(now) != std::bit_cast<std::uint64_t>(number.before);
      if (changed && frame > since_)
        history_.changes[number.cause] = cause.kind == CauseKind::State ? last_ : WhyMoment{frame, t_ms};
      number.before = now;
    }
    last_ = {frame, t_ms};
    for (Delay& delay : delays_) follow(session, frame, delay);
  }

  const WhyHistory& history() const { return history_; }

 private:
  struct Number {
    std::uint32_t cause;
    double before = 0;
  };
  struct Waiting {
    ProbedEvent event;
    std::int64_t frame;
  };
  struct Delay {
    std::uint32_t cause;
    std::vector<Waiting> waiting;
  };

  /// What comes out is the first of its key and value that went in.
  void follow(const Session& session, std::int64_t frame, Delay& delay) {
    const Cause& cause = explanation_.causes[delay.cause];
    std::vector<std::optional<std::int64_t>>& entered = history_.entered[delay.cause];
    entered.clear();
    for (const ProbedEvent& event : events_of(session, cause)) {
      const auto first = std::ranges::find_if(delay.waiting, [&](const Waiting& waiting) {
        return waiting.event.key_number == event.key_number && waiting.event.value == event.value;
      });
      entered.push_back(first != delay.waiting.end() ? std::optional(first->frame) : std::nullopt);
      if (first != delay.waiting.end()) delay.waiting.erase(first);
    }
    for (const std::uint32_t input : cause.causes)
      if (explanation_.causes[input].kind == CauseKind::Events)
        for (const ProbedEvent& event : events_of(session, explanation_.causes[input]))
          delay.waiting.push_back({event, frame});
  }

  const Explanation& explanation_;
  std::int64_t since_;
  WhyMoment last_;
  std::vector<Number> numbers_;
  std::vector<Delay> delays_;
  WhyHistory history_;
};

/// Nothing if the user interrupted.
std::optional<WhyHistory> look_back(const WhyOptions& options, const PlaybackOptions& played,
                                    const Explanation& explanation, std::int64_t since, Progress& progress) {
  Lookback lookback(explanation, since);
  if (lookback.wants_nothing()) return lookback.history();
  auto playback = Playback::open(played, "why", progress);
  if (!playback) return std::nullopt;
  for (std::int64_t frame = 0; frame <= options.frame; ++frame) {
    if (playback->go_to(frame) == nullptr) return std::nullopt;
    lookback.look(playback->session(), frame, playback->time_ms(frame));
  }
  return lookback.history();
}

ExitCode usage_error(const std::string& sentence) {
  complain(fmt::format("why: {}", sentence));
  return ExitCode::Usage;
}

ExitCode why(const WhyOptions& options) {
  const auto asked = read_plot_value(options.value);
  if (!asked) return usage_error(asked.error());
  if (asked->frame_part)
    return usage_error(fmt::format("{} is a number of the picture; ask for the port of `{}`, such as {}.position[0]",
                                   asked->text, asked->name, asked->name));
  if (asked->lanes && asked->lanes->end != asked->lanes->begin + 1)
    return usage_error(
        fmt::format("{} is several lanes; ask for one, such as {}[{}]", asked->text, asked->name, asked->lanes->begin));
  PlaybackOptions played{options.path, options.edits, options.engine, options.engine.compile_options()};
  played.compile.probes = {asked->name};
  played.compile.explain = true;
  Progress progress("explaining", options.frame + 1, !output_is_terminal());
  auto playback = Playback::open(played, "why", progress);
  if (!playback) return playback.error();
  if (const auto frames = playback->frames(); frames && options.frame >= *frames)
    return usage_error(fmt::format("{} has only {} frames", options.path, *frames));
  StandardOutput out;
  if (playback->go_to(options.frame) == nullptr) return playback->trouble().value_or(ExitCode::Ok);
  const Session& session = playback->session();
  const std::vector<ProbeValue> values = session.probe();
  const Patch patch = session.program().patch();
  if (values.empty() || values.front().name != asked->name)
    return usage_error(fmt::format("no value is called {} in {}, which runs in frame {}", asked->name,
                                   patch.file_name(), options.frame));
  const ProbeValue& value = values.front();
  if (value.field && value.lanes == 0)
    return usage_error(fmt::format("{} has no lanes in frame {}", asked->name, options.frame));
  if (value.field && !asked->lanes)
    return usage_error(
        fmt::format("{} is a field of {} lanes; ask for one, such as {}[0]", asked->name, value.lanes, asked->name));
  const std::uint32_t lane = asked->lanes ? asked->lanes->begin : 0;
  if (value.field && lane >= value.lanes)
    return usage_error(fmt::format("{} has no lane {}; its lanes are 0 to {}", asked->name, lane, value.lanes - 1));
  if (!value.field && asked->lanes) return usage_error(fmt::format("{} is no field, it has no lanes", asked->name));
  const Explanation explanation = explain(session, 0, lane);
  const std::vector<PlayedEdit>& edits = playback->edits();
  Progress again("looking back", options.frame + 1, !output_is_terminal());
  const auto history = look_back(options, played, explanation, edits.empty() ? 0 : edits.back().frame, again);
  if (!history) return out.finish();
  WhyScene scene{explanation, patch, options.frame, playback->time_ms(options.frame), *history, {}, options.all};
  if (!edits.empty()) scene.since = edits.back();
  out.write(options.json ? json_line(why_json(scene)) + "\n" : why_text(scene));
  playback->report_errors();
  playback->complain_of_next_edit("why", options.frame);
  return out.finish();
}

}  // namespace

void declare_why(CLI::App& program, Action& action) {
  CLI::App* verb = program.add_subcommand("why", "what made a value");
  auto options = std::make_shared<WhyOptions>();
  verb->add_option("PATCH", options->path, "the patch, or a recording (FILE.jsonl)")->required();
  verb->add_option("VALUE", options->value, "what to explain: draw.position[17], pos.radius, pos[3].x")->required();
  verb->add_option("--frame", options->frame, "in which frame (default 0)")
      ->check(CLI::Range(std::int64_t{0}, kLastFrame));
  verb->add_flag("--all", options->all, "inner steps of blocks too");
  verb->add_flag("--json", options->json, "one object");
  add_edit_option(*verb, options->edits);
  add_inputs_option(*verb, options->engine);
  add_rate_option(*verb, options->engine);
  add_seed_option(*verb, options->engine);
  add_machine_options(*verb, options->engine);
  verb->footer(kWhyFooter);
  verb->callback([options, &action] { action = [options] { return why(*options); }; });
}

}  // namespace oscilla::cli
