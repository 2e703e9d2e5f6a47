// oscilla dump: one stage of a patch's compilation as text.
#include <memory>
#include <string>
#include <utility>

#include "oscilla/console.hpp"
#include "oscilla/engine_options.hpp"
#include "oscilla/patch_file.hpp"
#include "oscilla/verbs.hpp"

namespace oscilla::cli {
namespace {

struct DumpOptions {
  std::string path;
  DumpStage stage = DumpStage::Program;
  EngineOptions engine;
};

constexpr std::pair<const char*, DumpStage> kStages[] = {
    {"graph", DumpStage::Graph},       {"types", DumpStage::Types}, {"program", DumpStage::Program},
    {"schedule", DumpStage::Schedule}, {"slots", DumpStage::Slots}, {"state", DumpStage::State},
    {"block", DumpStage::Block},
};

constexpr const char* kDumpFooter = R"(stages:
  graph      the patch after normalisation: defaults, adapters and cuts written out
  types      what each value is: payload, unit, signal or field
  program    the expressions, and the field program of every instance
  schedule   the steps of one tick, in their order
  slots      where every scalar and every plane lives
  state      what is remembered from one tick to the next, and under which name
  block      the very instructions this machine runs; the only stage that differs between machines

The text is made to be read and compared: the same patch gives the same text.

examples:
  oscilla dump spiral.oscilla
  diff <(oscilla dump old.oscilla --stage types) <(oscilla dump new.oscilla --stage types))";

std::expected<DumpStage, std::string> read_stage(const std::string& text) {
  std::string known;
  for (const auto& [name, stage] : kStages) {
    if (text == name) return stage;
    if (!known.empty()) known += ", ";
    known += name;
  }
  return std::unexpected("\"" + text + "\" is not a stage; the stages are " + known);
}

ExitCode dump(const DumpOptions& options) {
  const auto program = load_program(options.path, options.engine.compile_options());
  if (!program) return program.error();
  StandardOutput out;
  out.write(program->dump(options.stage));
  return out.finish();
}

}  // namespace

void declare_dump(CLI::App& program, Action& action) {
  CLI::App* verb = program.add_subcommand("dump", "what a patch compiles to, stage by stage");
  auto options = std::make_shared<DumpOptions>();
  add_patch_argument(*verb, options->path);
  add_read_option(*verb, "--stage", options->stage, read_stage, "default: program")->type_name("STAGE");
  add_seed_option(*verb, options->engine);
  verb->footer(kDumpFooter);
  verb->callback([options, &action] { action = [options] { return dump(*options); }; });
}

}  // namespace oscilla::cli
