// Explanations from the probes that a program was compiled with: every expression behind a value is one of them, so all
// that is done here is to read them, lane by lane, and to say whose they are.
#include "oscilla/why.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "ir/print.hpp"
#include "live/absorbed_offsets.hpp"
#include "live/cause_places.hpp"
#include "live/compiled_patch.hpp"
#include "live/session_door.hpp"

namespace oscilla {
namespace {

using compile::Attribution;
using ir::Expr;
using ir::ExprId;
using ir::ExprKind;
using Lane = std::optional<std::uint32_t>;

constexpr const char* kTimeNames[] = {"time.tMs", "time.dt", "time.phaseA", "time.phaseB", "time without jumps"};
static_assert(std::size(kTimeNames) == ir::kTimeValues);

CauseKind kind_of(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::Constant: return CauseKind::Constant;
    case ExprKind::Time: return CauseKind::Time;
    case ExprKind::Channel: return CauseKind::Input;
    case ExprKind::Op: return CauseKind::Operation;
    case ExprKind::StateRead: return CauseKind::State;
    case ExprKind::Reduce: return CauseKind::Reduction;
    case ExprKind::Scan: return CauseKind::Scan;
    case ExprKind::Asset: return CauseKind::Mesh;
    case ExprKind::Gather: return CauseKind::Gather;
    case ExprKind::Voice: return CauseKind::Voice;
    case ExprKind::Event: return CauseKind::Events;
    case ExprKind::EventRead: return CauseKind::Reading;
  }
  return CauseKind::Constant;
}

std::string name_of(const ir::Program& program, const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::Constant: return {};
    case ExprKind::Time: return kTimeNames[expr.index];
    case ExprKind::Channel: return program.channels[expr.index].name;
    case ExprKind::Op: return std::string(kernels::row_of(expr.op).name);
    case ExprKind::StateRead: return program.states[expr.index].name;
    case ExprKind::Reduce:
    case ExprKind::Scan: return std::string(ir::name_of(static_cast<ir::Reduction>(expr.index)));
    case ExprKind::Asset: return std::string(ir::name_of(static_cast<MeshStream>(expr.index)));
    case ExprKind::Gather: return "gather";
    case ExprKind::Voice: return std::string(ir::name_of(static_cast<ir::VoicePart>(expr.result)));
    case ExprKind::Event: return std::string(ir::name_of(static_cast<ir::EventOp>(expr.result)));
    case ExprKind::EventRead: return std::string(ir::name_of(static_cast<ir::EventPart>(expr.result)));
  }
  return {};
}

/// Where an input listens; empty for what is none.
std::string channel_of(const ir::Program& program, const Expr& expr) {
  const bool events = ir::is_list(expr) && expr.result == static_cast<std::uint8_t>(ir::EventOp::Input);
  if (expr.kind != ExprKind::Channel && !events) return {};
  const ir::Listening& to = program.channels[expr.index].listening;
  std::string text = to.channel;
  for (const auto& [kind, name] : {std::pair{"osc", &to.osc}, {"midi", &to.midi}, {"key", &to.key}})
    if (!name->empty()) text += fmt::format("{}{} {}", text.empty() ? "" : " or ", kind, *name);
  return text;
}

/// The values of one program's expressions as a session has them.
class CauseReader {
 public:
  explicit CauseReader(const Session& session)
      : session_(live::SessionDoor::inside(session)),
        program_(session_.program()),
        attribution_(session.program().compiled().attribution) {}

  ir::ProbeIx probe_of(ExprId id) const {
    const auto found = std::lower_bound(attribution_.causes.begin(), attribution_.causes.end(), id);
    if (found == attribution_.causes.end() || *found != id) return {};
    return {static_cast<std::uint32_t>(attribution_.asked.size() + (found - attribution_.causes.begin()))};
  }

  /// None of a signal.
  std::span<const float> lanes_of(ExprId id) const {
    const ir::ProbeIx probe = probe_of(id);
    const bool field = probe.valid() && program_.probes[probe.v].instance.valid();
    return field ? session_.field(probe, 0) : std::span<const float>();
  }

  double value(ExprId id, Lane lane) const {
    const ir::ProbeIx probe = probe_of(id);
    if (!probe.valid()) return 0;
    if (!program_.probes[probe.v].instance.valid()) return session_.signal(probe)[0];
    const std::span<const float> plane = session_.field(probe, 0);
    if (!lane || *lane >= plane.size()) return 0;
    const float value = plane[*lane];
    return program_.exprs[id].base == ir::Base::Bits ? std::bit_cast<std::uint32_t>(value) : double{value};
  }

  std::vector<ProbedEvent> events(ExprId id) const {
    std::vector<ProbedEvent> events;
    if (const ir::ProbeIx probe = probe_of(id); probe.valid())
      for (const exec::Event& event : session_.events(probe))
        events.push_back({std::string(session_.key_text(event.key)), event.key_number, event.value});
    return events;
  }

 private:
  const runtime::Session& session_;
  const ir::Program& program_;
  const Attribution& attribution_;
};

/// "stage 0, scalars".
std::string step_of(const ir::Program& program, const Expr& expr) {
  if (ir::is_stable(expr)) return "before the first tick";
  if (expr.cardinality != ir::Cardinality::Many)
    return fmt::format("stage {}, {}", expr.stage, ir::is_list(expr) ? "events" : "scalars");
  return fmt::format("stage {}, fields of {}", expr.stage, program.instances[expr.instance.v].name);
}

class Explainer {
 public:
  explicit Explainer(const Session& session)
      : compiled_(session.program().compiled()), program_(*compiled_.program), reader_(session) {}

  std::uint32_t cause(ExprId id, Lane lane) {
    const Expr& expr = program_.exprs[id];
    if (expr.cardinality != ir::Cardinality::Many) lane.reset();
    const std::pair key{id.v, lane.value_or(~0u)};
    if (const auto known = known_.find(key); known != known_.end()) return known->second;
    Cause cause = link(id, lane);
    for (const auto& [operand, at] : operands(id, lane)) cause.causes.push_back(this->cause(operand, at));
    const auto index = static_cast<std::uint32_t>(causes_.size());
    causes_.push_back(std::move(cause));
    return known_[key] = index;
  }

  std::vector<Cause> take() { return std::move(causes_); }

 private:
  using Operands = std::vector<std::pair<ExprId, Lane>>;

  Cause link(ExprId id, Lane lane) const {
    const Expr& expr = program_.exprs[id];
    Cause cause;
    cause.kind = kind_of(expr);
    cause.name = name_of(program_, expr);
    cause.value = reader_.value(id, lane);
    cause.channel = channel_of(program_, expr);
    cause.single = lane.has_value();
    cause.raw = expr.base == ir::Base::Bits;
    cause.lane = lane;
    if (lane) cause.instance = program_.instances[expr.instance.v].name;
    cause.expression = id.v;
    cause.slot = slot_of(id);
    if (expr.kind == ExprKind::Op) cause.step = step_of(program_, expr);
    cause.places = live::places_of_cause(compiled_.graph, compiled_.attribution, id,
                                         [&](ExprId other) { return reader_.value(other, lane); });
    cause.events = reader_.events(id);
    cause.part = expr.result;
    return cause;
  }

  std::optional<std::uint32_t> slot_of(ExprId id) const {
    for (std::uint32_t slot = 0; slot < program_.slot_origins.size(); ++slot)
      if (program_.slot_origins[slot] == id) return slot;
    return std::nullopt;
  }

  Operands operands(ExprId id, Lane lane) const {
    const Expr& expr = program_.exprs[id];
    const std::span<const ExprId> args = program_.exprs.args_of(expr);
    if (expr.kind == ExprKind::Gather) return {{args[1], lane}, {args[0], gathered_lane(args[0], args[1], lane)}};
    if (expr.kind == ExprKind::Reduce) return joined(expr, args[0], reader_.value(id, lane));
    if (ir::is_list(expr) && expr.result == static_cast<std::uint8_t>(ir::EventOp::Collect)) return collected(args);
    Operands operands;
    for (const ExprId arg : args) operands.push_back({arg, lane});
    return operands;
  }

  /// The lane that a gather reads, as its kernel finds it.
  Lane gathered_lane(ExprId field, ExprId number, Lane lane) const {
    const std::size_t lanes = reader_.lanes_of(field).size();
    if (lanes == 0) return std::nullopt;
    const auto last = static_cast<float>(lanes - 1);
    const auto at = static_cast<float>(reader_.value(number, lane));
    const float low = at > 0 ? at : 0;
    return static_cast<std::uint32_t>(low < last ? low : last);
  }

  /// The lane that a minimum or maximum is of; of a sum the one that adds most to it.
  Operands joined(const Expr& expr, ExprId field, double value) const {
    const std::span<const float> lanes = reader_.lanes_of(field);
    if (lanes.empty()) return {};
    const auto reduction = static_cast<ir::Reduction>(expr.index);
    std::uint32_t chosen = 0;
    if (reduction == ir::Reduction::Minimum || reduction == ir::Reduction::Maximum)
      while (chosen + 1 < lanes.size() && lanes[chosen] != value) ++chosen;
    else
      for (std::uint32_t lane = 1; lane < lanes.size(); ++lane)
        if (std::abs(lanes[lane]) > std::abs(lanes[chosen])) chosen = lane;
    return {{field, chosen}};
  }

  /// The first lane whose event was collected.
  Operands collected(std::span<const ExprId> fired_and_value) const {
    const std::span<const float> fired = reader_.lanes_of(fired_and_value[0]);
    for (std::uint32_t lane = 0; lane < fired.size(); ++lane)
      if (fired[lane] != 0) return {{fired_and_value[0], lane}, {fired_and_value[1], lane}};
    return {};
  }

  const live::CompiledPatch& compiled_;
  const ir::Program& program_;
  CauseReader reader_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> known_;  // by expression and lane
  std::vector<Cause> causes_;
};

}  // namespace

std::string_view name_of(CauseKind kind) {
  switch (kind) {
    case CauseKind::Constant: return "constant";
    case CauseKind::Time: return "time";
    case CauseKind::Input: return "input";
    case CauseKind::Operation: return "operation";
    case CauseKind::State: return "state";
    case CauseKind::Reduction: return "reduction";
    case CauseKind::Scan: return "scan";
    case CauseKind::Mesh: return "mesh";
    case CauseKind::Gather: return "gather";
    case CauseKind::Voice: return "voice";
    case CauseKind::Events: return "events";
    case CauseKind::Reading: return "reading";
  }
  return {};
}

std::string_view sign_of(std::string_view operation) {
  constexpr std::pair<std::string_view, std::string_view> kSigns[] = {
      {"add", "+"}, {"subtract", "-"}, {"multiply", "*"}, {"divide", "/"}, {"modulo", "%"}};
  for (const auto& [name, sign] : kSigns)
    if (name == operation) return sign;
  return {};
}

Explanation explain(const Session& session, std::uint32_t probe, std::uint32_t lane) {
  Explanation explanation;
  const live::CompiledPatch& compiled = session.program().compiled();
  if (probe >= compiled.attribution.asked.size()) return explanation;
  const ir::Probe& asked = compiled.program->probes[probe];
  explanation.value = asked.name;
  explanation.type = ir::describe(asked.type);
  explanation.sinks = live::sinks_of(compiled.graph, compiled.graph.probes[probe]);
  if (asked.instance.valid() && lane >= live::SessionDoor::inside(session).field({probe}, 0).size()) return explanation;
  Explainer explainer(session);
  for (const ExprId root : compiled.attribution.asked[probe])
    if (root.valid()) explanation.roots.push_back(explainer.cause(root, lane));
  explanation.causes = explainer.take();
  explanation.offsets = live::absorbed_offsets(session, explanation, lane);
  return explanation;
}

double value_of(const Session& session, const Cause& cause) {
  return CauseReader(session).value({cause.expression}, cause.lane);
}

std::vector<ProbedEvent> events_of(const Session& session, const Cause& cause) {
  return CauseReader(session).events({cause.expression});
}

}  // namespace oscilla
