#include "live/trace_rows.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ir/print.hpp"
#include "live/traced_places.hpp"
#include "patch/patch.hpp"

namespace oscilla::live {
namespace {

using ir::ExprId;
using ir::ExprKind;
using ir::Role;

constexpr std::uint32_t kNone = ~0u;

/// What a lane of a picture is called, as `plot` calls it.
std::string_view drawn_name(Role role) {
  return role == Role::Z ? "depth" : role == Role::Alpha ? "opacity" : ir::name_of(role);
}

}  // namespace

TraceRow TraceRows::of(TraceKind kind, ExprId id) const {
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

void TraceRows::name_port(TraceRow& row, std::uint32_t port) const {
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

std::string TraceRows::component(const ir::Type& type, std::size_t components, std::size_t c) {
  if (components == 1) return {};
  if (type.payload == ir::Payload::Event) return c == 0 ? ".fired" : ".value";
  return std::string(".") + (type.payload == ir::Payload::Color ? "rgba" : "xyzw")[c];
}

std::string TraceRows::name_of(ExprId id) const {
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
  const std::string what =
      expr.kind == ExprKind::Op ? std::string(kernels::row_of(expr.op).name) : ir::expression_text(program_.exprs, id);
  return fmt::format("{}: {}", port.name, what);
}

std::uint32_t TraceRows::read_of(std::uint32_t state, std::uint8_t component) const {
  const auto& exprs = program_.exprs.exprs;
  const auto found = std::ranges::find_if(exprs, [&](const ir::Expr& expr) {
    return expr.kind == ExprKind::StateRead && expr.index == state && expr.result == component;
  });
  return found == exprs.end() ? kNone : static_cast<std::uint32_t>(found - exprs.begin());
}

TraceRow TraceRows::of_block(TraceKind kind, std::string_view name, ir::InstanceIx instance) const {
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

TraceRow TraceRows::of_role(TraceKind kind, const ir::Sink& sink, Role role) const {
  const ExprId id = sink.roles[static_cast<std::size_t>(role)];
  TraceRow row = of(kind, id);
  for (std::uint32_t port = 0; port < program_.ports.size(); ++port)
    if (blocks_[port] == sink.name &&
        std::ranges::find(program_.ports[port].values, id) != program_.ports[port].values.end())
      name_port(row, port);
  row.block = sink.name;
  row.instance = program_.instances[sink.instance.v].name;
  row.name = fmt::format("frame.{}.{}", sink.name, drawn_name(role));
  return row;
}

}  // namespace oscilla::live
