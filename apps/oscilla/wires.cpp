// oscilla wires: who writes and who reads. oscilla fits: what could be written.
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "oscilla/console.hpp"
#include "oscilla/engine_options.hpp"
#include "oscilla/inspect.hpp"
#include "oscilla/json.hpp"
#include "oscilla/patch_file.hpp"
#include "oscilla/verbs.hpp"

namespace oscilla::cli {
namespace {

struct PlaceOptions {
  std::string path;
  std::string place;
  bool json = false;
};

constexpr const char* kWiresFooter =
    R"(A PLACE is a definition (draw: all its wires), a port (draw.size: what arrives there) or an output
(dots.t: who reads it). Inline expressions are looked through: a wire leads from one definition's
value to where another one reads it. Defaults are shown; the adapters on a wire stand over it.

--json prints one object: {"place", "inputs": [{"port", "type", "given", "producers": [{"from",
"to", "adapters"}]}], "consumers": [{"from", "to", "adapters"}]}

examples:
  oscilla wires spiral.oscilla draw
  oscilla wires spiral.oscilla dots.t --json)";

constexpr const char* kFitsFooter =
    R"(Lists every definition's output that may stand in a PORT, and the adapters that would stand between.
"feedback": it depends on the block, so the wire would close a loop, which is allowed where the loop
crosses a block that remembers.

--json prints one array. An entry: {"value", "type", "adapters", "feedback"}

examples:
  oscilla fits spiral.oscilla draw.size
  oscilla fits spiral.oscilla pos.radius --json)";

ExitCode refuse(const Diagnostic& diagnostic, const Patch& patch) {
  say(diagnostics_text({diagnostic}, patch, Severity::Hint, colour_on_error()));
  return ExitCode::PatchErrors;
}

Json wire_json(const Wire& wire) { return {{"from", wire.from}, {"to", wire.to}, {"adapters", wire.adapters}}; }

Json wires_json(const std::vector<Wire>& wires) {
  Json list = Json::array();
  for (const Wire& wire : wires) list.push_back(wire_json(wire));
  return list;
}

std::string over(const std::vector<std::string>& adapters) {
  return adapters.empty() ? "" : fmt::format("  over {}", fmt::join(adapters, ", "));
}

std::string inputs_text(const BlockWires& wires) {
  std::string text;
  for (const PortWires& port : wires.inputs) {
    text += fmt::format("{}: {}{}\n", port.port, port.type.empty() ? "nothing" : port.type,
                        port.given ? "" : ", by default");
    for (const Wire& wire : port.producers) text += fmt::format("  <- {}{}\n", wire.from, over(wire.adapters));
  }
  for (const Wire& wire : wires.consumers) text += fmt::format("{} -> {}{}\n", wire.from, wire.to, over(wire.adapters));
  return text;
}

ExitCode wires(const PlaceOptions& options) {
  const auto patch = read_patch(options.path);
  if (!patch) return patch.error();
  const auto found = wires_at(*patch, options.place);
  if (!found) return refuse(found.error(), *patch);
  StandardOutput out;
  if (options.json) {
    Json inputs = Json::array();
    for (const PortWires& port : found->inputs)
      inputs.push_back({{"port", port.port},
                        {"type", port.type.empty() ? Json(nullptr) : Json(port.type)},
                        {"given", port.given},
                        {"producers", wires_json(port.producers)}});
    out.write(
        json_line(
            {{"place", options.place}, {"inputs", std::move(inputs)}, {"consumers", wires_json(found->consumers)}}) +
        "\n");
  } else {
    out.write(inputs_text(*found));
  }
  return out.finish();
}

ExitCode fits(const PlaceOptions& options) {
  const auto patch = read_patch(options.path);
  if (!patch) return patch.error();
  const auto found = fitting_values(*patch, options.place);
  if (!found) return refuse(found.error(), *patch);
  StandardOutput out;
  Json list = Json::array();
  for (const FittingValue& value : *found) {
    if (options.json)
      list.push_back(
          {{"value", value.value}, {"type", value.type}, {"adapters", value.adapters}, {"feedback", value.feedback}});
    else
      out.write(fmt::format("{}: {}{}{}\n", value.value, value.type, over(value.adapters),
                            value.feedback ? "  feedback" : ""));
  }
  if (options.json) out.write(json_line(list) + "\n");
  return out.finish();
}

void declare(CLI::App& program, Action& action, const char* name, const char* help, const char* place,
             const char* footer, ExitCode (*run)(const PlaceOptions&)) {
  CLI::App* verb = program.add_subcommand(name, help);
  auto options = std::make_shared<PlaceOptions>();
  add_patch_argument(*verb, options->path);
  verb->add_option(place, options->place, "as in the patch: draw.size, dots.t")->required();
  verb->add_flag("--json", options->json, "for programs");
  verb->footer(footer);
  verb->callback([options, run, &action] { action = [options, run] { return run(*options); }; });
}

}  // namespace

void declare_wires(CLI::App& program, Action& action) {
  declare(program, action, "wires", "what arrives at a place of a patch, and who reads it", "PLACE", kWiresFooter,
          wires);
}

void declare_fits(CLI::App& program, Action& action) {
  declare(program, action, "fits", "which values may stand in a port, over which adapters", "PORT", kFitsFooter, fits);
}

}  // namespace oscilla::cli
