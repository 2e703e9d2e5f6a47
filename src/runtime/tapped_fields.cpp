#include "runtime/tapped_fields.hpp"

#include <algorithm>
#include <optional>

#include "runtime/program_state.hpp"

namespace oscilla::runtime {
namespace {

/// The value of a field program that an expression is.
std::optional<ir::ValueIx> value_of(const ir::Program& program, const ir::FieldProgram& field, ir::ExprId id) {
  const ir::Expr& wanted = program.exprs[id];
  for (const ir::FieldInstr& instr : field.body) {
    if (instr.origin == id) return instr.first_result;
    if (!instr.origin.valid() || wanted.kind != ir::ExprKind::Op) continue;
    const ir::Expr& first = program.exprs[instr.origin];
    const bool same = first.kind == ir::ExprKind::Op && first.op == wanted.op && wanted.result < instr.results &&
                      std::ranges::equal(program.exprs.args_of(first), program.exprs.args_of(wanted));
    if (same) return ir::ValueIx{instr.first_result.v + wanted.result};
  }
  return std::nullopt;
}

/// The program with a store for each field that it computes and that has no tap yet.
ir::FieldProgram with_taps(ProgramState& state, std::uint32_t f, std::span<const ir::ExprId> wanted) {
  const ir::Program& program = *state.program;
  ir::FieldProgram field = program.fields[f];
  for (const ir::ExprId id : wanted) {
    if (std::ranges::find(state.tapped, id, &TappedField::expr) != state.tapped.end()) continue;
    const auto value = value_of(program, field, id);
    if (!value) continue;
    const auto tap = static_cast<std::uint32_t>(state.taps.size());
    field.stores.push_back({ir::StoreKind::Tap, 0, tap, {ir::Source::Value, program.exprs[id].base, 0, value->v}});
    state.taps.emplace_back(exec::padded_lanes(program.instances[field.instance.v].lanes));
    state.tap_planes.push_back(state.taps.back().data());
    state.tapped.push_back({id, f});
  }
  return field;
}

}  // namespace

void tap_fields(ProgramState& state, std::span<const ir::ExprId> wanted) {
  if (wanted.empty() && state.tapped.empty()) return;
  const ir::Program& program = *state.program;
  state.tapped.clear();
  state.taps.resize(program.probes.size());
  state.tap_planes.resize(program.probes.size());
  for (std::uint32_t f = 0; f < program.fields.size(); ++f) {
    const ir::FieldProgram field = program.fields[f].stable ? program.fields[f] : with_taps(state, f, wanted);
    state.blocks[f] = exec::link(program, field, f, link_options(state.options));
  }
  make_room_for_blocks(state);
  state.versions = Versions(program);  // all of them run once
}

}  // namespace oscilla::runtime
