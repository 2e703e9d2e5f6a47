// oscilla edit-storm: random edits of a running patch, until something breaks or nothing did.
#include "oscilla/edit_storm.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/crash_note.hpp"
#include "oscilla/engine_options.hpp"
#include "oscilla/interrupt.hpp"
#include "oscilla/json.hpp"
#include "oscilla/patch_file.hpp"
#include "oscilla/progress.hpp"
#include "oscilla/thread_meters.hpp"
#include "oscilla/verbs.hpp"

namespace oscilla::cli {
namespace {

constexpr std::int64_t kMostEdits = 1'000'000;
constexpr std::int64_t kMostLoad = 64;

struct StormVerbOptions {
  std::string path;
  StormOptions storm;
  std::int64_t load = 1;
  bool json = false;
  bool quiet = false;
  EngineOptions engine;
};

constexpr const char* kEditStormFooter =
    R"(Changes a running patch at random: numbers, counts, wires, arithmetic, lenses, new names (with
`was:`), blocks that come, go and are renamed, back to the beginning, and texts with mistakes. Each
edit is compiled in the background and takes over while the patch runs; --load busy threads disturb
it. After each, what must be true is checked (docs/live.md): a frame shows something, contains
nothing but numbers, takes no more processor time than a frame has and waits for nobody; what the
edit did not touch goes on to the bit, and what it gave another course begins where it was; the
report has a true line about every state; the same edits at the same ticks give the same frames
again; memory does not grow.

At the first fault the program ends with exit code 1, names seed and edit, and prints the patches
that show it in a session of their own, as few and as short as it finds. Nothing is written to
PATCH.

--json prints one object: {"file", "seed", "edits", "kinds": [{"kind", "edits", "compiled",
"changed"}], "swapped", "refused", "superseded", "frames", "kept", "longestTickUs", "failure"};
failure is null or {"fault", "edit", "tick", "what", "patches": [text], "ticks": [n]}.

examples:
  oscilla edit-storm spiral.oscilla
  oscilla edit-storm spiral.oscilla --edits 20000 --seed 7 --load 4 --json)";

/// Threads that keep processors, caches and the allocator busy.
class Load {
 public:
  explicit Load(std::int64_t threads) {
    for (std::int64_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  }
  ~Load() {
    stopping_.store(true);
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  void work() {
    std::uint64_t sum = 0;
    for (std::size_t size = 1 << 10; !stopping_.load(); size = size < (1 << 20) ? size * 2 : 1 << 10) {
      const std::vector<std::uint64_t> some(size / sizeof(std::uint64_t), sum);
      for (const std::uint64_t value : some) sum += value + 1;
    }
    kept_.store(sum);
  }

  std::atomic<bool> stopping_{false};
  std::atomic<std::uint64_t> kept_{0};
  std::vector<std::thread> threads_;
};

std::string crash_note(const StormVerbOptions& options, std::int64_t number, const RandomEdit& edit,
                       const Patch& before) {
  return fmt::format(
      "oscilla: edit-storm: crashed at edit {} of seed {} ({}: {})\n--- the patch before\n{}\n--- the patch "
      "after\n{}\n",
      number, options.storm.seed, word_of(edit.kind), edit.what, before.text(), edit.patch.text());
}

std::string share_of(std::uint64_t part, std::uint64_t all) {
  return fmt::format("{:.1f} %", all == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(all));
}

std::string histogram(const StormResult& result) {
  const KindCount total = result.total();
  std::uint64_t most = 1;
  for (const KindCount& kind : result.kinds) most = std::max(most, kind.edits);
  std::string text = fmt::format("  {:<8} {:>7} {:>8} {:>9} {:>9}\n", "kind", "edits", "", "compile", "change");
  for (std::size_t i = 0; i < kEditKinds; ++i) {
    const KindCount& kind = result.kinds[i];
    text += fmt::format("  {:<8} {:>7} {:>8} {:>9} {:>9}  {}\n", word_of(static_cast<EditKind>(i)), kind.edits,
                        share_of(kind.edits, total.edits), kind.compiled, kind.changed,
                        std::string(kind.edits * 24 / most, '#'));
  }
  return text + fmt::format("  {:<8} {:>7} {:>8} {:>9} {:>9}  {} compile and change the picture\n", "all", total.edits,
                            "", total.compiled, total.changed, share_of(total.changed, total.edits));
}

std::string failure_text(const StormVerbOptions& options, const StormFailure& failure) {
  std::string text = fmt::format("{}: {}", word_of(failure.fault), failure.what);
  if (failure.edit >= 0)
    text += fmt::format("\n  at edit {} of seed {}, tick {}; again with: oscilla edit-storm {} --edits {} --seed {}",
                        failure.edit, options.storm.seed, failure.tick, options.path, options.storm.edits,
                        options.storm.seed);
  text += "\n";
  for (std::size_t i = 0; i < failure.patches.size(); ++i) {
    text += i == 0 ? std::string("--- this patch runs\n")
                   : fmt::format("--- after {} more ticks this one takes over\n", failure.ticks[i - 1]);
    text += failure.patches[i];
    if (!text.ends_with('\n')) text += '\n';
  }
  return text;
}

Json to_json(const StormVerbOptions& options, const StormResult& result) {
  Json kinds = Json::array();
  for (std::size_t i = 0; i < kEditKinds; ++i)
    kinds.push_back({{"kind", word_of(static_cast<EditKind>(i))},
                     {"edits", result.kinds[i].edits},
                     {"compiled", result.kinds[i].compiled},
                     {"changed", result.kinds[i].changed}});
  Json failure;
  if (result.failure)
    failure = {{"fault", word_of(result.failure->fault)},
               {"edit", result.failure->edit},
               {"tick", result.failure->tick},
               {"what", result.failure->what},
               {"patches", result.failure->patches},
               {"ticks", result.failure->ticks}};
  return {{"file", options.path},
          {"seed", options.storm.seed},
          {"edits", result.total().edits},
          {"kinds", std::move(kinds)},
          {"swapped", result.swapped},
          {"refused", result.refused},
          {"superseded", result.superseded},
          {"frames", result.frames},
          {"kept", result.kept_checks},
          {"longestTickUs", static_cast<double>(result.longest_tick_nanoseconds) * 1e-3},
          {"failure", std::move(failure)}};
}

std::string summary(const StormVerbOptions& options, const StormResult& result) {
  std::string text = histogram(result);
  text += fmt::format("{} swapped, {} refused, {} superseded; {} frames, the longest {:.2f} ms of processor time\n",
                      result.swapped, result.refused, result.superseded, result.frames,
                      static_cast<double>(result.longest_tick_nanoseconds) * 1e-6);
  text += fmt::format("{} values were compared with the old program's at the same tick\n", result.kept_checks);
  return text + (result.failure ? failure_text(options, *result.failure) : "nothing went wrong\n");
}

ExitCode storm(StormVerbOptions options) {
  const auto program = load_program(options.path, options.engine.compile_options());
  if (!program) return program.error();
  const auto patch = read_patch(options.path);
  if (!patch) return patch.error();
  options.storm.session = options.engine.session_options();
  CrashNote note;
  Progress progress("editing", options.storm.edits, !options.quiet, "edits");
  const HeldInterrupts held;  // so that the summary is still told
  StormHost host{.processor_nanoseconds = thread_processor_nanoseconds, .heap_bytes = heap_bytes};
  if (options.storm.session.threads == 1) host.waits = thread_waits;  // else it waits for its own helpers
  host.rest = [] { std::this_thread::sleep_for(std::chrono::microseconds(100)); };
  host.try_edit = [&](const RandomEdit& edit) {
    note.set(fmt::format(
        "oscilla: edit-storm: crashed while a patch was compiled, with seed {} ({}: {})\n--- the patch\n{}\n",
        options.storm.seed, word_of(edit.kind), edit.what, edit.patch.text()));
  };
  host.begin_edit = [&](std::int64_t number, const RandomEdit& edit, const Patch& before) {
    note.set(crash_note(options, number, edit, before));
    progress.show(number);
    return !interrupted();
  };
  StormResult result;
  {
    const Load load(options.load);
    result = run_edit_storm(*patch, options.storm, host);
  }
  progress.clear();
  StandardOutput out;
  out.write(options.json ? json_line(to_json(options, result)) + "\n" : summary(options, result));
  return std::max(out.finish(), result.failure ? ExitCode::PatchErrors : ExitCode::Ok);
}

template <std::int64_t least, std::int64_t most>
std::expected<std::int64_t, std::string> read_number(const std::string& text) {
  const auto number = read_integer(text, least, most);
  if (number) return *number;
  return std::unexpected(fmt::format("\"{}\" is not a number from {} to {}", text, least, most));
}

std::expected<std::uint32_t, std::string> read_storm_seed(const std::string& text) {
  const auto seed = read_number<0, 0xffffffff>(text);
  if (seed) return static_cast<std::uint32_t>(*seed);
  return std::unexpected(seed.error());
}

std::expected<std::uint64_t, std::string> read_budget(const std::string& text) {
  const auto milliseconds = read_number<1, 60'000>(text);
  if (milliseconds) return static_cast<std::uint64_t>(*milliseconds) * 1'000'000;
  return std::unexpected(milliseconds.error());
}

}  // namespace

void declare_edit_storm(CLI::App& program, Action& action) {
  CLI::App* verb = program.add_subcommand("edit-storm", "random edits of a running patch, until something breaks");
  auto options = std::make_shared<StormVerbOptions>();
  options->engine.threads = 1;
  add_patch_argument(*verb, options->path);
  add_read_option(*verb, "--edits", options->storm.edits, read_number<1, kMostEdits>, "how many; default: 1000")
      ->type_name("N");
  add_read_option(*verb, "--seed", options->storm.seed, read_storm_seed, "of the edits, not of the patch; default: 1")
      ->type_name("S");
  add_read_option(*verb, "--load", options->load, read_number<0, kMostLoad>, "busy threads beside it; default: 1")
      ->type_name("N");
  add_read_option(*verb, "--budget", options->storm.budget_nanoseconds, read_budget,
                  "processor time that a frame may take; default: one frame of the patch")
      ->type_name("MS");
  verb->add_flag("--json", options->json, "one object");
  verb->add_flag("--quiet", options->quiet, "no progress");
  add_machine_options(*verb, options->engine, "1");
  verb->footer(kEditStormFooter);
  verb->callback([options, &action] { action = [options] { return storm(*options); }; });
}

}  // namespace oscilla::cli
