// Lowers one row on inputs made by hand, and works out the values of the expressions that come of it: signals in 64
// bits, fields rounded to 32 bits after every op, as a running program has them.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "blocks/lowering.hpp"
#include "kernels/kernel_table.hpp"

namespace oscilla::blocks {

inline void fold_by_kernels(kernels::Op op, const double* args, double* results) {
  std::uint32_t zero_divisor = 0;
  kernels::scalar_kernel(op)(args, results, &zero_divisor);
}

class Bench {
 public:
  static constexpr ir::InstanceIx kInstance{0};

  explicit Bench(std::uint32_t lanes = 5, std::uint32_t seed = 0) : draft(fold_by_kernels) {
    draft.seed = seed;
    InstanceDraft instance;
    instance.instance = {StableId{77}, "dots.Array", lanes};
    draft.instances.push_back(instance);
  }

  /// Another instance, of as many lanes.
  ir::InstanceIx add_instance() {
    InstanceDraft instance;
    instance.instance = {StableId{78}, "others.Array", draft.instances[0].instance.lanes};
    draft.instances.push_back(instance);
    return {static_cast<std::uint32_t>(draft.instances.size() - 1)};
  }

  /// What is in a mesh file: three vertices.
  Mesh mesh = [] {
    Mesh made;
    made.vertices = 3;
    for (std::vector<float>& stream : made.streams) stream = {0, 1, 0.5f};
    return made;
  }();

  /// What is in an SVG file.
  Drawing drawing{.parts = {{.data = "M0 0H4V2Z", .transform = {}, .line = 1}},
                  .names = {{"part", 0, 1}},
                  .has_page = true,
                  .page = {0, 0, 8, 4}};

  Value constant(ir::Payload payload, std::initializer_list<double> values, ir::Unit unit = ir::Unit::Plain) {
    Value value;
    value.type.payload = payload;
    value.type.unit = unit;
    std::size_t i = 0;
    for (const double x : values) value.planes[i++] = draft.build.constant(x, base_of(payload));
    return value;
  }
  Value number(double x, ir::Unit unit = ir::Unit::Plain) { return constant(ir::Payload::Float, {x}, unit); }
  Value whole(double x) { return constant(ir::Payload::Int, {x}); }
  Value boolean(bool x) { return constant(ir::Payload::Bool, {x ? 1.0 : 0.0}); }
  Value vec2(double x, double y) { return constant(ir::Payload::Vec2, {x, y}); }
  Value vec3(double x, double y, double z) { return constant(ir::Payload::Vec3, {x, y, z}); }
  Value color(double r, double g, double b, double a) { return constant(ir::Payload::Color, {r, g, b, a}); }
  /// An event that is a signal, and never there.
  Value event() { return event_of(draft, draft.build.event(ir::EventOp::Input, {}, 0, StableId{55}), "hit"); }
  Value signal(ir::TimeValue which) {
    Value value = number(0);
    value.type.cardinality = ir::Cardinality::One;
    value.planes[0] = draft.build.time(which);
    return value;
  }
  /// The lane number as a field.
  Value lane() { return field(draft.build.index(kInstance, draft.instances[0].instance.id)); }
  /// (lane / lanes) as a field.
  Value share() {
    const auto lanes = draft.build.constant(draft.instances[0].instance.lanes);
    return field(draft.build.op(kernels::Op::Divide, {lane().planes[0], lanes}));
  }
  /// A value times the lane number.
  Value over_lanes(Value value) {
    value.type.cardinality = ir::Cardinality::Many;
    value.type.instance = kInstance;
    for (std::uint8_t c = 0; c < value.components(); ++c)
      value.planes[c] = draft.build.op(kernels::Op::Multiply, {lane().planes[0], value.planes[c]});
    return value;
  }
  Value field(ir::ExprId expr) {
    Value value = number(0);
    value.type.cardinality = ir::Cardinality::Many;
    value.type.instance = kInstance;
    value.planes[0] = expr;
    return value;
  }

  using Given = std::map<std::string_view, Value>;
  using Words = std::map<std::string_view, std::string_view>;
  using Lists = std::map<std::string_view, std::vector<Value>>;

  /// The outputs of `row` for these inputs; what is not given is the port's default.
  std::vector<Value> lower(const Row& row, const Given& given = {}, const Words& words = {}, const Lists& lists = {}) {
    std::vector<std::span<const Value>> elements;
    std::vector<Value> inputs;
    std::vector<std::string_view> chosen;
    ir::Type type_of_t = number(0).type;
    ir::Type type_of_any = empty_value(PortType::Shape, type_of_t).type;
    for (const Port& port : row.ports) {
      const auto found = given.find(port.name);
      inputs.push_back(found != given.end() ? found->second : fallback(port));
      const auto list = lists.find(port.name);
      elements.push_back(list == lists.end() ? std::span<const Value>() : std::span<const Value>(list->second));
      const auto word = words.find(port.name);
      chosen.push_back(word != words.end()  ? std::string_view(word->second)
                       : port.words.empty() ? std::string_view()
                                            : port.words[0]);
      if ((port.type == PortType::T || port.type == PortType::Place || port.type == PortType::AnyValue) &&
          inputs.back().components() > ir::planes_of(type_of_t.payload)) {
        type_of_t = inputs.back().type;
      }
      if (port.type == PortType::AnyT && found != given.end()) type_of_any = found->second.type;
    }
    std::vector<Value> outputs;
    for (const Output& output : row.outputs) {
      outputs.push_back(empty_value(output.type, output.type == PortType::AnyT ? type_of_any : type_of_t));
    }
    Value state = row.form == Form::State ? state_of(outputs[0].type) : Value{};
    Lowering lowering{draft, draft.build, row, inputs, chosen, outputs, kInstance, salt, state, name, name, {}};
    lowering.lists = elements;
    AssetFile file{"a.svg", std::make_shared<const Mesh>(mesh), {}, std::make_shared<const Drawing>(drawing)};
    lowering.file = &file;
    row.lower(lowering);
    problems = lowering.problems;
    return outputs;
  }
  std::vector<Value> lower(std::string_view kind, const Given& given = {}, const Words& words = {},
                           const Lists& lists = {}) {
    const Row* row = find_kind(kind);
    EXPECT_NE(row, nullptr) << kind;
    return lower(*row, given, words, lists);
  }
  std::vector<Value> call(std::string_view function, const Given& given, const Words& words = {}) {
    const Row* row = find_function(function, given.size());
    EXPECT_NE(row, nullptr) << function;
    return lower(*row, given, words);
  }

  /// What an expression is in a lane, now.
  double value_of(ir::ExprId id, std::uint32_t lane = 0) const {
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> known;
    known_ = known_ == nullptr ? &known : known_;
    const auto [found, added] = known_->try_emplace({id.v, lane}, 0);
    const double value = added ? computed(id, lane) : found->second;
    found->second = value;
    if (known_ == &known) known_ = nullptr;
    return value;
  }
  double computed(ir::ExprId id, std::uint32_t lane) const {
    const ir::Expr& expr = draft.build[id];
    switch (expr.kind) {
      case ir::ExprKind::Constant: return expr.value;
      case ir::ExprKind::Time: return times[expr.index];
      case ir::ExprKind::Channel:
      case ir::ExprKind::Event:
      case ir::ExprKind::Voice:
      case ir::ExprKind::EventRead: return 0;
      case ir::ExprKind::StateRead: return states[expr.result];
      case ir::ExprKind::Gather: {
        const std::span<const ir::ExprId> args = draft.build.table().args_of(expr);
        const double last = draft.instances[draft.build[args[0]].instance.v].instance.lanes - 1.0;
        return value_of(args[0], static_cast<std::uint32_t>(std::clamp(value_of(args[1], lane), 0.0, last)));
      }
      case ir::ExprKind::Asset: return mesh.streams[expr.index][lane];
      case ir::ExprKind::Scan: return joined(expr, lane);
      case ir::ExprKind::Reduce: {
        const ir::Expr& field = draft.build[draft.build.table().args_of(expr)[0]];
        return joined(expr, draft.instances[field.instance.v].instance.lanes - 1);
      }
      default: break;
    }
    if (expr.op == kernels::Op::Index) return lane;
    std::array<double, kernels::kMaximumArity> args{};
    std::array<double, kernels::kMaximumResults> results{};
    const bool is_field = expr.cardinality == ir::Cardinality::Many;
    std::size_t count = 0;
    for (const ir::ExprId arg : draft.build.table().args_of(expr)) {
      const double x = value_of(arg, lane);
      args[count++] = is_field && draft.build[arg].base != ir::Base::Bits ? static_cast<float>(x) : x;
    }
    if (is_field && expr.op == kernels::Op::HashUnit) return std::floor(args[0] / 256) * 0x1p-24;
    fold_by_kernels(expr.op, args.data(), results.data());
    const double result = results[expr.result];
    return is_field && expr.base != ir::Base::Bits ? static_cast<float>(result) : result;
  }
  double value_of(const Value& value, std::size_t component = 0, std::uint32_t lane = 0) const {
    return value_of(value.planes[component], lane);
  }

  /// Lanes 0 to `last` of what a scan or reduction joins.
  double joined(const ir::Expr& expr, std::uint32_t last) const {
    const ir::ExprId field = draft.build.table().args_of(expr)[0];
    double total = value_of(field, 0);
    for (std::uint32_t lane = 1; lane <= last; ++lane) {
      const double x = value_of(field, lane);
      switch (static_cast<ir::Reduction>(expr.index)) {
        case ir::Reduction::Minimum: total = std::min(total, x); break;
        case ir::Reduction::Maximum: total = std::max(total, x); break;
        default: total += x; break;
      }
    }
    return expr.index == static_cast<std::uint32_t>(ir::Reduction::Average) ? total / (last + 1) : total;
  }

  Draft draft;
  std::array<double, ir::kTimeValues> times{};  ///< by TimeValue
  std::array<double, 4> states{};               ///< by component: what State rows remember
  std::uint32_t salt = 0x1234567;
  std::string name = "block.Kind";
  std::vector<Problem> problems;

 private:
  /// By expression and lane, while one value is worked out: what is used often is computed once.
  mutable std::map<std::pair<std::uint32_t, std::uint32_t>, double>* known_ = nullptr;

  static ir::Base base_of(ir::Payload payload) {
    if (payload == ir::Payload::Int) return ir::Base::Int;
    return payload == ir::Payload::Bool ? ir::Base::Bool : ir::Base::Float;
  }

  static ir::Type type_of(PortType type, const ir::Type& type_of_t) {
    ir::Type result;
    result.payload = ir::Payload::Float;
    switch (type) {
      case PortType::Int: result.payload = ir::Payload::Int; break;
      case PortType::Bool: result.payload = ir::Payload::Bool; break;
      case PortType::Vec2:
      case PortType::Position: result.payload = ir::Payload::Vec2; break;
      case PortType::Vec3: result.payload = ir::Payload::Vec3; break;
      case PortType::Color: result.payload = ir::Payload::Color; break;
      case PortType::Shape: result.payload = ir::Payload::Shape; break;
      case PortType::Event: result.payload = ir::Payload::Event; break;
      case PortType::T:
      case PortType::Place:
      case PortType::AnyT:
      case PortType::AnyValue: result = type_of_t; break;
      case PortType::Phase: result.unit = ir::Unit::Turn; break;
      case PortType::Time: result.unit = ir::Unit::Ms; break;
      default: break;
    }
    return result;
  }

  static Value empty_value(PortType type, const ir::Type& type_of_t) {
    Value value;
    value.type = type_of(type, type_of_t);
    return value;
  }

  Value fallback(const Port& port) {
    Value value = empty_value(port.type, number(0).type);
    switch (port.fallback.kind) {
      case Fallback::Kind::Number:
        for (std::size_t i = 0; i < value.components(); ++i) {
          value.planes[i] = draft.build.constant(port.fallback.value[i], base_of(value.type.payload));
        }
        return value;
      case Fallback::Kind::PhaseA: return signal(ir::TimeValue::PhaseA);
      case Fallback::Kind::Element:
      case Fallback::Kind::Required:
      case Fallback::Kind::Absent: return Value{};
    }
    return Value{};
  }

  Value state_of(const ir::Type& type) {
    Value state;
    state.type = type;
    for (std::uint8_t i = 0; i < state.components(); ++i) {
      state.planes[i] = draft.build.state_read(ir::StateIx{0}, StableId{99}, i, base_of(type.payload), {});
    }
    return state;
  }
};

}  // namespace oscilla::blocks
