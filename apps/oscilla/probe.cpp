// oscilla probe: the numbers behind a picture.
#include <algorithm>
#include <expected>
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

namespace oscilla::cli {
namespace {

struct ProbeOptions {
  std::string path;
  std::vector<std::string> values;
  std::optional<FrameSet> frames;
  std::optional<LaneRange> lanes;
  bool json = false;
  EngineOptions engine;
};

constexpr const char* kProbeFooter =
    R"(A VALUE is a block ("pos": its first output), an output ("dots.t"), an input ("draw.position")
or components of one ("pos.x"); [3] or [0:4] chooses its lanes ("pos[3].x"). Frame n is what ticks 0 to n make; ticks before it run too.
Probing changes no frame.

--json prints an object a line, frame by frame, with all lanes unless --lanes says otherwise:
  {"frame":30,"tMs":500,"value":"pos","lanes":2,"stride":2,"data":[0.5,0.5,0.25,0.75]}
data has the components of a lane together; the numbers read back to the same bits (fields are
32-bit, signals 64-bit); what is no number is "nan", "inf" or "-inf".
Of an event data says whether it is there and its value, and "events" has all {key, value} of the frame.

examples:
  oscilla probe spiral.oscilla pos dots.t --frames 0,30 --lanes 0:16 --json
  oscilla probe spiral.oscilla time.phaseA --frames 0:240)";

/// `wanted`, as far as the value has lanes; a signal is shown whatever lanes are wanted.
LaneRange clip(LaneRange wanted, const ProbeValue& value) {
  if (!value.field) return {0, 1};
  const std::uint32_t end = std::min(wanted.end, value.lanes);
  return {std::min(wanted.begin, end), end};
}

std::string json_text(std::int64_t frame, double t_ms, const ProbeValue& value, LaneRange lanes) {
  Json data = Json::array();
  const auto stride = static_cast<std::size_t>(value.stride);
  for (std::size_t i = lanes.begin * stride; i < lanes.end * stride; ++i) data.push_back(json_number(value.data[i]));
  Json line = {{"frame", frame},         {"tMs", json_number(t_ms)},
               {"value", value.name},    {"lanes", lanes.end - lanes.begin},
               {"stride", value.stride}, {"data", std::move(data)}};
  if (value.event) {
    line["events"] = Json::array();
    for (const ProbedEvent& event : value.events)
      line["events"].push_back({{"key", event.key}, {"value", json_number(event.value)}});
  }
  return json_line(line) + "\n";
}

std::string table_text(std::int64_t frame, double t_ms, const ProbeValue& value, LaneRange lanes) {
  std::string text = fmt::format("frame {}  {} ms  {}: {}", frame, t_ms, value.name, value.type);
  if (value.field) text += fmt::format(", {} lanes", value.lanes);
  text += "\n";
  if (value.event) {
    for (const ProbedEvent& event : value.events) text += fmt::format("  {}: {}\n", event.key, event.value);
    return value.events.empty() ? text + "  nothing\n" : text;
  }
  for (std::size_t lane = lanes.begin; lane < lanes.end; ++lane) {
    text += value.field ? fmt::format("  {:>7}:", lane) : std::string("  ");
    for (std::size_t i = 0; i < value.stride; ++i) text += fmt::format("  {}", value.data[lane * value.stride + i]);
    text += "\n";
  }
  if (lanes.end < value.lanes) text += fmt::format("  {} more lanes; --lanes chooses\n", value.lanes - lanes.end);
  return text;
}

/// Values as the command line names them, "pos[3].x": what they are called without lanes, and which lanes are wanted.
struct Wanted {
  std::vector<std::string> names;
  std::vector<std::optional<LaneRange>> lanes;
};

std::expected<Wanted, std::string> read_wanted(const ProbeOptions& options) {
  Wanted wanted;
  for (const std::string& text : options.values) {
    const bool has_lanes = text.find('[') != std::string::npos;
    const auto value = has_lanes ? read_plot_value(text) : PlotValue{text, text, {}, {}};
    if (!value) return std::unexpected(value.error());
    wanted.names.push_back(value->name);
    wanted.lanes.push_back(value->lanes ? value->lanes : options.lanes);
  }
  return wanted;
}

/// The lanes wanted that a value never has.
std::optional<std::string> lanes_error(const Wanted& wanted, const std::vector<ProbeValue>& values) {
  for (std::size_t i = 0; i < values.size(); ++i)
    if (const ProbeValue& value = values[i]; value.field && wanted.lanes[i] && wanted.lanes[i]->begin >= value.room)
      return fmt::format("{} has no lane {}; its lanes are 0 to {}", value.name, wanted.lanes[i]->begin,
                         value.room - 1);
  return std::nullopt;
}

void print_values(StandardOutput& out, bool json, const Wanted& wanted, std::int64_t frame, double t_ms,
                  const std::vector<ProbeValue>& values) {
  constexpr LaneRange kTableLanes{0, 16};
  for (std::size_t i = 0; i < values.size(); ++i) {
    const ProbeValue& value = values[i];
    if (wanted.lanes[i] && value.field && wanted.lanes[i]->begin >= value.lanes)
      continue;  // it has not so many just now
    const LaneRange lanes = clip(wanted.lanes[i].value_or(json ? LaneRange{} : kTableLanes), value);
    out.write(json ? json_text(frame, t_ms, value, lanes) : table_text(frame, t_ms, value, lanes));
  }
}

ExitCode probe(const ProbeOptions& options) {
  const auto wanted = read_wanted(options);
  if (!wanted) {
    complain(fmt::format("probe: {}", wanted.error()));
    return ExitCode::Usage;
  }
  CompileOptions compile_options = options.engine.compile_options();
  compile_options.probes = wanted->names;
  const auto program = load_program(options.path, compile_options);
  if (!program) return program.error();
  auto inputs = ScriptedInputs::load(options.engine, *program);
  if (!inputs) return inputs.error();
  const FrameSet frames = options.frames.value_or(FrameSet::one(0));
  Progress progress("probing", frames.last() + 1, !output_is_terminal());
  Player player(*program, options.engine.session_options(), options.engine.rate, std::move(*inputs), progress);
  StandardOutput out;
  for (const FrameRange range : frames.ranges()) {
    for (std::int64_t frame = range.begin; frame < range.end && !out.failed(); ++frame) {
      if (!player.evaluate(frame)) return out.finish();
      const std::vector<ProbeValue> values = player.session().probe();
      if (const auto wrong = lanes_error(*wanted, values)) {
        complain(fmt::format("probe: {}", *wrong));
        return ExitCode::Usage;
      }
      print_values(out, options.json, *wanted, frame, player.time_ms(frame), values);
      if (!player.go_to(frame)) return out.finish();  // for what it reports
    }
  }
  player.report_errors();
  return out.finish();
}

}  // namespace

void declare_probe(CLI::App& program, Action& action) {
  CLI::App* verb = program.add_subcommand("probe", "the numbers behind a picture");
  auto options = std::make_shared<ProbeOptions>();
  add_patch_argument(*verb, options->path);
  verb->add_option("VALUE", options->values, "what to read, as in the patch: pos, dots.t, draw.position")->required();
  add_frame_options(*verb, options->frames);
  add_read_option(*verb, "--lanes", options->lanes, read_lanes, "lanes A to B, without B; or one")->type_name("A:B");
  verb->add_flag("--json", options->json, "an object a line");
  add_inputs_option(*verb, options->engine);
  add_rate_option(*verb, options->engine);
  add_seed_option(*verb, options->engine);
  add_machine_options(*verb, options->engine);
  verb->footer(kProbeFooter);
  verb->callback([options, &action] { action = [options] { return probe(*options); }; });
}

}  // namespace oscilla::cli
