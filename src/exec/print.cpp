#include "exec/print.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ir/print.hpp"

namespace oscilla::exec {
namespace {

class Printer {
 public:
  Printer(const BlockProgram& block, const ir::Program& program) : block_(block), program_(program) {}

  std::string print() {
    print_head();
    for (std::size_t n = 0; n < block_.instrs.size(); ++n) print_instr(block_.ops[n], block_.instrs[n]);
    print_stores();
    return std::move(out_);
  }

 private:
  template <class... Args>
  void line(fmt::format_string<Args...> text, Args&&... args) {
    out_ += fmt::format(text, std::forward<Args>(args)...);
    out_ += '\n';
  }

  std::string memory_text(const MemoryPlane& plane) const {
    if (plane.memory == Memory::Plane) return fmt::format("p{}", plane.index);
    const std::string_view next = plane.memory == Memory::NextState ? "next " : "";
    return fmt::format("{}{}[{}]", next, program_.states[plane.index].name, plane.component);
  }
  std::string plane_text(std::uint16_t plane) const {
    if (plane < block_.registers) return fmt::format("r{}", plane);
    return memory_text(block_.memory[plane - block_.registers]);
  }
  std::string uniform_text(std::uint16_t uniform) const {
    return ir::slot_text(program_, block_.uniforms[uniform].slot);
  }

  void print_head() {
    const ir::Instance& instance = program_.instances[block_.instance.v];
    line("block program {}: instance {}, {}stage {}, {} lanes in blocks of {}, {}, {}", block_.field, instance.name,
         program_.fields[block_.field].stable ? "prepare, " : "", program_.fields[block_.field].stage, block_.lanes,
         block_.block_lanes, kernels::name_of(block_.isa), block_.optimised ? "optimised" : "not optimised");
    line("  {} registers, {} bytes", block_.registers,
         std::size_t{block_.registers} * block_.block_lanes * sizeof(float));
    for (const Broadcast& broadcast : block_.broadcasts) {
      line("  r{} = {} in all lanes, once", broadcast.plane, uniform_text(broadcast.uniform));
    }
  }

  void print_instr(const BlockOp& op, const kernels::BlockInstr& instr) {
    std::string results;
    for (std::size_t k = 0; k < op.results; ++k) results += fmt::format("{}r{}", k == 0 ? "" : ", ", instr.results[k]);
    std::string args;
    for (std::size_t i = 0; i < op.arity; ++i) {
      const bool uniform = (op.uniform_mask >> i & 1u) != 0;
      args += " " + (uniform ? uniform_text(instr.args[i]) : plane_text(instr.args[i]));
    }
    if (op.op == kernels::Op::Gather) args += " of " + memory_text(block_.sources[instr.args[1]].plane);
    line("  {} = {}{}", results, kernels::row_of(op.op).name, args);
  }

  void print_stores() {
    for (const TapStore& tap : block_.taps) {
      line("  store probe {}[{}] <- {}", program_.probes[tap.probe.v].name, tap.component, plane_text(tap.from));
    }
    for (const PlaneStore& store : block_.planes_out) line("  store p{} <- {}", store.plane.v, plane_text(store.from));
    std::string apart, packed;
    const auto of = [&](std::uint16_t plane) -> std::string& {
      return std::ranges::find(block_.apart, plane) != block_.apart.end() ? apart : packed;
    };
    for (const std::uint16_t plane : block_.checked) of(plane) += " " + plane_text(plane);
    for (const CheckedPlane& plane : block_.checked_memory)
      of(plane.plane) += fmt::format(" {} (else r{})", plane_text(plane.plane), plane.spare);
    if (!apart.empty()) line("  check{}", apart);
    if (!packed.empty()) line("  check while packing{}", packed);
    for (const PartialStore& partial : block_.partials) {
      line("  store reduction {} <- {}", partial.reduction, plane_text(partial.from));
    }
    for (const SinkStore& sink : block_.sinks) print_sink(sink);
    for (const Move& move : block_.moves) line("  {} = {}", plane_text(move.to), plane_text(move.from));
    for (const StateStore& store : block_.stores) {
      line("  store state {} <- {}", plane_text(store.to), plane_text(store.from));
    }
  }

  void print_sink(const SinkStore& sink) {
    std::string roles;
    for (std::size_t role = 0; role < ir::kRoles; ++role) {
      if (!sink.has[role]) continue;
      roles += fmt::format(" {} {}", ir::name_of(static_cast<ir::Role>(role)), plane_text(sink.from[role]));
    }
    line("  project, key, pack sink {} <-{}", program_.sinks[sink.sink.v].name, roles);
  }

  const BlockProgram& block_;
  const ir::Program& program_;
  std::string out_;
};

}  // namespace

std::string print(const BlockProgram& block, const ir::Program& program) { return Printer(block, program).print(); }

}  // namespace oscilla::exec
