#include "runtime/sabotage.hpp"

#include <utility>

namespace oscilla::runtime {
namespace {

void exchange(kernels::Op& op) {
  if (op == kernels::Op::Multiply) op = kernels::Op::Add;
}

}  // namespace

std::shared_ptr<const ir::Program> sabotaged(std::shared_ptr<const ir::Program> program, Sabotage sabotage) {
  if (sabotage != Sabotage::WrongOp) return program;
  auto wrong = std::make_shared<ir::Program>(*program);
  for (ir::ScalarInstr& instr : wrong->scalars) exchange(instr.op);
  for (ir::FieldProgram& field : wrong->fields)
    for (ir::FieldInstr& instr : field.body) exchange(instr.op);
  return wrong;
}

}  // namespace oscilla::runtime
