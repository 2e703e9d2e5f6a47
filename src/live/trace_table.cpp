// Which values of a program a trace has, and whose they are.
#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "graph/graph.hpp"
#include "ir/print.hpp"
#include "live/compiled_patch.hpp"
#include "live/step_names.hpp"
#include "live/trace_rows.hpp"
#include "live/trace_steps.hpp"
#include "live/traced_places.hpp"
#include "live/tracer.hpp"

namespace oscilla::live {
namespace {

using ir::ExprId;
using ir::Role;
using runtime::TraceSource;

class TableMaker {
 public:
  TableMaker(const Program& program, const runtime::ProgramState& state, const TraceOptions& options)
      : compiled_(program.compiled()),
        program_(*compiled_.program),
        state_(state),
        steps_(program_),
        places_(graph::places_of(compiled_.graph)),
        traced_(compiled_, places_, options),
        rows_(compiled_, places_, state) {
    table_.program = program;
    table_.plan.lanes = options.lanes;
    for (const ir::Step& step : program_.steps) table_.steps.push_back(step_name(program_, step));
  }

  TraceTable run() {
    if (traced_.wants(TraceKind::Signal) || traced_.wants(TraceKind::State)) add_slots();
    if (traced_.wants(TraceKind::State)) add_states();
    if (traced_.wants(TraceKind::Field)) add_fields();
    if (traced_.wants(TraceKind::Event)) add_events();
    if (traced_.wants(TraceKind::Cache)) add_caches();
    if (traced_.wants(TraceKind::Glide)) add_glides();
    return std::move(table_);
  }

 private:
  /// One value, or one of each lane that was asked for.
  void add(TraceRow row, const runtime::TraceItem& item) {
    if (!traced_.wants(row, rows_.owner_of(row.expression))) return;
    if (!names_.emplace(row.kind, row.name).second) row.name += fmt::format(" #{}", row.slot.value_or(row.expression));
    runtime::TracePlan& plan = table_.plan;
    row.first = static_cast<std::uint32_t>(plan.numbers);
    row.count = static_cast<std::uint32_t>(plan.numbers_of(item));
    plan.numbers += row.count;
    const bool follows = item.source == TraceSource::Slots && !plan.items.empty() &&
                         plan.items.back().source == TraceSource::Slots &&
                         plan.items.back().index + plan.items.back().count == item.index;
    if (follows)
      ++plan.items.back().count;
    else
      plan.items.push_back(item);
    if (!plan.is_field(item.source) || plan.lanes.empty()) {
      table_.rows.push_back(std::move(row));
      return;
    }
    const std::string name = row.name;
    row.count = 1;
    for (const std::uint32_t lane : plan.lanes) {
      row.lane = lane;
      row.name = fmt::format("{}[{}]", name, lane);
      table_.rows.push_back(row);
      ++row.first;
    }
  }

  void add_slots() {
    std::vector<bool> of_state(program_.slots.size());
    for (const ir::State& state : program_.states)
      for (const ir::SlotIx slot : state.slots)
        if (slot.valid()) of_state[slot.v] = true;
    for (std::uint32_t slot = program_.constant_slots; slot < program_.slots.size(); ++slot) {
      const ExprId id = program_.slot_origins[slot];
      const TraceKind kind = of_state[slot] ? TraceKind::State : TraceKind::Signal;
      if (!traced_.wants(kind) || !id.valid() || ir::is_stable(program_.exprs[id])) continue;
      TraceRow row = rows_.of(kind, id);
      row.name = rows_.name_of(id);
      row.slot = slot;
      row.step = steps_.slots[slot];
      add(std::move(row), {.source = TraceSource::Slots, .index = slot});
    }
  }

  void add_states() {
    for (std::uint32_t s = 0; s < program_.states.size(); ++s) {
      const ir::State& state = program_.states[s];
      if (!state.instance.valid()) continue;
      for (std::uint8_t c = 0; c < state.components; ++c) {
        TraceRow row = rows_.of_block(TraceKind::State, state.name, state.instance);
        row.name = state.name + (state.components == 1 ? std::string() : fmt::format(".{}", "xyzw"[c]));
        row.step = steps_.states[s];
        row.expression = rows_.read_of(s, c);
        add(std::move(row), {.source = TraceSource::State, .part = c, .index = s});
      }
    }
  }

  void add_fields() {
    for (std::uint32_t s = 0; s < program_.sinks.size(); ++s) add_sink(s);
    for (std::uint32_t p = 0; p < program_.planes.size(); ++p) {
      if (program_.planes[p].stable) continue;
      TraceRow row = rows_.of(TraceKind::Field, program_.planes[p].origin);
      if (program_.planes[p].origin.valid()) row.name = rows_.name_of(program_.planes[p].origin);
      row.step = steps_.planes[p];
      add(std::move(row), {.source = TraceSource::Plane, .index = p});
    }
    for (std::uint32_t p = 0; p < program_.probes.size(); ++p) add_probe(p);
    for (std::uint32_t t = 0; t < state_.tapped.size(); ++t) add_tapped(t);
  }

  /// By the port that was asked for.
  void add_tapped(std::uint32_t t) {
    const runtime::TappedField& tapped = state_.tapped[t];
    TraceRow row = rows_.of(TraceKind::Field, tapped.expr);
    for (std::uint32_t p = 0; p < program_.ports.size(); ++p) {
      const ir::PortBinding& port = program_.ports[p];
      const auto value = std::ranges::find(port.values, tapped.expr);
      const std::string_view name = traced_.name_of(p);
      if (value == port.values.end() || name.empty()) continue;
      rows_.name_port(row, p);
      const auto components = std::ranges::count_if(port.values, [](ExprId id) { return id.valid(); });
      row.name = std::string(name) + TraceRows::component(port.type, static_cast<std::size_t>(components),
                                                          static_cast<std::size_t>(value - port.values.begin()));
      break;
    }
    row.step = steps_.fields[tapped.field];
    add(std::move(row), {.source = TraceSource::Tap, .index = static_cast<std::uint32_t>(program_.probes.size()) + t});
  }

  void add_sink(std::uint32_t s) {
    const ir::Sink& sink = program_.sinks[s];
    for (std::uint8_t r = 0; r < ir::kRoles; ++r) {
      const auto role = static_cast<Role>(r);
      if (role == Role::Shape || !ir::has_role(sink, role)) continue;
      TraceRow row = rows_.of_role(TraceKind::Field, sink, role);
      row.step = steps_.emit;
      add(std::move(row), {.source = TraceSource::Sink, .part = r, .index = s});
    }
  }

  void add_probe(std::uint32_t p) {
    const ir::Probe& probe = program_.probes[p];
    if (!probe.instance.valid()) return;
    const auto port = std::ranges::find(program_.ports, probe.name, &ir::PortBinding::name);
    for (std::uint8_t c = 0; c < probe.components; ++c) {
      TraceRow row = rows_.of(TraceKind::Field, port != program_.ports.end() ? port->values[c] : ExprId{});
      if (port != program_.ports.end()) rows_.name_port(row, static_cast<std::uint32_t>(port - program_.ports.begin()));
      row.name = probe.name + TraceRows::component(probe.type, probe.components, c);
      row.instance = program_.instances[probe.instance.v].name;
      row.step = steps_.probes[p];
      add(std::move(row), {.source = TraceSource::Tap, .part = c, .index = p});
    }
  }

  void add_events() {
    for (std::uint32_t l = 0; l < program_.event_lists.size(); ++l) {
      const ir::EventList& list = program_.event_lists[l];
      TraceRow row = rows_.of(TraceKind::Event, list.origin);
      row.name = list.name;
      row.step = steps_.lists[l];
      add(std::move(row), {.source = TraceSource::Events, .index = l, .count = std::min(list.capacity, kTracedEvents)});
    }
  }

  void add_caches() {
    for (std::uint32_t f = 0; f < program_.fields.size(); ++f) {
      const ir::FieldProgram& field = program_.fields[f];
      if (field.stable) continue;
      TraceRow row = rows_.of_block(TraceKind::Cache, program_.instances[field.instance.v].name, field.instance);
      row.name = fmt::format("{}, stage {}", row.block, field.stage);
      row.step = steps_.fields[f];
      add(std::move(row), {.source = TraceSource::Program, .index = f});
    }
    for (std::uint32_t p = 0; p < program_.planes.size(); ++p) {
      if (!program_.planes[p].stable) continue;
      TraceRow row = rows_.of(TraceKind::Cache, program_.planes[p].origin);
      if (program_.planes[p].origin.valid()) row.name = rows_.name_of(program_.planes[p].origin);
      row.name += ", kept";
      add(std::move(row), {.source = TraceSource::Cache, .index = p});
    }
  }

  void add_glides() {
    for (std::uint32_t s = 0; s < program_.sinks.size(); ++s)
      for (std::uint8_t r = 0; r < ir::kRoles; ++r) {
        const ir::Sink& sink = program_.sinks[s];
        const auto role = static_cast<Role>(r);
        const auto port = ir::glide_port(role);
        if (!port || !ir::has_role(sink, role)) continue;
        const ir::GlideSetting& setting = sink.glides[static_cast<std::size_t>(*port)];
        if (setting.policy == ir::GlidePolicy::None) continue;
        const auto add_glide = [&](TraceSource source, std::string_view name) {
          TraceRow row = rows_.of_role(TraceKind::Glide, sink, role);
          row.name += name;
          row.step = steps_.emit;
          add(std::move(row), {.source = source, .part = r, .index = s});
        };
        add_glide(TraceSource::Glide, " glide");
        if (setting.gauge != ir::GlideGauge::Add && role != Role::Rotation) add_glide(TraceSource::Factor, " factor");
      }
    const runtime::NumberRow numbers = runtime::number_row(program_);
    for (std::uint32_t i = 0; i < numbers.sections.size(); ++i) {
      if (numbers.sections[i].count == 0) continue;
      TraceRow row;
      row.kind = TraceKind::Glide;
      row.name = runtime::name_of(program_, numbers.sections[i]) + " glide";
      row.step = steps_.emit;
      add(std::move(row), {.source = TraceSource::Section, .index = i});
    }
  }

  const CompiledPatch& compiled_;
  const ir::Program& program_;
  const runtime::ProgramState& state_;
  TraceSteps steps_;
  graph::Places places_;
  TracedPlaces traced_;
  TraceRows rows_;
  std::set<std::pair<TraceKind, std::string>> names_;
  TraceTable table_;
};

}  // namespace

TraceTable make_trace_table(const Program& program, const runtime::ProgramState& state, const TraceOptions& options) {
  return TableMaker(program, state, options).run();
}

}  // namespace oscilla::live

namespace oscilla {
namespace {

constexpr std::string_view kKinds[] = {"signal", "state", "field", "event", "cache", "glide"};
static_assert(std::size(kKinds) == kTraceKinds);

}  // namespace

std::string_view name_of(TraceKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::optional<TraceKind> trace_kind_of(std::string_view name) {
  const auto found = std::ranges::find(kKinds, name);
  if (found == std::end(kKinds)) return std::nullopt;
  return static_cast<TraceKind>(found - std::begin(kKinds));
}

}  // namespace oscilla
