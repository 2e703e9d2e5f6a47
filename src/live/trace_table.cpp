// Which values of a program a trace has, and whose they are.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "graph/graph.hpp"
#include "ir/print.hpp"
#include "live/compiled_patch.hpp"
#include "live/step_names.hpp"
#include "live/trace_steps.hpp"
#include "live/tracer.hpp"
#include "patch/patch.hpp"

namespace oscilla::live {
namespace {

using ir::ExprId;
using ir::ExprKind;
using ir::Role;
using runtime::TraceSource;

constexpr std::uint32_t kNone = ~0u;
constexpr std::string_view kKinds[] = {"signal", "state", "field", "event", "cache", "glide"};
static_assert(std::size(kKinds) == kTraceKinds);

/// What a lane of a picture is called, as `plot` calls it.
std::string_view drawn_name(Role role) {
  return role == Role::Z ? "depth" : role == Role::Alpha ? "opacity" : ir::name_of(role);
}

/// Whether a name is that of a place, or of something below it.
bool is_under(std::string_view name, std::string_view place) {
  return name.starts_with(place) &&
         (name.size() == place.size() || std::string_view(".:, ").contains(name[place.size()]));
}

/// Whether the trace asks for a port by name.
bool is_named(const TraceOptions& options, std::string_view port) {
  return std::ranges::any_of(options.places, [&](std::string_view place) { return is_under(port, place); });
}

/// By port the output that the trace names and whose value it is ("dots.t"), which may have no port of its name; else
/// empty.
std::vector<std::string_view> named_outputs(const CompiledPatch& compiled, const graph::Places& places,
                                            const TraceOptions& options) {
  const std::vector<ir::PortBinding>& ports = compiled.program->ports;
  std::vector<std::string_view> outputs(ports.size());
  for (const std::string& place : options.places) {
    const std::size_t dot = place.rfind('.');
    const auto block = dot == std::string::npos ? places.end() : places.find(place.substr(0, dot));
    const blocks::Row* row = block == places.end() ? nullptr : compiled.graph[block->second.node].row;
    if (row == nullptr) continue;
    const auto found = std::ranges::find(row->outputs, std::string_view(place).substr(dot + 1), &blocks::Output::name);
    if (found == row->outputs.end()) continue;
    const graph::Source source{block->second.node, static_cast<std::uint16_t>(found - row->outputs.begin())};
    for (std::size_t p = 0; p < ports.size(); ++p)
      if (const auto port = places.find(ports[p].name); port != places.end() && port->second == source)
        outputs[p] = place;
  }
  return outputs;
}

class TableMaker {
 public:
  TableMaker(const Program& program, const runtime::ProgramState& state, const TraceOptions& options)
      : compiled_(program.compiled()),
        program_(*compiled_.program),
        state_(state),
        owners_(state.faults.ports),
        blocks_(state.faults.blocks),
        options_(options),
        steps_(program_),
        places_(graph::places_of(compiled_.graph)),
        outputs_(named_outputs(compiled_, places_, options)) {
    table_.program = program;
    table_.plan.lanes = options.lanes;
    for (const ir::Step& step : program_.steps) table_.steps.push_back(step_name(program_, step));
  }

  TraceTable run() {
    if (wants(TraceKind::Signal) || wants(TraceKind::State)) add_slots();
    if (wants(TraceKind::State)) add_states();
    if (wants(TraceKind::Field)) add_fields();
    if (wants(TraceKind::Event)) add_events();
    if (wants(TraceKind::Cache)) add_caches();
    if (wants(TraceKind::Glide)) add_glides();
    return std::move(table_);
  }

 private:
  bool wants(TraceKind kind) const {
    return options_.kinds.empty() || std::ranges::find(options_.kinds, kind) != options_.kinds.end();
  }

  bool is_asked(const TraceRow& row) const {
    const bool output =
        row.expression != kNone && owners_[row.expression] != kNone && !outputs_[owners_[row.expression]].empty();
    return options_.places.empty() || output || std::ranges::any_of(options_.places, [&](std::string_view place) {
             return is_under(row.name, place) || is_under(row.port, place) || is_under(row.block, place);
           });
  }

  /// A row of an expression: whose it is, and what it is called.
  TraceRow row_of(TraceKind kind, ExprId id) const {
    TraceRow row;
    row.kind = kind;
    if (!id.valid()) return row;
    const ir::Expr& expr = program_.exprs[id];
    row.expression = id.v;
    if (expr.kind == ExprKind::Op) row.operation = kernels::row_of(expr.op).name;
    if (expr.instance.valid()) row.instance = program_.instances[expr.instance.v].name;
    if (owners_[id.v] != kNone) name_port(row, owners_[id.v]);
    row.name = row.port;
    return row;
  }

  void name_port(TraceRow& row, std::uint32_t port) const {
    row.block = blocks_[port];
    row.port = program_.ports[port].name;
    row.span = program_.ports[port].span;
    const auto found = places_.find(row.port);
    if (found == places_.end()) return;
    const graph::Node& node = compiled_.graph[found->second.node];
    row.span = node.span;
    if (node.definition == graph::kNoDefinition) return;
    const std::uint32_t file = compiled_.graph.definitions[node.definition].file;
    if (file != 0) row.file = compiled_.graph.files[file]->file_name;
  }

  static std::string component(const ir::Type& type, std::size_t components, std::size_t c) {
    if (components == 1) return {};
    if (type.payload == ir::Payload::Event) return c == 0 ? ".fired" : ".value";
    return std::string(".") + (type.payload == ir::Payload::Color ? "rgba" : "xyzw")[c];
  }

  /// "pos.radius", "pos.x"; what is only a part of it: "pos.radius: sin".
  std::string signal_name(ExprId id) const {
    const ir::Expr& expr = program_.exprs[id];
    if (expr.kind == ExprKind::Time) return fmt::format("time.{}", ir::name_of(static_cast<ir::TimeValue>(expr.index)));
    if (expr.kind == ExprKind::StateRead) {
      const ir::State& state = program_.states[expr.index];
      return state.components == 1 ? state.name : fmt::format("{}.{}", state.name, "xyzw"[expr.result]);
    }
    const std::uint32_t owner = owners_[id.v];
    if (owner == kNone) return ir::expression_text(program_.exprs, id);
    const ir::PortBinding& port = program_.ports[owner];
    const auto components =
        static_cast<std::size_t>(std::ranges::count_if(port.values, [](ExprId value) { return value.valid(); }));
    for (std::size_t c = 0; c < components; ++c)
      if (port.values[c] == id) return port.name + component(port.type, components, c);
    const std::string what = expr.kind == ExprKind::Op ? std::string(kernels::row_of(expr.op).name)
                                                       : ir::expression_text(program_.exprs, id);
    return fmt::format("{}: {}", port.name, what);
  }

  /// One value, or one of each lane that was asked for.
  void add(TraceRow row, const runtime::TraceItem& item) {
    if (!is_asked(row)) return;
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
      if (!wants(kind) || !id.valid() || ir::is_stable(program_.exprs[id])) continue;
      TraceRow row = row_of(kind, id);
      row.name = signal_name(id);
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
        TraceRow row = row_of_block(TraceKind::State, state.name, state.instance);
        row.name = state.name + (state.components == 1 ? std::string() : fmt::format(".{}", "xyzw"[c]));
        row.step = steps_.states[s];
        row.expression = read_of(s, c);
        add(std::move(row), {.source = TraceSource::State, .part = c, .index = s});
      }
    }
  }

  /// The expression that reads a component of a state.
  std::uint32_t read_of(std::uint32_t state, std::uint8_t component) const {
    const auto& exprs = program_.exprs.exprs;
    const auto found = std::ranges::find_if(exprs, [&](const ir::Expr& expr) {
      return expr.kind == ExprKind::StateRead && expr.index == state && expr.result == component;
    });
    return found == exprs.end() ? kNone : static_cast<std::uint32_t>(found - exprs.begin());
  }

  /// Of a block's own memory or work. Its port is the first that has it in its name.
  TraceRow row_of_block(TraceKind kind, std::string_view name, ir::InstanceIx instance) const {
    TraceRow row;
    row.kind = kind;
    row.block = name;
    row.name = name;
    if (instance.valid()) row.instance = program_.instances[instance.v].name;
    for (std::uint32_t port = 0; port < program_.ports.size(); ++port)
      if (is_under(name, program_.ports[port].name) &&
          (row.port.empty() || program_.ports[port].name.size() > row.port.size()))
        name_port(row, port);
    return row;
  }

  void add_fields() {
    for (std::uint32_t s = 0; s < program_.sinks.size(); ++s) add_sink(s);
    for (std::uint32_t p = 0; p < program_.planes.size(); ++p) {
      if (program_.planes[p].stable) continue;
      TraceRow row = row_of(TraceKind::Field, program_.planes[p].origin);
      if (program_.planes[p].origin.valid()) row.name = signal_name(program_.planes[p].origin);
      row.step = steps_.planes[p];
      add(std::move(row), {.source = TraceSource::Plane, .index = p});
    }
    for (std::uint32_t p = 0; p < program_.probes.size(); ++p) add_probe(p);
    for (std::uint32_t t = 0; t < state_.tapped.size(); ++t) add_tapped(t);
  }

  /// By the port that was asked for.
  void add_tapped(std::uint32_t t) {
    const runtime::TappedField& tapped = state_.tapped[t];
    TraceRow row = row_of(TraceKind::Field, tapped.expr);
    for (std::uint32_t p = 0; p < program_.ports.size(); ++p) {
      const ir::PortBinding& port = program_.ports[p];
      const auto value = std::ranges::find(port.values, tapped.expr);
      const bool named = is_named(options_, port.name);
      if (value == port.values.end() || (!named && outputs_[p].empty())) continue;
      name_port(row, p);
      const auto components = std::ranges::count_if(port.values, [](ExprId id) { return id.valid(); });
      row.name = (named ? std::string(port.name) : std::string(outputs_[p])) +
                 component(port.type, static_cast<std::size_t>(components),
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
      TraceRow row = row_of_role(TraceKind::Field, sink, role);
      row.step = steps_.emit;
      add(std::move(row), {.source = TraceSource::Sink, .part = r, .index = s});
    }
  }

  TraceRow row_of_role(TraceKind kind, const ir::Sink& sink, Role role) const {
    const ExprId id = sink.roles[static_cast<std::size_t>(role)];
    TraceRow row = row_of(kind, id);
    for (std::uint32_t port = 0; port < program_.ports.size(); ++port)
      if (blocks_[port] == sink.name &&
          std::ranges::find(program_.ports[port].values, id) != program_.ports[port].values.end())
        name_port(row, port);
    row.block = sink.name;
    row.instance = program_.instances[sink.instance.v].name;
    row.name = fmt::format("frame.{}.{}", sink.name, drawn_name(role));
    return row;
  }

  void add_probe(std::uint32_t p) {
    const ir::Probe& probe = program_.probes[p];
    if (!probe.instance.valid()) return;
    const auto port = std::ranges::find(program_.ports, probe.name, &ir::PortBinding::name);
    for (std::uint8_t c = 0; c < probe.components; ++c) {
      TraceRow row = row_of(TraceKind::Field, port != program_.ports.end() ? port->values[c] : ExprId{});
      if (port != program_.ports.end()) name_port(row, static_cast<std::uint32_t>(port - program_.ports.begin()));
      row.name = probe.name + component(probe.type, probe.components, c);
      row.instance = program_.instances[probe.instance.v].name;
      row.step = steps_.probes[p];
      add(std::move(row), {.source = TraceSource::Tap, .part = c, .index = p});
    }
  }

  void add_events() {
    for (std::uint32_t l = 0; l < program_.event_lists.size(); ++l) {
      const ir::EventList& list = program_.event_lists[l];
      TraceRow row = row_of(TraceKind::Event, list.origin);
      row.name = list.name;
      row.step = steps_.lists[l];
      add(std::move(row), {.source = TraceSource::Events, .index = l, .count = std::min(list.capacity, kTracedEvents)});
    }
  }

  void add_caches() {
    for (std::uint32_t f = 0; f < program_.fields.size(); ++f) {
      const ir::FieldProgram& field = program_.fields[f];
      if (field.stable) continue;
      TraceRow row = row_of_block(TraceKind::Cache, program_.instances[field.instance.v].name, field.instance);
      row.name = fmt::format("{}, stage {}", row.block, field.stage);
      row.step = steps_.fields[f];
      add(std::move(row), {.source = TraceSource::Program, .index = f});
    }
    for (std::uint32_t p = 0; p < program_.planes.size(); ++p) {
      if (!program_.planes[p].stable) continue;
      TraceRow row = row_of(TraceKind::Cache, program_.planes[p].origin);
      if (program_.planes[p].origin.valid()) row.name = signal_name(program_.planes[p].origin);
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
        const bool glides = port && sink.glides[static_cast<std::size_t>(*port)].policy != ir::GlidePolicy::None;
        if (!glides || !ir::has_role(sink, role)) continue;
        TraceRow row = row_of_role(TraceKind::Glide, sink, role);
        row.name += " glide";
        row.step = steps_.emit;
        add(std::move(row), {.source = TraceSource::Glide, .part = r, .index = s});
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
  const std::vector<std::uint32_t>& owners_;  // by expression: the port that it belongs to
  const std::vector<std::string_view>& blocks_;
  const TraceOptions& options_;
  TraceSteps steps_;
  graph::Places places_;
  std::vector<std::string_view> outputs_;
  std::set<std::pair<TraceKind, std::string>> names_;
  TraceTable table_;
};

}  // namespace

std::vector<ir::ExprId> fields_to_tap(const Program& of, const TraceOptions& options) {
  const ir::Program& program = *of.compiled().program;
  std::vector<ir::ExprId> fields;
  const bool wanted =
      options.kinds.empty() || std::ranges::find(options.kinds, TraceKind::Field) != options.kinds.end();
  if (!wanted || options.places.empty()) return fields;
  const std::vector<std::string_view> outputs =
      named_outputs(of.compiled(), graph::places_of(of.compiled().graph), options);
  for (std::size_t p = 0; p < program.ports.size(); ++p) {
    const ir::PortBinding& port = program.ports[p];
    const bool named = is_named(options, port.name) || !outputs[p].empty();
    if (port.type.cardinality != ir::Cardinality::Many || !named) continue;
    if (std::ranges::find(program.probes, port.name, &ir::Probe::name) != program.probes.end()) continue;
    for (const ir::ExprId id : port.values)
      if (id.valid() && std::ranges::find(fields, id) == fields.end()) fields.push_back(id);
  }
  return fields;
}

TraceTable make_trace_table(const Program& program, const runtime::ProgramState& state, const TraceOptions& options) {
  return TableMaker(program, state, options).run();
}

}  // namespace oscilla::live

namespace oscilla {

std::string_view name_of(TraceKind kind) { return live::kKinds[static_cast<std::size_t>(kind)]; }

std::optional<TraceKind> trace_kind_of(std::string_view name) {
  const auto found = std::ranges::find(live::kKinds, name);
  if (found == std::end(live::kKinds)) return std::nullopt;
  return static_cast<TraceKind>(found - std::begin(live::kKinds));
}

}  // namespace oscilla
