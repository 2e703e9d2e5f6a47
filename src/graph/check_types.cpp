#include "graph/check_types.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include <fmt/format.h>

#include "graph/adapters.hpp"
#include "graph/type_rules.hpp"

namespace oscilla::graph {
namespace {

using blocks::Lanes;
using blocks::PortType;
using ir::Cardinality;
using ir::Payload;
using ir::Type;
using ir::Unit;
using kernels::Op;
using kernels::PayloadRule;
using kernels::UnitRule;

bool is_scalar_number(Payload payload) { return payload == Payload::Int || payload == Payload::Float; }

/// Whether a payload fits a port as it is (ints widen).
bool fits(Payload payload, PortType port) {
  switch (port) {
    case PortType::Int: return payload == Payload::Int;
    case PortType::Bool: return payload == Payload::Bool;
    case PortType::Vec2: return payload == Payload::Vec2;
    case PortType::Vec3: return payload == Payload::Vec3;
    case PortType::Color: return payload == Payload::Color;
    case PortType::Shape: return payload == Payload::Shape;
    case PortType::Position: return payload == Payload::Vec2 || payload == Payload::Vec3;
    case PortType::T: return ir::is_number(payload);
    case PortType::AnyT:
    case PortType::Domain: return true;
    default: return is_scalar_number(payload);
  }
}

std::string_view wanted(PortType port) {
  switch (port) {
    case PortType::Int: return "a whole number";
    case PortType::Bool: return "true or false";
    case PortType::Vec2: return "a vec2";
    case PortType::Vec3: return "a vec3";
    case PortType::Color: return "a colour";
    case PortType::Shape: return "a shape";
    case PortType::Position: return "a vec2 or vec3";
    case PortType::T: return "a number, vector or colour";
    case PortType::Time: return "a time";
    default: return "a number";
  }
}

std::string_view payload_hint(Payload payload, PortType port) {
  if (payload == Payload::Shape) return "a shape goes into Array or into a sink's `shape`";
  if (payload == Payload::Bool) return "a condition becomes a number with `condition ? 1 : 0`";
  if (port == PortType::Int && payload == Payload::Float) return "floor(), ceil() or round() make whole numbers";
  if ((port == PortType::Vec2 || port == PortType::Position) && is_scalar_number(payload))
    return "write a pair: (x, y)";
  if (port == PortType::Color) return "make a colour with hsv(h, s, v), rgb(r, g, b), or write #ff8800";
  if (ir::is_vector(payload)) return "take one component: .x, .y, ...";
  return "";
}

constexpr std::string_view kPlainHint = "divide by 1s, 1rad or 1deg to make a plain number of it";

/// "a time", "an int field", "an angle in deg".
std::string a(const Type& type) {
  const bool angle = type.payload == Payload::Float && (type.unit == Unit::Rad || type.unit == Unit::Deg);
  const std::string text = angle ? fmt::format("angle in {}", ir::describe(type)) : ir::describe(type);
  return fmt::format("{} {}", std::string_view("aeiou").find(text[0]) == std::string_view::npos ? "a" : "an", text);
}

class Checker {
 public:
  Checker(Graph& graph, Findings& findings) : graph_(graph), findings_(findings), bad_(graph.nodes.size()) {}

  void run(const std::vector<std::vector<NodeIx>>& order) {
    find_angles();
    for (const std::vector<NodeIx>& component : order) {
      const std::size_t before = findings_.list().size();
      for (const NodeIx ix : component) check(ix);
      if (findings_.list().size() == before) check_resolved(component);
    }
  }

 private:
  /// Whether anybody reads a node's value as an angle: functions such as floor() take a turn as its number.
  void find_angles() {
    read_as_angle_.resize(graph_.nodes.size());
    for (const Node& node : graph_.nodes)
      for (const Input& input : node.inputs)
        if (input.source.valid() && !(node.kind == NodeKind::Op && kernels::row_of(node.op).unit == UnitRule::Plain))
          read_as_angle_[input.source.node.v] = true;
  }

  void fail(NodeIx ix, Code code, Span span, std::string message, std::string_view hint = {}) {
    findings_.report(ix, code, span, std::move(message), std::string(hint));
    bad_[ix.v] = true;
  }

  /// A mistake is told where it is made: what reads its result is bad too, and silent. In a loop it may be told later
  /// than at its readers, which see a value of unknown type.
  void check(NodeIx ix) {
    const NodeKind kind = graph_[ix].kind;
    if (kind == NodeKind::Error) bad_[ix.v] = true;
    if (kind == NodeKind::Error || kind == NodeKind::Constant) return;
    for (const Input& input : graph_[ix].inputs)
      if (input.source.valid() && bad_[input.source.node.v]) bad_[ix.v] = true;
    if (bad_[ix.v] || reads_unknown(graph_[ix])) return check_known_ports(ix);
    const std::vector<Type> arriving = arriving_types(graph_, graph_[ix]);
    const NodeTypes joined = join_inputs(graph_[ix], arriving);
    if (!check_instances(ix, joined)) return;
    switch (kind) {
      case NodeKind::Row: check_row(ix, arriving, joined); break;
      case NodeKind::Op: check_op(ix, arriving, joined); break;
      case NodeKind::Swizzle: check_swizzle(ix, arriving[0]); break;
      case NodeKind::Combine: check_combine(ix, arriving, joined); break;
      default: break;
    }
  }

  /// Of a block that cannot be checked as a whole because something before it is wrong: the other arguments still can.
  void check_known_ports(NodeIx ix) {
    if (graph_[ix].kind != NodeKind::Row) return;
    for (std::size_t port = 0; port < graph_[ix].inputs.size(); ++port) {
      const Source source = graph_[ix].inputs[port].source;
      if (!source.valid() || bad_[source.node.v] || graph_.type_of(source).payload == Payload::Unknown) continue;
      if (is_generic(graph_[ix].row->ports[port].type)) continue;
      check_port(ix, port, graph_.type_of(source), {});
    }
  }

  bool reads_unknown(const Node& node) const {
    return std::any_of(node.inputs.begin(), node.inputs.end(), [&](const Input& input) {
      return input.source.valid() && graph_.type_of(input.source).payload == Payload::Unknown;
    });
  }

  /// Values of unknown type where nothing is wrong: once a loop.
  void check_resolved(const std::vector<NodeIx>& component) {
    const auto unknown = [&](NodeIx ix) {
      const std::vector<Type>& outputs = graph_[ix].outputs;
      return std::any_of(outputs.begin(), outputs.end(),
                         [](const Type& type) { return type.payload == Payload::Unknown; });
    };
    const auto sound = [&](NodeIx ix) {
      const std::vector<Input>& inputs = graph_[ix].inputs;
      return graph_[ix].kind != NodeKind::Error && std::none_of(inputs.begin(), inputs.end(), [&](const Input& input) {
               return input.source.valid() && bad_[input.source.node.v] &&
                      !std::binary_search(component.begin(), component.end(), input.source.node);
             });
    };
    if (std::none_of(component.begin(), component.end(), unknown) ||
        !std::all_of(component.begin(), component.end(), sound))
      return;
    const NodeIx ix = *std::find_if(component.begin(), component.end(), unknown);
    fail(ix, Code::E_TYPE_UNRESOLVED, graph_[ix].span, fmt::format("nothing says what type `{}` has", graph_[ix].place),
         "a loop needs a value of a definite type somewhere in it");
  }

  bool check_instances(NodeIx ix, const NodeTypes& joined) {
    if (!joined.other_instance.valid()) return true;
    const std::string& a = graph_[graph_.instances[joined.instance.v]].place;
    const std::string& b = graph_[graph_.instances[joined.other_instance.v]].place;
    fail(ix, Code::E_INSTANCE_MISMATCH, graph_[ix].span, fmt::format("lanes of `{}` meet lanes of `{}`", a, b),
         fmt::format("use fields of one of them only: lane 3 of `{}` has nothing to do with lane 3 of `{}`", a, b));
    return false;
  }

  // Catalogue rows
  void check_row(NodeIx ix, const std::vector<Type>& arriving, const NodeTypes& joined) {
    const blocks::Row& row = *graph_[ix].row;
    for (std::size_t port = 0; port < arriving.size(); ++port) {
      if (!graph_[ix].inputs[port].source.valid()) continue;
      if (check_port(ix, port, arriving[port], joined)) adapt_port(ix, port, arriving[port], joined);
    }
    if (bad_[ix.v]) return;
    if (joined.payloads_differ)
      fail(ix, Code::E_TYPE_MISMATCH, graph_[ix].span,
           fmt::format("the values of `{}` are of different types: {}", row.name, list_types(arriving)),
           joins_hint(arriving));
    else if (joined.units_differ)
      fail(ix, Code::E_UNIT_MISMATCH, graph_[ix].span,
           fmt::format("the values of `{}` have different units: {}", row.name, list_types(arriving)), kPlainHint);
  }

  bool check_port(NodeIx ix, std::size_t port_index, const Type& type, const NodeTypes& joined) {
    const blocks::Port& port = graph_[ix].row->ports[port_index];
    const Span span = graph_[ix].inputs[port_index].span;
    if (!fits(type.payload, port.type)) {
      fail(ix, Code::E_TYPE_MISMATCH, span,
           fmt::format("`{}` takes {}, this is {}", port.name, wanted(port.type), a(type)),
           payload_hint(type.payload, port.type));
      return false;
    }
    if (port.lanes == Lanes::Setting && type.cardinality != Cardinality::Zero) {
      fail(ix, Code::E_CONST_VALUE_INVALID, span, fmt::format("`{}` must be a constant", port.name),
           "it is fixed when the patch is compiled, so it may not depend on time or fields");
      return false;
    }
    if (port.lanes == Lanes::Setting && is_generic(port.type) && ir::is_vector(type.payload) &&
        type.payload != joined.payload) {
      fail(ix, Code::E_TYPE_MISMATCH, span,
           fmt::format("`{}` is {}, the value is {}", port.name, a(type), a({joined.payload})),
           "both must be of one type; a number goes to every component");
      return false;
    }
    if (port.lanes == Lanes::Signal && type.cardinality == Cardinality::Many) {
      fail(ix, Code::E_CARDINALITY_MISMATCH, span, fmt::format("`{}` takes one value, this is a field", port.name),
           "it is the same for all lanes, so nothing that comes out of an Array can stand here");
      return false;
    }
    if ((port.lanes == Lanes::Field || port.type == PortType::Domain) && type.cardinality != Cardinality::Many) {
      fail(ix, Code::E_CARDINALITY_MISMATCH, span, fmt::format("`{}` takes a field, this is one value", port.name),
           "an Array and what is made of it are fields");
      return false;
    }
    return true;
  }

  void adapt_port(NodeIx ix, std::size_t port_index, const Type& type, const NodeTypes& joined) {
    const blocks::Port& port = graph_[ix].row->ports[port_index];
    const Input input = graph_[ix].inputs[port_index];
    const bool is_block = graph_[ix].row->category != blocks::Category::Function;
    const std::string place = is_block ? fmt::format("{}.{}", graph_[ix].place, port.name) : graph_[ix].place;
    if (is_generic(port.type)) {
      if (joined.units_differ || joined.payloads_differ || type.unit == joined.unit || type.unit == Unit::Plain) return;
      if (const auto row = operand_adapter(type.unit, joined.unit)) return insert(ix, port_index, *row, place);
      return fail(ix, Code::E_UNIT_MISMATCH, input.span,
                  fmt::format("`{}` is {}, the other values have no such unit", port.name, a(type)), kPlainHint);
    }
    const PortAdapter adapter = port_adapter(type.unit, port.type);
    if (adapter.row) return insert(ix, port_index, *adapter.row, place);
    if (adapter.possible) return;
    const Node& source = graph_[input.source.node];
    if (port.type == PortType::Time && type.unit == Unit::Plain && source.kind == NodeKind::Constant &&
        source.constant[0] == 0)
      return;
    fail(ix, Code::E_UNIT_MISMATCH, input.span,
         fmt::format("`{}` takes {}, this is {}", port.name, unit_wanted(port.type), a(type)),
         port.type == PortType::Time && type.unit == Unit::Plain ? "say which unit: 120ms, 0.5s, 2min" : kPlainHint);
  }

  static std::string_view unit_wanted(PortType port) {
    switch (port) {
      case PortType::Time: return "a time";
      case PortType::Phase: return "a phase";
      case PortType::Angle:
      case PortType::Degrees: return "an angle";
      default: return "a plain number";
    }
  }

  // Operations
  void check_op(NodeIx ix, const std::vector<Type>& arriving, const NodeTypes& joined) {
    if (!check_op_payloads(ix, arriving, joined)) return;
    const kernels::OpRow& row = kernels::row_of(graph_[ix].op);
    switch (row.unit) {
      case UnitRule::Same:
      case UnitRule::SameToPlain: check_same_units(ix, arriving, joined); break;
      case UnitRule::Product:
      case UnitRule::Quotient: check_product(ix, arriving, row.unit == UnitRule::Product); break;
      case UnitRule::AngleToPlain: check_angle(ix, arriving[0]); break;
      case UnitRule::Keep: break;
      default: check_plain(ix, arriving); break;
    }
  }

  bool check_op_payloads(NodeIx ix, const std::vector<Type>& arriving, const NodeTypes& joined) {
    const Node& node = graph_[ix];
    const kernels::OpRow& row = kernels::row_of(node.op);
    for (std::size_t i = 0; i < arriving.size(); ++i) {
      const Payload payload = arriving[i].payload;
      const bool condition = row.payload == PayloadRule::Logic || (row.payload == PayloadRule::Select && i == 0);
      bool right = true;
      if (condition)
        right = payload == Payload::Bool;
      else if (row.payload == PayloadRule::Select)
        right = payload != Payload::Unknown && payload != Payload::Shape;
      else if (row.payload == PayloadRule::Compare || row.payload == PayloadRule::Scalar)
        right = is_scalar_number(payload);
      else if (row.payload == PayloadRule::Equality)
        right = is_scalar_number(payload) || payload == Payload::Bool;
      else
        right = ir::is_number(payload);
      if (right) continue;
      const bool chain = row.payload == PayloadRule::Compare && payload == Payload::Bool;
      const std::string_view hint = condition ? "compare it: x > 0.5"
                                    : chain   ? "write a < b && b < c"
                                              : payload_hint(payload, PortType::Float);
      fail(ix, Code::E_PAYLOAD_NOT_ALLOWED, node.inputs[i].span,
           fmt::format("{} takes {}, this is {}", described(node.op), condition ? "true or false" : "numbers",
                       a(arriving[i])),
           hint);
      return false;
    }
    const bool mixed_branches = row.payload == PayloadRule::Select && joined.payload != Payload::Unknown &&
                                !joined.payloads_differ && ir::is_vector(joined.payload) &&
                                arriving[1].payload != arriving[2].payload;
    if (!joined.payloads_differ && !mixed_branches) return true;
    const bool is_select = row.payload == PayloadRule::Select;
    fail(ix, Code::E_TYPE_MISMATCH, node.span,
         fmt::format("{} joins values of one type, these are {}", described(node.op),
                     list_types(is_select ? std::vector<Type>(arriving.begin() + 1, arriving.end()) : arriving)),
         mixed_branches ? "write both as vectors of one size" : joins_hint(arriving));
    return false;
  }

  void check_same_units(NodeIx ix, const std::vector<Type>& arriving, const NodeTypes& joined) {
    if (joined.units_differ) {
      fail(ix, Code::E_UNIT_MISMATCH, graph_[ix].span,
           fmt::format("{} joins values of one unit, these are {}", described(graph_[ix].op), list_types(arriving)),
           kPlainHint);
      return;
    }
    for (std::size_t i = 0; i < arriving.size(); ++i) {
      if (!is_operand(graph_[ix].op, i) || arriving[i].unit == joined.unit || arriving[i].unit == Unit::Plain) continue;
      if (const auto row = operand_adapter(arriving[i].unit, joined.unit))
        insert(ix, i, *row, graph_[ix].place);
      else
        return fail(ix, Code::E_UNIT_MISMATCH, graph_[ix].inputs[i].span,
                    fmt::format("{} joins {} with vectors, which are plain", described(graph_[ix].op), a(arriving[i])),
                    kPlainHint);
    }
  }

  void check_product(NodeIx ix, const std::vector<Type>& arriving, bool product) {
    const Unit left = arriving[0].unit, right = arriving[1].unit;
    const auto unit = product ? product_unit(left, right) : quotient_unit(left, right);
    const bool vector = ir::is_vector(graph_[ix].outputs[0].payload);
    if (!unit || (vector && *unit != Unit::Plain && *unit != Unit::Turn)) {
      fail(ix, Code::E_UNIT_MISMATCH, graph_[ix].span,
           fmt::format("{} cannot be {} {}", a(arriving[0]), product ? "multiplied by" : "divided by", a(arriving[1])),
           kPlainHint);
      return;
    }
    if (!product || !read_as_angle_[ix.v]) return;
    for (std::size_t i = 0; i < 2; ++i) {
      const Node& other = graph_[graph_[ix].inputs[1 - i].source.node];
      if (arriving[i].unit != Unit::Turn || other.kind != NodeKind::Constant || arriving[1 - i].unit != Unit::Plain)
        continue;
      for (const double factor : {180.0, 360.0, 3.14159265358979, 6.28318530717959, 12.5663706143592})
        if (std::abs(other.constant[0] / factor - 1) <= 0.001)
          findings_.report(
              ix, Code::W_PHASE_SCALED, graph_[ix].span, "a phase is an angle already; this turns it twice",
              "leave the factor out: sin(time.phaseA) is the sine of one turn; or use tau, which makes it rad");
    }
  }

  void check_angle(NodeIx ix, const Type& type) {
    if (type.unit == Unit::Deg) insert(ix, 0, *operand_adapter(Unit::Deg, Unit::Rad), graph_[ix].place);
    if (type.unit == Unit::Ms)
      fail(ix, Code::E_UNIT_MISMATCH, graph_[ix].inputs[0].span,
           fmt::format("{} takes an angle, this is a time", described(graph_[ix].op)),
           "divide by the time of one turn and multiply by 1turn, or use time.phaseA");
  }

  void check_plain(NodeIx ix, const std::vector<Type>& arriving) {
    for (std::size_t i = 0; i < arriving.size(); ++i)
      if (arriving[i].unit != Unit::Plain && arriving[i].unit != Unit::Turn)
        return fail(ix, Code::E_UNIT_MISMATCH, graph_[ix].inputs[i].span,
                    fmt::format("{} takes a plain number, this is {}", described(graph_[ix].op), a(arriving[i])),
                    kPlainHint);
  }

  void check_swizzle(NodeIx ix, const Type& type) {
    const Node& node = graph_[ix];
    if (!ir::is_vector(type.payload))
      return fail(ix, Code::E_TYPE_MISMATCH, node.span, fmt::format("{} has no components", a(type)),
                  "vectors and colours have: .x, .y, .z, .w or .r, .g, .b, .a");
    for (std::size_t i = 0; i < node.component_count; ++i)
      if (node.components[i] >= ir::planes_of(type.payload))
        return fail(
            ix, Code::E_UNKNOWN_NAME, node.span, fmt::format("{} has no `{}`", a(type), "xyzw"[node.components[i]]),
            fmt::format("it has {}", std::string_view("x, y, z, w").substr(0, 3u * ir::planes_of(type.payload) - 2u)));
  }

  void check_combine(NodeIx ix, const std::vector<Type>& arriving, const NodeTypes& joined) {
    const CombineMode mode = graph_[ix].combine;
    const bool picks = mode == CombineMode::First || mode == CombineMode::Last;
    const bool logic = mode == CombineMode::Or || mode == CombineMode::And;
    const bool right = picks || (logic                        ? joined.payload == Payload::Bool
                                 : mode == CombineMode::Blend ? joined.payload == Payload::Color
                                 : mode == CombineMode::Sum   ? ir::is_number(joined.payload)
                                                              : is_scalar_number(joined.payload));
    if (joined.payloads_differ || joined.units_differ)
      return fail(ix, Code::E_TYPE_MISMATCH, graph_[ix].span,
                  fmt::format("combine() joins values of one type, these are {}", list_types(arriving)),
                  joins_hint(arriving));
    if (!right || (joined.unit == Unit::Turn && !picks))
      return fail(ix, Code::E_PAYLOAD_NOT_ALLOWED, graph_[ix].span,
                  fmt::format("this mode does not combine {}", list_types(arriving)),
                  "first and last work on everything; sum on numbers, vectors and colours; or, and on conditions; "
                  "blend on colours");
    for (std::size_t i = 0; i < arriving.size(); ++i)
      if (arriving[i].unit != joined.unit && arriving[i].unit != Unit::Plain)
        if (const auto row = operand_adapter(arriving[i].unit, joined.unit)) insert(ix, i, *row, graph_[ix].place);
  }

  // Nodes
  void insert(NodeIx ix, std::size_t input_index, std::uint8_t row, std::string place) {
    const Input input = graph_[ix].inputs[input_index];
    Node node;
    node.kind = NodeKind::Adapter;
    node.adapter = row;
    node.span = input.span;
    node.definition = graph_[ix].definition;
    node.inputs = {input};
    Type type = graph_.type_of(input.source);
    node.instance = type.instance;
    type.unit = adapter_rows()[row].to;
    if (type.payload == Payload::Int) type.payload = Payload::Float;
    node.outputs = {type};
    node.name = fmt::format("{}.{}", place, adapter_rows()[row].name);
    const std::uint32_t n = ++adapter_counts_[node.name];
    if (n > 1) node.name += fmt::format("~{}", n);
    node.identity = node.name;
    node.place = std::move(place);
    graph_.nodes.push_back(std::move(node));
    bad_.push_back(false);
    graph_[ix].inputs[input_index].source = {{static_cast<std::uint32_t>(graph_.nodes.size() - 1)}, 0};
  }

  static std::string described(Op op) {
    switch (op) {
      case Op::Add: return "`+`";
      case Op::Subtract:
      case Op::Negate: return "`-`";
      case Op::Multiply: return "`*`";
      case Op::Divide: return "`/`";
      case Op::Modulo: return "`%`";
      case Op::Less:
      case Op::LessEqual:
      case Op::Equal:
      case Op::NotEqual: return "a comparison";
      case Op::And: return "`&&`";
      case Op::Or: return "`||`";
      case Op::Not: return "`!`";
      case Op::Select: return "`? :`";
      default: return fmt::format("`{}`", kernels::row_of(op).name);
    }
  }

  static std::string_view joins_hint(const std::vector<Type>& types) {
    const auto has = [&](Payload payload) {
      return std::any_of(types.begin(), types.end(), [=](const Type& t) { return t.payload == payload; });
    };
    if (has(Payload::Shape)) return "a shape goes into Array or into a sink's `shape`";
    if (has(Payload::Bool)) return "a condition becomes a number with `condition ? 1 : 0`";
    return "vectors must have the same number of components; take some with .xy, or add one with vec3(xy, z)";
  }

  static std::string list_types(const std::vector<Type>& types) {
    std::vector<std::string> texts;
    for (const Type& type : types)
      if (type.payload != Payload::Unknown) texts.push_back(a(type));
    if (texts.size() == 1) return texts[0];
    const auto last = texts.end() - (texts.empty() ? 0 : 1);
    return fmt::format("{} and {}", fmt::join(texts.begin(), last, ", "), fmt::join(last, texts.end(), ""));
  }

  Graph& graph_;
  Findings& findings_;
  std::vector<bool> bad_;
  std::vector<bool> read_as_angle_;
  std::unordered_map<std::string, std::uint32_t> adapter_counts_;  // looked up only
};

}  // namespace

std::vector<Type> arriving_types(const Graph& graph, const Node& node) {
  std::vector<Type> types(node.inputs.size());
  for (std::size_t i = 0; i < node.inputs.size(); ++i)
    if (node.inputs[i].source.valid()) types[i] = graph.type_of(node.inputs[i].source);
  return types;
}

void check_types(Graph& graph, const std::vector<std::vector<NodeIx>>& order, Findings& findings) {
  Checker(graph, findings).run(order);
}

}  // namespace oscilla::graph
