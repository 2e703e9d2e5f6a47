#include "compile/lower.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "base/number_text.hpp"
#include "compile/lower_nodes.hpp"
#include "graph/components.hpp"
#include "graph/places.hpp"
#include "kernels/kernel_table.hpp"

namespace oscilla::compile {
namespace {

using blocks::Value;
using graph::Node;
using graph::NodeIx;

constexpr std::uint32_t kMaximumInstanceLanes = 4194304;
constexpr std::uint64_t kMaximumLanes = 16777216;
constexpr std::uint16_t kMaximumStages = 256;

/// Folding calls the kernel that the running program would call.
void fold(kernels::Op op, const double* args, double* results) {
  std::uint32_t zero_divisor = 0;
  kernels::scalar_kernel(op)(args, results, &zero_divisor);
}

class Lowerer {
 public:
  Lowerer(const graph::Graph& graph, graph::Findings& findings)
      : graph_(graph),
        findings_(findings),
        lowered_(fold),
        needed_(graph::needed_nodes(graph)),
        first_value_(graph.nodes.size() + 1),
        states_(graph.nodes.size(), ~0u),
        births_(graph.nodes.size()),
        bad_(graph.nodes.size()) {}

  Lowered run(const std::vector<std::string>& probe_names, Origins origins) {
    lowered_.draft.seed = graph_.seed;
    make_instances();
    make_values();
    for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i)
      if (needed_[i]) begin(graph_.nodes[i], i);
    const auto order = graph::components(graph_, graph::Cuts::Respect, graph::Domains::Respect);
    for (const graph::Component component : order) {
      if (component.size() > 1) refuse_count_of_itself(component);
      for (const NodeIx ix : component)
        if (needed_[ix.v] && !reads_bad(ix)) lower_node(ix);
    }
    check_lanes();
    check_stages();
    for (std::size_t i = 0; i < graph_.probes.size(); ++i) add_probe(probe_names[i], graph_.probes[i]);
    std::size_t places = 0;
    graph::each_place(graph_, [&](std::string_view, std::string_view, graph::Source) { ++places; });
    lowered_.ports.reserve(places);
    graph::each_place(graph_, [&](std::string_view place, std::string_view port, graph::Source source) {
      if (needed_[source.node.v] && source.output < graph_[source.node].outputs.size()) add_port(place, port, source);
    });
    if (origins == Origins::Keep) keep_origins();
    return std::move(lowered_);
  }

 private:
  void make_instances() {
    for (const NodeIx ix : graph_.instances) {
      const Node& node = graph_[ix];
      blocks::InstanceDraft instance;
      instance.instance.id = stable_id(node.identity);
      instance.instance.name = node.place;
      instance.instance.lanes = 1;  // of a sink on its own; an Array says how many
      lowered_.draft.instances.push_back(std::move(instance));
    }
  }

  /// A value for every output, of its type.
  void make_values() {
    std::size_t outputs = 0, states = 0;
    for (const Node& node : graph_.nodes) {
      outputs += node.outputs.size();
      states += node.row != nullptr && node.row->form == blocks::Form::State ? 1 : 0;
    }
    values_.reserve(outputs);
    lowered_.draft.states.reserve(states);
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
      first_value_[i] = static_cast<std::uint32_t>(values_.size());
      for (const ir::Type& type : graph_.nodes[i].outputs) values_.push_back({type, {}, {}});
    }
    first_value_.back() = static_cast<std::uint32_t>(values_.size());
  }

  std::span<Value> values_of(NodeIx ix) {
    return std::span(values_).subspan(first_value_[ix.v], first_value_[ix.v + 1] - first_value_[ix.v]);
  }
  Value& value_of(graph::Source source) { return values_[first_value_[source.node.v] + source.output]; }

  /// The state of a block that remembers: its readers may come before it.
  void begin(const Node& node, std::uint32_t i) {
    if (node.row == nullptr || node.row->form != blocks::Form::State) return;
    states_[i] = static_cast<std::uint32_t>(lowered_.draft.states.size());
    StateDraft draft;
    draft.state.id = stable_id(node.identity);
    draft.state.name = node.name;
    if (node.identity != node.name) draft.state.was = node.identity;
    draft.state.payload = node.outputs[0].payload;
    draft.state.components = ir::planes_of(node.outputs[0].payload);
    draft.state.instance = node.outputs[0].instance;
    const ir::Base base = node.outputs[0].payload == ir::Payload::Bool ? ir::Base::Bool : ir::Base::Float;
    for (std::uint8_t c = 0; c < draft.state.components; ++c)
      value_of({{i}, 0}).planes[c] =
          lowered_.draft.build.state_read({states_[i]}, draft.state.id, c, base, draft.state.instance);
    const ir::InstanceIx instance = draft.state.instance;
    lowered_.draft.states.push_back(std::move(draft));
    if (reads_at_birth(node)) births_[i] = add_birth(node, instance);
  }

  /// Whether a state begins with a value that is not known before the program runs.
  bool reads_at_birth(const Node& node) const {
    const std::size_t initial = graph::initial_port(*node.row);
    return initial != graph::kNoInitial && node.inputs[initial].given &&
           graph_.type_of(node.inputs[initial].source).cardinality != ir::Cardinality::Zero;
  }

  /// A condition beside a state, false in its first tick: there, and in the lanes that enter later, the initial value
  /// is read instead.
  ir::ExprId add_birth(const Node& node, ir::InstanceIx instance) {
    StateDraft draft;
    draft.state.id = stable_id(fmt::format("{}.born", node.identity));
    draft.state.name = fmt::format("{}.born", node.name);
    if (node.identity != node.name) draft.state.was = fmt::format("{}.born", node.identity);
    draft.state.payload = ir::Payload::Bool;
    draft.state.components = 1;
    draft.state.instance = instance;
    draft.next[0] = lowered_.draft.build.constant(1, ir::Base::Bool);
    const ir::StateIx ix{static_cast<std::uint32_t>(lowered_.draft.states.size())};
    lowered_.draft.states.push_back(draft);
    return lowered_.draft.build.state_read(ix, draft.state.id, 0, ir::Base::Bool, instance);
  }

  /// A component of what a state begins with, of the state's base where it is a literal.
  ir::ExprId first_value(const Value& initial, std::uint8_t c, ir::Base base) {
    if (initial.type.payload == ir::Payload::Unknown) return lowered_.draft.build.constant(0, base);
    const ir::ExprId first = initial.planes[initial.components() == 1 ? 0 : c];
    const ir::Expr& expr = lowered_.draft.build[first];
    return expr.kind == ir::ExprKind::Constant ? lowered_.draft.build.constant(expr.value, base) : first;
  }

  /// What a state holds at the beginning of a tick.
  Value remembered(NodeIx ix, const Value& initial) {
    Value value;
    value.type = graph_[ix].outputs[0];
    const StateDraft& draft = lowered_.draft.states[states_[ix.v]];
    const ir::Base base = value.type.payload == ir::Payload::Bool ? ir::Base::Bool : ir::Base::Float;
    for (std::uint8_t c = 0; c < draft.state.components; ++c) {
      value.planes[c] = lowered_.draft.build.state_read({states_[ix.v]}, draft.state.id, c, base, draft.state.instance);
      const ir::ExprId first = first_value(initial, c, base);
      if (births_[ix.v].valid())
        value.planes[c] = lowered_.draft.build.op(kernels::Op::Select, {births_[ix.v], value.planes[c], first});
      value.planes[c] = blocks::unless_fresh(lowered_.draft, draft.state.instance, first, value.planes[c]);
    }
    return value;
  }

  /// A value that is known without any other.
  void lower_literal(NodeIx ix) {
    for (const graph::Input& input : graph_[ix].inputs)
      if (input.source.valid()) lower_literal(input.source.node);
    if (!reads_bad(ix)) lower_node(ix);
  }

  /// Where lanes become other elements, what is read of a state is known when it is known which. What others read of
  /// it a tick later comes before the state's own block; what it begins with is a literal, or read by a birth.
  void see_fresh_lanes(ir::InstanceIx instance) {
    if (!lowered_.draft.instances[instance.v].fresh.valid()) return;
    for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i) {
      if (!needed_[i] || states_[i] == ~0u || !graph_.nodes[i].is_cut || births_[i].valid()) continue;
      if (lowered_.draft.states[states_[i]].state.instance != instance) continue;
      const std::size_t port = graph::initial_port(*graph_.nodes[i].row);
      Value initial;
      if (port != graph::kNoInitial && graph_.nodes[i].inputs[port].source.valid()) {
        const graph::Source source = graph_.nodes[i].inputs[port].source;
        lower_literal(source.node);
        initial = value_of(source);
      }
      value_of({{i}, 0}).planes = remembered({i}, initial).planes;
    }
  }

  /// Nothing follows from a value that was refused, and nothing more is said about it.
  bool reads_bad(NodeIx ix) {
    for (const graph::Input& input : graph_[ix].inputs)
      if (input.source.valid() && bad_[input.source.node.v]) bad_[ix.v] = true;
    return bad_[ix.v];
  }

  void lower_node(NodeIx ix) {
    const Node& node = graph_[ix];
    std::vector<Value>& inputs = inputs_;
    inputs.assign(node.inputs.size(), {});
    for (std::size_t i = 0; i < node.inputs.size(); ++i)
      if (const graph::Source source = node.inputs[i].source; source.valid()) inputs[i] = value_of(source);
    if (node.kind == graph::NodeKind::Row) {
      bad_[ix.v] = !check_settings(ix, inputs);
      if (!bad_[ix.v]) lower_row(ix, inputs);
    } else if (node.kind == graph::NodeKind::Birth) {
      const NodeIx state = node.inputs[0].source.node;
      value_of({ix, 0}) = graph_[state].is_cut ? remembered(state, inputs[1]) : inputs[0];
    } else {
      value_of({ix, 0}) = lower_simple(lowered_.draft, node, inputs);
    }
  }

  /// Loops are cut, so what is left is a count that follows from what its own elements remember.
  void refuse_count_of_itself(graph::Component component) {
    for (const NodeIx ix : component) {
      bad_[ix.v] = true;
      if (!needed_[ix.v] || graph_[ix].row == nullptr || graph_[ix].row->form != blocks::Form::Instance) continue;
      const bool by_events = graph_[ix].row->ports[0].type == blocks::PortType::Event;
      findings_.report(
          ix, Code::E_CYCLE_DETECTED, graph_[ix].span,
          fmt::format("{} depends on the elements of `{}`",
                      by_events ? fmt::format("when `{}` are taken", graph_[ix].place)
                                : fmt::format("how many `{}` there are", graph_[ix].place),
                      graph_[ix].place),
          by_events ? "take them by what was computed a tick ago: a UnitDelay of a signal made of them, such as Reduce"
                    : "count them by what was computed a tick ago: put a UnitDelay around the count");
    }
  }

  /// Settings are constants by type, other ports may be: here they get their values checked.
  bool check_settings(NodeIx ix, const std::vector<Value>& inputs) {
    const Node& node = graph_[ix];
    bool sound = true;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const blocks::Port& port = node.port_of(i);
      if (inputs[i].type.payload == ir::Payload::Unknown || !port.has_range()) continue;
      for (std::uint8_t c = 0; c < inputs[i].components(); ++c) {
        const ir::Expr& expr = lowered_.draft.build[inputs[i].planes[c]];
        const double value = expr.value;
        if (expr.kind != ir::ExprKind::Constant || (value >= port.minimum && value <= port.maximum)) continue;
        const bool lanes = node.row->form == blocks::Form::Instance && value > port.maximum;
        findings_.report(
            ix, lanes ? Code::E_LIMIT_LANES : Code::E_CONST_VALUE_INVALID, node.inputs[i].span,
            fmt::format("`{0}` is {1}{4}, it may be {2}{4} to {3}{4}", port.name, to_text(value), to_text(port.minimum),
                        to_text(port.maximum), port.type == blocks::PortType::Time ? " ms" : ""),
            fmt::format("it is {}", port.doc));
        sound = false;
      }
    }
    return sound;
  }

  /// By port: the elements of its list, which stand behind the ports among the inputs.
  static std::vector<std::span<const Value>> lists_of(const Node& node, std::span<const Value> inputs) {
    std::vector<std::span<const Value>> lists(node.element_ports.empty() ? 0 : node.row->ports.size());
    std::span<const Value> rest = inputs.subspan(node.row->ports.size());
    for (std::size_t port = 0; port < lists.size(); ++port) {
      const auto count = std::count(node.element_ports.begin(), node.element_ports.end(), port);
      lists[port] = rest.first(static_cast<std::size_t>(count));
      rest = rest.subspan(static_cast<std::size_t>(count));
    }
    return lists;
  }

  void lower_row(NodeIx ix, std::vector<Value>& inputs) {
    const Node& node = graph_[ix];
    const bool remembers = states_[ix.v] != ~0u;
    outputs_.assign(values_of(ix).begin(), values_of(ix).end());
    const std::span<Value> outputs = outputs_;
    const std::size_t ports = node.row->ports.size();
    const std::vector<std::span<const Value>> lists = lists_of(node, inputs);
    blocks::Lowering lowering{
        lowered_.draft, lowered_.draft.build, *node.row, std::span(inputs).first(ports), node.words, outputs};
    lowering.lists = lists;
    lowering.instance = node.instance;
    lowering.salt = static_cast<std::uint32_t>(stable_id(node.identity).v);
    lowering.name = node.place;
    lowering.order_name = node.identity;
    if (ix.v < graph_.assets.size() && graph_.assets[ix.v] != nullptr) lowering.file = graph_.assets[ix.v];
    lowering.state_name = node.name;
    if (remembers) {
      const std::size_t initial = graph::initial_port(*node.row);
      lowering.state = remembered(ix, initial == graph::kNoInitial ? Value() : inputs[initial]);
      if (initial != graph::kNoInitial && !births_[ix.v].valid())
        read_initial(lowered_.draft.states[states_[ix.v]].state, inputs[initial]);
    }
    node.row->lower(lowering);
    bad_[ix.v] = !lowering.problems.empty();
    for (const blocks::Problem& problem : lowering.problems) {
      const blocks::Port& port = node.row->ports[problem.port];
      findings_.report(ix, port.file == blocks::FileKind::None ? Code::E_CONST_VALUE_INVALID : Code::E_ASSET,
                       node.inputs[problem.port].span, problem.sentence,
                       problem.hint.empty() ? fmt::format("it is {}", port.doc) : problem.hint);
    }
    if (remembers) lowered_.draft.states[states_[ix.v]].next = outputs[0].planes;
    if (!remembers || !node.is_cut) std::copy(outputs.begin(), outputs.end(), values_of(ix).begin());
    if (node.row->form == blocks::Form::Instance) see_fresh_lanes(node.instance);
  }

  void read_initial(ir::State& state, const Value& initial) {
    for (std::uint8_t c = 0; c < state.components; ++c)
      state.initial[c] = lowered_.draft.build[initial.planes[initial.components() == 1 ? 0 : c]].value;
  }

  void check_stages() {
    std::uint16_t last = 0;
    for (const ir::Expr& expr : lowered_.draft.build.table().exprs) last = std::max(last, expr.stage);
    if (last > kMaximumStages)
      findings_.report({}, Code::E_LIMIT_STAGES, {},
                       fmt::format("more than {} reductions depend on each other in a row", kMaximumStages),
                       "reduce several fields side by side instead of one after the other");
  }

  void check_lanes() {
    std::uint64_t lanes = 0;
    for (std::size_t i = 0; i < lowered_.draft.instances.size(); ++i) {
      const std::uint32_t own = lowered_.draft.instances[i].instance.lanes;
      lanes += own;
      if (own <= kMaximumInstanceLanes) continue;
      const NodeIx maker = graph_.instances[i];
      return findings_.report(
          maker, Code::E_LIMIT_LANES, graph_[maker].span,
          fmt::format("`{}` has {} lanes, at most {} are possible", graph_[maker].place, own, kMaximumInstanceLanes),
          "make fewer of them");
    }
    if (lanes > kMaximumLanes)
      findings_.report(
          {}, Code::E_LIMIT_LANES, {},
          fmt::format("all instances together have {} lanes, at most {} are possible", lanes, kMaximumLanes),
          "give an Array a smaller `count`");
  }

  void add_probe(const std::string& name, graph::Source source) {
    const Value& value = value_of(source);
    ProbeDraft draft;
    draft.probe.name = name;
    draft.probe.type = value.type;
    draft.probe.components = value.components();
    draft.probe.instance = value.type.instance;
    draft.values = value.planes;
    draft.list = value.list;
    lowered_.probes.push_back(std::move(draft));
  }

  void add_port(std::string_view place, std::string_view port, graph::Source source) {
    const Value& value = value_of(source);
    lowered_.ports.push_back({{}, graph_[source.node].span, value.type, value.planes});
    std::string& name = lowered_.ports.back().name;
    name.reserve(place.size() + port.size() + 1);
    name = place;
    if (!port.empty()) name.append(".").append(port);
  }

  void keep_origins() {
    for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i) {
      const std::span<const Value> values = values_of({i});
      for (std::uint16_t output = 0; output < values.size(); ++output) {
        const auto add = [&](ir::ExprId expr, std::uint8_t c) {
          if (expr.valid()) lowered_.origins.push_back({expr, {{i}, output}, c});
        };
        for (std::uint8_t c = 0; c < values[output].planes.size(); ++c) add(values[output].planes[c], c);
        add(values[output].list, 0);
      }
    }
    std::sort(lowered_.origins.begin(), lowered_.origins.end());
  }

  const graph::Graph& graph_;
  graph::Findings& findings_;
  Lowered lowered_;
  std::vector<bool> needed_;
  std::vector<Value> values_;               // by node, by output
  std::vector<std::uint32_t> first_value_;  // by node
  std::vector<Value> inputs_, outputs_;     // of the node that is being lowered
  std::vector<std::uint32_t> states_;       // by node: index of its state
  std::vector<ir::ExprId> births_;          // by node: whether its state has been there before; invalid: always
  std::vector<bool> bad_;                   // by node: it has no value, because of a mistake that is told
};

}  // namespace

Lowered lower(const graph::Graph& graph, const std::vector<std::string>& probe_names, graph::Findings& findings,
              Origins origins) {
  return Lowerer(graph, findings).run(probe_names, origins);
}

}  // namespace oscilla::compile
