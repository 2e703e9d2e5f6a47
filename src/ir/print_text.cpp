#include "ir/print_text.hpp"

#include <fmt/format.h>

#include "ir/print.hpp"

namespace oscilla::ir {
namespace {

/// The operator that an artist writes for an op, if there is one.
std::string_view operator_of(kernels::Op op) {
  switch (op) {
    case kernels::Op::Add: return "+";
    case kernels::Op::Subtract: return "-";
    case kernels::Op::Multiply: return "*";
    case kernels::Op::Divide: return "/";
    case kernels::Op::Modulo: return "%";
    case kernels::Op::Less: return "<";
    case kernels::Op::LessEqual: return "<=";
    case kernels::Op::Equal: return "==";
    case kernels::Op::NotEqual: return "!=";
    case kernels::Op::And: return "&&";
    case kernels::Op::Or: return "||";
    default: return {};
  }
}

std::string op_text(const ExprTable& exprs, const Expr& expr, int depth) {
  const auto args = exprs.args_of(expr);
  if (depth == 0 && !args.empty()) return "...";
  const std::string_view symbol = operator_of(expr.op);
  if (!symbol.empty()) {
    return fmt::format("({} {} {})", expression_text(exprs, args[0], depth - 1), symbol,
                       expression_text(exprs, args[1], depth - 1));
  }
  std::string text(kernels::row_of(expr.op).name);
  if (args.empty()) return text;
  for (std::size_t i = 0; i < args.size(); ++i) {
    text += (i == 0 ? "(" : ", ") + expression_text(exprs, args[i], depth - 1);
  }
  text += ")";
  if (kernels::row_of(expr.op).results > 1) text += fmt::format("[{}]", expr.result);
  return text;
}

}  // namespace

std::string_view name_of(Role role) {
  switch (role) {
    case Role::X: return "x";
    case Role::Y: return "y";
    case Role::Z: return "z";
    case Role::Size: return "size";
    case Role::Red: return "red";
    case Role::Green: return "green";
    case Role::Blue: return "blue";
    case Role::Alpha: return "alpha";
    case Role::Rotation: return "rotation";
    case Role::ScaleX: return "scale x";
    case Role::ScaleY: return "scale y";
    case Role::Shape: return "shape";
    case Role::Stroke: return "stroke";
    case Role::StrokeRed: return "stroke red";
    case Role::StrokeGreen: return "stroke green";
    case Role::StrokeBlue: return "stroke blue";
    case Role::StrokeAlpha: return "stroke alpha";
  }
  return {};
}

std::string_view name_of(Reduction reduction) {
  switch (reduction) {
    case Reduction::Sum: return "sum";
    case Reduction::Average: return "average";
    case Reduction::Minimum: return "minimum";
    case Reduction::Maximum: return "maximum";
  }
  return {};
}

std::string_view name_of(TimeValue value) {
  switch (value) {
    case TimeValue::TMs: return "tMs";
    case TimeValue::Dt: return "dt";
    case TimeValue::PhaseA: return "phaseA";
    case TimeValue::PhaseB: return "phaseB";
    case TimeValue::Running: return "running";
  }
  return {};
}

std::string_view name_of(MeshStream stream) {
  switch (stream) {
    case MeshStream::X: return "x";
    case MeshStream::Y: return "y";
    case MeshStream::Z: return "z";
    case MeshStream::NormalX: return "normal x";
    case MeshStream::NormalY: return "normal y";
    case MeshStream::NormalZ: return "normal z";
    case MeshStream::U: return "u";
    case MeshStream::V: return "v";
  }
  return {};
}

std::string_view name_of(VoicePart part) {
  switch (part) {
    case VoicePart::Active: return "active";
    case VoicePart::Gate: return "gate";
    case VoicePart::Age: return "age";
    case VoicePart::Key: return "key";
    case VoicePart::Velocity: return "velocity";
    case VoicePart::Start: return "start";
    case VoicePart::Note: return "note";
  }
  return {};
}

std::string_view name_of(ChannelKind kind) {
  switch (kind) {
    case ChannelKind::Value: return "value";
    case ChannelKind::Pulse: return "pulse";
    case ChannelKind::Accumulate: return "accumulate";
    case ChannelKind::Latch: return "latch";
    case ChannelKind::Event: return "event";
  }
  return {};
}

std::string_view name_of(EventOp op) {
  switch (op) {
    case EventOp::Input: return "input";
    case EventOp::Emit: return "emit";
    case EventOp::Any: return "any";
    case EventOp::All: return "all";
    case EventOp::Gate: return "gate";
    case EventOp::Key: return "key";
    case EventOp::Delay: return "delay";
    case EventOp::Collect: return "collect";
  }
  return {};
}

std::string_view name_of(EventPart part) {
  switch (part) {
    case EventPart::Fired: return "fired";
    case EventPart::Count: return "count";
    case EventPart::Sum: return "sum";
    case EventPart::Last: return "last value";
    case EventPart::LastKey: return "last key";
  }
  return {};
}

namespace {

std::string arguments_text(const ExprTable& exprs, const Expr& expr, int depth) {
  std::string text;
  for (const ExprId arg : exprs.args_of(expr))
    text += (text.empty() ? "" : ", ") + (depth == 0 ? "..." : expression_text(exprs, arg, depth - 1));
  return text;
}

}  // namespace

std::string expression_text(const ExprTable& exprs, ExprId id, int depth) {
  const Expr& expr = exprs[id];
  switch (expr.kind) {
    case ExprKind::Constant: return to_text(expr.value);
    case ExprKind::Time: return fmt::format("time.{}", name_of(static_cast<TimeValue>(expr.index)));
    case ExprKind::Channel: return fmt::format("channel {}[{}]", expr.index, expr.result);
    case ExprKind::StateRead: return fmt::format("state {}[{}]", expr.index, expr.result);
    case ExprKind::Reduce: {
      const std::string arg = depth == 0 ? "..." : expression_text(exprs, exprs.args_of(expr)[0], depth - 1);
      return fmt::format("{}({})", name_of(static_cast<Reduction>(expr.index)), arg);
    }
    case ExprKind::Scan: {
      const std::string arg = depth == 0 ? "..." : expression_text(exprs, exprs.args_of(expr)[0], depth - 1);
      return fmt::format("{} up to here({})", name_of(static_cast<Reduction>(expr.index)), arg);
    }
    case ExprKind::Voice: return fmt::format("voice {}", name_of(static_cast<VoicePart>(expr.result)));
    case ExprKind::Asset: return fmt::format("mesh {}", name_of(static_cast<MeshStream>(expr.index)));
    case ExprKind::Event: {
      const auto op = static_cast<EventOp>(expr.result);
      if (op == EventOp::Input) return fmt::format("events of channel {}", expr.index);
      return fmt::format("{}({})", name_of(op), arguments_text(exprs, expr, depth));
    }
    case ExprKind::EventRead:
      return fmt::format("{} of {}", name_of(static_cast<EventPart>(expr.result)), arguments_text(exprs, expr, depth));
    case ExprKind::Gather:
    case ExprKind::Op: return op_text(exprs, expr, depth);
  }
  return {};
}

std::string slot_text(const Program& program, SlotIx slot) {
  if (slot.v < program.constant_slots) return to_text(program.slots[slot.v]);
  return fmt::format("s{}", slot.v);
}

std::string operand_text(const Program& program, const Operand& operand) {
  switch (operand.source) {
    case Source::Value: return fmt::format("v{}", operand.index);
    case Source::Uniform: return slot_text(program, SlotIx{operand.index});
    case Source::State: return fmt::format("{}[{}]", program.states[operand.index].name, operand.component);
    case Source::Plane: return fmt::format("p{}", operand.index);
  }
  return {};
}

std::string destination_text(const Program& program, const Store& store) {
  switch (store.kind) {
    case StoreKind::State: return fmt::format("state {}[{}]", program.states[store.destination].name, store.part);
    case StoreKind::Target:
      return fmt::format("target {}.{}", program.sinks[store.destination].name, name_of(static_cast<Role>(store.part)));
    case StoreKind::Partial: return fmt::format("reduction {}", store.destination);
    case StoreKind::Tap: return fmt::format("probe {}[{}]", program.probes[store.destination].name, store.part);
    case StoreKind::Spill: return fmt::format("spill p{}", store.destination);
    case StoreKind::Cache: return fmt::format("cache p{}", store.destination);
  }
  return {};
}

}  // namespace oscilla::ir
