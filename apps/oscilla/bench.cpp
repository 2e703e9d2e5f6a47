// oscilla bench: what a frame of a patch costs on this machine. Evaluation only: nothing is drawn or written.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/engine_options.hpp"
#include "oscilla/interrupt.hpp"
#include "oscilla/json.hpp"
#include "oscilla/patch_file.hpp"
#include "oscilla/player.hpp"
#include "oscilla/progress.hpp"
#include "oscilla/verbs.hpp"

namespace oscilla::cli {
namespace {

struct BenchOptions {
  std::string path;
  std::int64_t frames = 600;
  std::int64_t warmup = 60;
  bool json = false;
  bool recompute = false;
  EngineOptions engine;
};

constexpr const char* kBenchFooter =
    R"(Runs --warmup frames, then measures --frames of them one by one, then as many again with a clock
around every step for the shares. p99 is the time that 99 of 100 frames stay within. Lanes are
those of all instances that something draws. A field that never changes is computed once, one whose
inputs are what they were is not computed again, nor put in order; --recompute does all of it in
every frame, to compare.

memory: state (twice where lanes read other lanes), outputs of two frames, sort, caches (fields that
never change), spills (fields between two steps), threads (registers), code (the rest).

--json prints one object: {"patch", "lanes", "frames", "warmup", "threads", "isa", "medianNs",
"p99Ns", "medianNsPerLane", "p99NsPerLane", "steps": [{"name", "share", "nsPerFrame"}],
"memoryBytes", "memory": {"state", ...}, "startNs": {"compile", "session", "firstFrame"}}

examples:
  oscilla bench spiral.oscilla
  oscilla bench spiral.oscilla --threads 1 --isa scalar --json)";

/// What was measured; times in nanoseconds.
struct Measurement {
  std::uint64_t compile = 0;
  std::uint64_t session = 0;
  std::uint64_t first_frame = 0;
  std::vector<std::uint64_t> frames;  ///< sorted
  std::vector<StepCost> steps;        ///< of as many frames
  std::vector<MemoryPart> memory;
  std::uint64_t memory_bytes = 0;
  std::uint64_t lanes = 0;
  std::string isa;
};

std::uint64_t now() {
  const auto time = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(time).count());
}

/// The value that this share of the sorted times does not exceed.
std::uint64_t quantile(const std::vector<std::uint64_t>& sorted, double share) {
  if (sorted.empty()) return 0;
  const auto index = static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1) + 0.5);
  return sorted[index];
}

/// False if the user interrupted.
bool measure_frames(Player& player, const BenchOptions& options, Measurement& result) {
  const std::int64_t measured = 1 + options.warmup;
  const std::int64_t stepped = measured + options.frames;
  if (!player.go_to(measured - 1)) return false;
  result.frames.reserve(static_cast<std::size_t>(options.frames));
  for (std::int64_t frame = measured; frame < stepped; ++frame) {
    const std::uint64_t begin = now();
    if (!player.go_to(frame)) return false;
    result.frames.push_back(now() - begin);
  }
  std::sort(result.frames.begin(), result.frames.end());
  player.session().measure(now);
  if (!player.go_to(stepped + options.frames - 1)) return false;
  result.steps = player.session().step_costs();
  return true;
}

Json to_json(const BenchOptions& options, const Measurement& result) {
  const double lanes = static_cast<double>(std::max<std::uint64_t>(result.lanes, 1));
  const std::uint64_t median = quantile(result.frames, 0.5);
  const std::uint64_t p99 = quantile(result.frames, 0.99);
  std::uint64_t total = 0;
  for (const StepCost& step : result.steps) total += step.nanoseconds;
  Json steps = Json::array();
  for (const StepCost& step : result.steps) {
    const auto cost = static_cast<double>(step.nanoseconds);
    steps.push_back({{"name", step.name},
                     {"share", cost / static_cast<double>(std::max<std::uint64_t>(total, 1))},
                     {"nsPerFrame", cost / static_cast<double>(options.frames)}});
  }
  Json memory = Json::object();
  for (const MemoryPart& part : result.memory) memory[std::string(part.name)] = part.bytes;
  return {{"patch", options.path},
          {"lanes", result.lanes},
          {"frames", options.frames},
          {"warmup", options.warmup},
          {"threads", options.engine.thread_count()},
          {"isa", result.isa},
          {"medianNs", median},
          {"p99Ns", p99},
          {"medianNsPerLane", static_cast<double>(median) / lanes},
          {"p99NsPerLane", static_cast<double>(p99) / lanes},
          {"steps", std::move(steps)},
          {"memoryBytes", result.memory_bytes},
          {"memory", std::move(memory)},
          {"startNs", {{"compile", result.compile}, {"session", result.session}, {"firstFrame", result.first_frame}}}};
}

std::string duration(double nanoseconds) {
  if (nanoseconds < 1e3) return fmt::format("{:.3g} ns", nanoseconds);
  if (nanoseconds < 1e6) return fmt::format("{:.2f} us", nanoseconds / 1e3);
  return fmt::format("{:.2f} ms", nanoseconds / 1e6);
}

std::string size_text(double bytes) {
  if (bytes < 1024) return fmt::format("{} B", bytes);
  if (bytes < 1 << 20) return fmt::format("{:.1f} KiB", bytes / 1024);
  return fmt::format("{:.1f} MiB", bytes / (1 << 20));
}

std::string table(const Json& result) {
  const double median = result["medianNs"];
  std::string text = fmt::format("{}: {} lanes, {} frames, {}, threads {}\n", result["patch"].get<std::string>(),
                                 result["lanes"].get<std::uint64_t>(), result["frames"].get<std::int64_t>(),
                                 result["isa"].get<std::string>(), result["threads"].get<std::uint32_t>());
  text += fmt::format("  {:<10}{:>12} a frame{:>12} a lane{:>12.0f} frames/s\n", "median", duration(median),
                      duration(result["medianNsPerLane"]), median > 0 ? 1e9 / median : 0);
  text += fmt::format("  {:<10}{:>12} a frame{:>12} a lane\n", "p99", duration(result["p99Ns"]),
                      duration(result["p99NsPerLane"]));
  for (const Json& step : result["steps"]) {
    text += fmt::format("  {:>6.1f} % {:>12} a frame  {}\n", 100 * step["share"].get<double>(),
                        duration(step["nsPerFrame"]), step["name"].get<std::string>());
  }
  const Json& start = result["startNs"];
  text += fmt::format("  memory {}:", size_text(result["memoryBytes"].get<double>()));
  for (const auto& [name, bytes] : result["memory"].items())
    text += fmt::format(" {} {},", name, size_text(bytes.get<double>()));
  text.back() = '\n';
  text += fmt::format("  start: compile {}, session {}, first frame {}\n", duration(start["compile"]),
                      duration(start["session"]), duration(start["firstFrame"]));
  return text;
}

ExitCode bench(const BenchOptions& options) {
  Measurement result;
  const std::uint64_t begin = now();
  CompileOptions compile_options = options.engine.compile_options();
  compile_options.caches = !options.recompute;
  SessionOptions session_options = options.engine.session_options();
  session_options.skip = !options.recompute;
  const auto program = load_program(options.path, compile_options);
  if (!program) return program.error();
  auto inputs = ScriptedInputs::load(options.engine, *program);
  if (!inputs) return inputs.error();
  const std::uint64_t compiled = now();
  Progress progress("measuring", 0, false);  // a line on the terminal would be measured too
  Player player(*program, session_options, options.engine.rate, std::move(*inputs), progress);
  const std::uint64_t made = now();
  if (!player.go_to(0)) return ExitCode::InputOutput;
  result.compile = compiled - begin;
  result.session = made - compiled;
  result.first_frame = now() - made;
  if (!measure_frames(player, options, result)) return ExitCode::InputOutput;
  result.memory = player.session().memory();
  result.memory_bytes = player.session().memory_bytes();
  result.lanes = program->lanes();
  result.isa = player.session().isa();
  const Json json = to_json(options, result);
  StandardOutput out;
  out.write(options.json ? json_line(json) + "\n" : table(json));
  player.report_errors();
  return out.finish();
}

std::expected<std::int64_t, std::string> read_count(const std::string& text) {
  constexpr std::int64_t kMost = 10'000'000;
  const auto count = read_integer(text, 0, kMost);
  if (count) return *count;
  return std::unexpected(fmt::format("\"{}\" is not a number of frames from 0 to {}", text, kMost));
}

std::expected<std::int64_t, std::string> read_positive_count(const std::string& text) {
  auto count = read_count(text);
  if (count && *count == 0) return std::unexpected("at least one frame must be measured");
  return count;
}

}  // namespace

void declare_bench(CLI::App& program, Action& action) {
  CLI::App* verb = program.add_subcommand("bench", "what a frame of a patch costs here");
  auto options = std::make_shared<BenchOptions>();
  add_patch_argument(*verb, options->path);
  add_read_option(*verb, "--frames", options->frames, read_positive_count, "how many to measure; default: 600")
      ->type_name("N");
  add_read_option(*verb, "--warmup", options->warmup, read_count, "frames before that; default: 60")->type_name("N");
  verb->add_flag("--recompute", options->recompute, "compute everything in every frame");
  verb->add_flag("--json", options->json, "one object");
  add_inputs_option(*verb, options->engine);
  add_rate_option(*verb, options->engine);
  add_seed_option(*verb, options->engine);
  add_machine_options(*verb, options->engine);
  verb->footer(kBenchFooter);
  verb->callback([options, &action] { action = [options] { return bench(*options); }; });
}

}  // namespace oscilla::cli
