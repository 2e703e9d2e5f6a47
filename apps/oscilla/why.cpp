// oscilla why: what made a value.
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
#include "oscilla/patch_file.hpp"
#include "oscilla/player.hpp"
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
  std::int64_t frame = 0;
  bool all = false;
  bool json = false;
  EngineOptions engine;
};

constexpr const char* kFooter =
    R"(A VALUE is a block ("pos[3]": lane 3 of its first output), an output ("dots.t[3]"), an input
("draw.position[17]", "pos.radius") or a component of one ("pos[3].x"). Frame n is what ticks 0 to n make.

Every line is a value with what it is made of below it, down to numbers of the patch, time, inputs
and what blocks remember. Inner steps of blocks are left out; --all shows them.

--json prints one object: causes are listed once each, with the numbers of their own causes; a
value is exact, "bits" says in which precision it was computed; spans are bytes of the text.

examples:
  oscilla why spiral.oscilla draw.position[17] --frame 120
  oscilla why pad.oscilla glow.out --frame 300 --inputs performance.jsonl
  oscilla why spiral.oscilla pos[3].x --all --json)";

/// The frame in which each state was last written, each input last came, up to the one that is explained: the same
/// frames once more. Nothing if the user interrupted.
std::optional<Changes> find_changes(const WhyOptions& options, const Program& program, const Explanation& explanation,
                                    ScriptedInputs inputs, Progress& progress) {
  Changes changes(explanation.causes.size());
  std::vector<std::uint32_t> watched;
  for (std::uint32_t i = 0; i < explanation.causes.size(); ++i)
    if (const CauseKind kind = explanation.causes[i].kind; kind == CauseKind::State || kind == CauseKind::Input)
      watched.push_back(i);
  if (watched.empty()) return changes;
  Player player(program, options.engine.session_options(), options.engine.rate, std::move(inputs), progress);
  std::vector<double> before(watched.size());
  for (std::int64_t frame = 0; frame <= options.frame; ++frame) {
    if (!player.go_to(frame)) return std::nullopt;
    for (std::size_t i = 0; i < watched.size(); ++i) {
      const Cause& cause = explanation.causes[watched[i]];
      const double now = value_of(player.session(), cause);
      const bool changed = std::bit_cast<std::uint64_t>(now) != std::bit_cast<std::uint64_t>(before[i]);
      if (changed && frame > 0) changes[watched[i]] = cause.kind == CauseKind::State ? frame - 1 : frame;
      before[i] = now;
    }
  }
  return changes;
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
  CompileOptions compile_options = options.engine.compile_options();
  compile_options.probes = {asked->name};
  compile_options.explain = true;
  const auto program = load_program(options.path, compile_options);
  if (!program) return program.error();
  auto inputs = ScriptedInputs::load(options.engine, *program);
  if (!inputs) return inputs.error();
  Progress progress("explaining", options.frame + 1, !output_is_terminal());
  Player player(*program, options.engine.session_options(), options.engine.rate, *inputs, progress);
  StandardOutput out;
  if (!player.evaluate(options.frame)) return out.finish();
  const ProbeValue value = player.session().probe().front();
  if (value.field && !asked->lanes)
    return usage_error(
        fmt::format("{} is a field of {} lanes; ask for one, such as {}[0]", asked->name, value.lanes, asked->name));
  const std::uint32_t lane = asked->lanes ? asked->lanes->begin : 0;
  if (value.field && lane >= value.lanes)
    return usage_error(fmt::format("{} has no lane {}; its lanes are 0 to {}", asked->name, lane, value.lanes - 1));
  if (!value.field && asked->lanes) return usage_error(fmt::format("{} is no field, it has no lanes", asked->name));
  const Explanation explanation = explain(player.session(), 0, lane);
  Progress again("looking back", options.frame + 1, !output_is_terminal());
  const auto changes = find_changes(options, *program, explanation, std::move(*inputs), again);
  if (!changes) return out.finish();
  const Patch patch = program->patch();
  const WhyScene scene{explanation, patch, options.frame, player.time_ms(options.frame), *changes, options.all};
  out.write(options.json ? json_line(why_json(scene)) + "\n" : why_text(scene));
  player.report_errors();
  return out.finish();
}

}  // namespace

void declare_why(CLI::App& program, Action& action) {
  CLI::App* verb = program.add_subcommand("why", "what made a value");
  auto options = std::make_shared<WhyOptions>();
  add_patch_argument(*verb, options->path);
  verb->add_option("VALUE", options->value, "what to explain: draw.position[17], pos.radius, pos[3].x")->required();
  verb->add_option("--frame", options->frame, "in which frame (default 0)")
      ->check(CLI::Range(std::int64_t{0}, kLastFrame));
  verb->add_flag("--all", options->all, "inner steps of blocks too");
  verb->add_flag("--json", options->json, "one object");
  add_inputs_option(*verb, options->engine);
  add_rate_option(*verb, options->engine);
  add_seed_option(*verb, options->engine);
  add_machine_options(*verb, options->engine);
  verb->footer(kFooter);
  verb->callback([options, &action] { action = [options] { return why(*options); }; });
}

}  // namespace oscilla::cli
