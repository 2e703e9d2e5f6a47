#include "exec/link_scalars.hpp"

namespace oscilla::exec {

std::vector<ScalarCode> link_scalars(const ir::Program& program) {
  const auto spare = static_cast<std::uint32_t>(program.slots.size());
  std::vector<ScalarCode> code;
  code.reserve(program.scalars.size());
  for (const ir::ScalarInstr& instr : program.scalars) {
    ScalarCode linked{.run = kernels::scalar_kernel(instr.op), .results = instr.results, .arity = instr.arity};
    for (std::size_t k = 0; k < instr.results; ++k) {
      linked.result_slots[k] = instr.result_slots[k].valid() ? instr.result_slots[k].v : spare;
    }
    for (std::size_t i = 0; i < instr.arity; ++i) linked.arg_slots[i] = instr.arg_slots[i].v;
    code.push_back(linked);
  }
  return code;
}

std::vector<CommitCode> link_commits(const ir::Program& program) {
  std::vector<CommitCode> code;
  for (const ir::State& state : program.states) {
    if (state.instance.valid()) continue;
    for (std::size_t c = 0; c < state.components; ++c) code.push_back({state.next[c].v, state.slots[c].v});
  }
  return code;
}

}  // namespace oscilla::exec
