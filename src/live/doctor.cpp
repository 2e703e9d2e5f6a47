#include "oscilla/doctor.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/number_text.hpp"
#include "graph/print.hpp"
#include "live/compiled_patch.hpp"
#include "live/session_door.hpp"
#include "live/sights.hpp"
#include "patch/patch.hpp"

namespace oscilla {
namespace {

/// What a signal was, in all frames so far.
struct History {
  double minimum = std::numeric_limits<double>::infinity();
  double maximum = -std::numeric_limits<double>::infinity();
  double last = 0;
  double steps = 0;             ///< sum of the changes from frame to frame
  std::int64_t at_minimum = 0;  ///< in how many frames
  std::int64_t at_maximum = 0;
  std::int64_t events = 0;
  bool silent = false;  ///< of an input: nothing was written

  void add(double value, bool first) {
    if (!first) steps += value > last ? value - last : last - value;
    if (value < minimum) at_minimum = 0;
    if (value > maximum) at_maximum = 0;
    minimum = std::min(minimum, value);
    maximum = std::max(maximum, value);
    at_minimum += value == minimum ? 1 : 0;
    at_maximum += value == maximum ? 1 : 0;
    last = value;
  }
  double range() const { return maximum - minimum; }
};

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

bool can_change(const ir::Program& program, ir::ExprId id) {
  return id.valid() && program.exprs[id].volatility >= ir::Volatility::PerFrame;
}

/// The numbers of a port that are looked at, with what they are called: all there is of a signal that can change.
std::vector<std::pair<std::array<ir::ExprId, 4>, std::string>> numbers_of(const ir::Program& program,
                                                                          const ir::PortBinding& port) {
  const ir::Payload payload = port.type.payload;
  if (port.type.cardinality != ir::Cardinality::One) return {};
  std::vector<std::pair<std::array<ir::ExprId, 4>, std::string>> numbers;
  if (payload == ir::Payload::Float || payload == ir::Payload::Int || payload == ir::Payload::Event) {
    if (std::ranges::any_of(port.values, [&](ir::ExprId id) { return can_change(program, id); }))
      numbers.push_back({port.values, port.name});
  } else if (ir::is_vector(payload)) {
    const std::string_view letters = payload == ir::Payload::Color ? "rgba" : "xyzw";
    for (std::size_t c = 0; c < port.values.size(); ++c)
      if (can_change(program, port.values[c]))
        numbers.push_back({{port.values[c]}, fmt::format("{}.{}", port.name, letters[c])});
  }
  return numbers;
}

}  // namespace

std::string_view name_of(DoctorRule rule) {
  switch (rule) {
    case DoctorRule::NotFinite: return "not-finite";
    case DoctorRule::Undrawable: return "undrawable";
    case DoctorRule::Overflow: return "overflow";
    case DoctorRule::SilentInput: return "silent-input";
    case DoctorRule::Conflict: return "conflict";
    case DoctorRule::Unseen: return "unseen";
    case DoctorRule::Stacked: return "stacked";
    case DoctorRule::FlatLine: return "flat-line";
    case DoctorRule::Jitter: return "jitter";
    case DoctorRule::Clipping: return "clipping";
    case DoctorRule::EventStorm: return "event-storm";
    case DoctorRule::HeavyField: return "heavy-field";
  }
  return {};
}

std::vector<std::string> values_to_examine(const Program& program) {
  const ir::Program& compiled = *program.compiled().program;
  // What has several names is examined by the one nearest to where it is made.
  std::map<std::array<ir::ExprId, 4>, std::string> names;
  const auto depth = [](const std::string& name) { return std::count(name.begin(), name.end(), '.'); };
  for (const ir::PortBinding& port : compiled.ports)
    for (const auto& [values, called] : numbers_of(compiled, port)) {
      std::string& name = names.emplace(values, called).first->second;
      if (depth(called) < depth(name)) name = called;
    }
  std::vector<std::string> sorted;
  for (const auto& [values, name] : names) sorted.push_back(name);
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

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
        History& history = histories[i];
        if (compiled().probes[i].name != channel.name) continue;
        history.silent = history.range() == 0 && history.last == channel.initial[0] && history.events == 0;
        if (!history.silent) continue;
        report(i, DoctorRule::SilentInput, history.last,
               fmt::format("nothing came to the input `{}`: it stood at {}", channel.name, to_text(history.last)),
               "write to it with --inputs, or see whether its sender uses the same name");
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
    const History& history = histories[i];
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
    const double clipped =
        static_cast<double>(std::max(history.at_minimum, history.at_maximum)) / static_cast<double>(frames);
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
  std::vector<History> histories;  // by probe
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
    records.histories[i].add(inside.signal({i})[0], records.frames == 0);
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
