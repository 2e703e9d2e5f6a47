#include "oscilla/doctor.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/number_text.hpp"
#include "graph/print.hpp"
#include "live/compiled_patch.hpp"
#include "live/session_door.hpp"
#include "live/sights.hpp"
#include "live/value_history.hpp"
#include "patch/patch.hpp"

namespace oscilla {
namespace {

/// A value has its largest and its smallest in some frame; it stands there if it is so in this many.
constexpr std::int64_t kLeastClipped = 3;

/// Which rule an error of a running program belongs to, and what helps.
struct ErrorRule {
  DoctorRule rule;
  std::string_view hint;
};
ErrorRule rule_of(RuntimeErrorKind kind) {
  switch (kind) {
    case RuntimeErrorKind::DivisionByZero:
    case RuntimeErrorKind::NanProduced: return {DoctorRule::NotFinite, "`oscilla why` shows what it was made of"};
    case RuntimeErrorKind::CountOutsidePool:
    case RuntimeErrorKind::BufferOverflow: return {DoctorRule::Overflow, "make room for more, or let fewer come"};
    case RuntimeErrorKind::InvalidGeometry:
    case RuntimeErrorKind::InvalidStyle:
    case RuntimeErrorKind::InvalidTransform: break;
  }
  return {DoctorRule::Undrawable, "`oscilla blocks` tells the range of its port; `clamp` keeps a value in it"};
}

}  // namespace

struct Doctor::Records {
  Records(const Program& examined, DoctorLimits chosen)
      : program(examined), limits(chosen), histories(examined.compiled().options.probes.size()) {
    for (const ir::Sink& sink : compiled().sinks) sights.push_back({.sink = sink.name});
  }

  const graph::Graph& graph() const { return program.compiled().graph; }
  const ir::Program& compiled() const { return *program.compiled().program; }

  void report(DoctorFinding finding, std::uint32_t definition, Span span) {
    finding.span = span;
    if (definition != graph::kNoDefinition)
      if (const std::uint32_t file = graph().definitions[definition].file; file != 0)
        finding.file = graph().files[file]->file_name;
    found.push_back(std::move(finding));
  }

  /// A finding about the value of probe `i`.
  void report(std::size_t i, DoctorRule rule, double evidence, std::string message, std::string hint) {
    const graph::Node& node = graph()[graph().probes[i].node];
    const Severity severity = rule == DoctorRule::SilentInput ? Severity::Warning : Severity::Info;
    report({rule, severity, compiled().probes[i].name, std::move(message), std::move(hint), evidence, {}},
           node.definition, node.span);
  }

  void find_errors(const Session& session) {
    for (const RuntimeError& error : session.errors()) {
      const Diagnostic diagnostic = to_diagnostic(error, program);
      const auto [rule, hint] = rule_of(error.kind);
      found.push_back({rule, Severity::Warning, diagnostic.target, diagnostic.message, std::string(hint),
                       static_cast<double>(error.count), diagnostic.span, diagnostic.file});
    }
  }

  /// An input that nobody reads is no value, and nothing is said of it.
  void find_silent_inputs() {
    for (const ir::Channel& channel : compiled().channels)
      for (std::size_t i = 0; i < histories.size(); ++i) {
        live::ValueHistory& history = histories[i];
        if (compiled().probes[i].name != channel.name) continue;
        history.silent = history.range() == 0 && history.last == channel.initial[0] && history.events == 0;
        if (!history.silent) continue;
        report(i, DoctorRule::SilentInput, history.last,
               fmt::format("nothing came to the input `{}`: it stood at {}", channel.name, to_text(history.last)),
               "write to it with --inputs, or see whether its sender uses the same name");
      }
  }

  /// Of what arrives at a port, under whatever name it was looked at.
  double range_at(const std::string& name) const {
    const auto binding = [&](std::string_view of) {
      return std::ranges::find(compiled().ports, of, &ir::PortBinding::name);
    };
    const auto end = compiled().ports.end(), wanted = binding(name);
    for (std::size_t i = 0; i < histories.size() && wanted != end && frames > 0; ++i)
      if (const auto port = binding(compiled().probes[i].name); port != end && port->values == wanted->values)
        return histories[i].range();
    return 0;
  }

  /// What a port takes where nothing is written is in the catalogue; told is only what moves by itself.
  void find_unbound() {
    for (const graph::Node& node : graph().nodes) {
      if (node.kind != graph::NodeKind::Row) continue;
      for (std::size_t p = 0; p < node.row->ports.size(); ++p) {
        const blocks::Port& port = node.row->ports[p];
        if (port.fallback.kind != blocks::Fallback::Kind::PhaseA || node.inputs[p].given) continue;
        const std::string name = fmt::format("{}.{}", node.place, port.name);
        const double range = range_at(name);
        report({DoctorRule::Unbound,
                Severity::Info,
                name,
                fmt::format("nothing is given for `{}`: it follows time.phaseA, which moved over a range of {:.4g}",
                            name, range),
                fmt::format("write `{}: time.phaseA` if that is meant, else what it is to follow", port.name),
                range,
                {}},
               node.definition, node.span);
      }
    }
  }

  void find_conflicts() {
    for (const graph::Node& node : graph().nodes) {
      if (node.kind != graph::NodeKind::Combine || node.combine != graph::CombineMode::Last) continue;
      std::vector<std::string> writers;
      for (const graph::Input& input : node.inputs) writers.push_back(graph::source_text(graph(), input.source));
      report({DoctorRule::Conflict,
              Severity::Warning,
              std::string(node.place),
              fmt::format("`{}` has {} writers, {}; only the last one counts", node.place, writers.size(),
                          fmt::join(writers, ", ")),
              "combine them in another way, such as with `sum` or `max`, or take the others away",
              static_cast<double>(writers.size()),
              {}},
             node.definition, node.span);
    }
  }

  void find_behaviour(std::size_t i, double frames_a_second) {
    const live::ValueHistory& history = histories[i];
    const std::string& name = compiled().probes[i].name;
    if (history.silent) return;
    if (compiled().probes[i].events.valid()) {
      const double rate = static_cast<double>(history.events) * frames_a_second / static_cast<double>(frames);
      if (rate > limits.events_a_second)
        report(i, DoctorRule::EventStorm, rate, fmt::format("`{}` fires {:.4g} times a second", name, rate),
               "a Debounce or a hysteresis lets fewer through");
      return;
    }
    const double step = history.steps / static_cast<double>(frames - 1);
    const auto at_an_end = std::max(history.at_minimum, history.at_maximum);
    const double clipped = at_an_end < kLeastClipped ? 0 : static_cast<double>(at_an_end) / static_cast<double>(frames);
    if (history.range() < limits.flat_range && step < limits.flat_step)
      report(i, DoctorRule::FlatLine, history.range(),
             fmt::format("`{}` stays at {:.6g} in all {} frames", name, history.last, frames),
             "see with `oscilla why` what it is made of");
    else if (step > limits.jitter_step && history.range() < limits.jitter_range)
      report(i, DoctorRule::Jitter, step,
             fmt::format("`{}` changes by {:.4g} a frame, within a range of {:.4g}", name, step, history.range()),
             "a Lag or Slew smooths it");
    else if (clipped >= limits.clipped_share && history.at_minimum + history.at_maximum < frames)
      report(i, DoctorRule::Clipping, clipped,
             fmt::format("`{}` stands at its {} {:.6g} in {:.0f} % of the frames", name,
                         history.at_maximum >= history.at_minimum ? "largest" : "smallest",
                         history.at_maximum >= history.at_minimum ? history.maximum : history.minimum, clipped * 100),
             "something clamps it: give it a wider range, or what comes in a smaller one");
    else
      find_saturation(i);
  }

  /// It comes to an end of its range again and again and stays near there for long, though not at one number.
  void find_saturation(std::size_t i) {
    const live::ValueHistory& history = histories[i];
    const live::NearEnd near = history.near_end(limits.clipped_margin);
    if (near.share < limits.clipped_share || near.times < 2) return;
    report(i, DoctorRule::Clipping, near.share,
           fmt::format("`{}` is within {:.0f} % of its {} {:.6g} in {:.0f} % of the frames, {} times over",
                       compiled().probes[i].name, limits.clipped_margin * 100, near.largest ? "largest" : "smallest",
                       near.largest ? history.maximum : history.minimum, near.share * 100, near.times),
           "if that is not meant, `oscilla why` shows what bends it there");
  }

  void find_sights() {
    for (const live::Sight& sight : sights) {
      const auto node = std::ranges::find_if(graph().nodes, [&](const graph::Node& other) {
        return other.place == sight.sink && other.row != nullptr && other.row->form == blocks::Form::Render;
      });
      if (node == graph().nodes.end()) continue;
      const auto tell = [&](DoctorRule rule, Severity severity, std::string message, std::string hint) {
        report({rule, severity, sight.sink, std::move(message), std::move(hint), static_cast<double>(sight.lanes), {}},
               node->definition, node->span);
      };
      if (!sight.seen)
        tell(DoctorRule::Unseen, Severity::Warning,
             fmt::format("nothing of `{}` can be seen in all {} frames: {}", sight.sink, frames,
                         live::words_of(sight.hidden)),
             fmt::format("see with `oscilla probe` what its position, size and color are, such as {}.position",
                         sight.sink));
      else if (!sight.apart && sight.lanes > 1)
        tell(DoctorRule::Stacked, Severity::Info,
             fmt::format("all {} lanes of `{}` cover each other in all {} frames", sight.lanes, sight.sink, frames),
             "a layout such as CircleLayout or GridLayout gives each lane a place of its own");
    }
  }

  void find_heavy_fields() {
    std::vector<std::size_t> instructions(compiled().instances.size());
    for (const ir::FieldProgram& field : compiled().fields)
      if (!field.stable) instructions[field.instance.v] += field.body.size();
    for (std::size_t i = 0; i < instructions.size(); ++i) {
      const ir::Instance& instance = compiled().instances[i];
      if (instance.lanes <= limits.heavy_lanes || instructions[i] == 0) continue;
      const graph::Node& node = graph()[graph().instances[i]];
      report({DoctorRule::HeavyField,
              Severity::Info,
              instance.name,
              fmt::format("{} lanes of `{}` are computed in every frame, {} operations each", instance.lanes,
                          instance.name, instructions[i]),
              "`oscilla bench` tells what that costs",
              static_cast<double>(instance.lanes),
              {}},
             node.definition, node.span);
    }
  }

  Program program;
  DoctorLimits limits;
  std::vector<live::ValueHistory> histories;  // by probe
  std::vector<live::Sight> sights;
  std::int64_t frames = 0;
  std::vector<DoctorFinding> found;
};

Doctor::Doctor(const Program& program, DoctorLimits limits) : records_(std::make_unique<Records>(program, limits)) {}
Doctor::~Doctor() = default;
Doctor::Doctor(Doctor&&) noexcept = default;

void Doctor::look(const Session& session) {
  Records& records = *records_;
  const runtime::Session& inside = live::SessionDoor::inside(session);
  for (std::uint32_t i = 0; i < records.histories.size(); ++i) {
    records.histories[i].add(inside.signal({i})[0]);
    records.histories[i].events += static_cast<std::int64_t>(inside.events({i}).size());
  }
  if (const std::int64_t tick = inside.clock().tick; tick >= 0)
    live::look_at(inside.state().frames[static_cast<std::size_t>(tick) % runtime::kFrameBuffers].frame, records.sights);
  ++records.frames;
}

std::vector<DoctorFinding> Doctor::findings(const Session& session, double frames_a_second) const {
  Records records = *records_;
  records.find_errors(session);
  records.find_silent_inputs();
  records.find_unbound();
  records.find_conflicts();
  for (std::size_t i = 0; i < records.histories.size() && records.frames > 1; ++i)
    records.find_behaviour(i, frames_a_second);
  if (records.frames > 0) records.find_sights();
  records.find_heavy_fields();
  std::stable_sort(records.found.begin(), records.found.end(),
                   [](const DoctorFinding& a, const DoctorFinding& b) { return a.rule < b.rule; });
  return std::move(records.found);
}

}  // namespace oscilla
