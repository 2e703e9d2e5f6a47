#include "runtime/versions.hpp"

#include <algorithm>
#include <set>

namespace oscilla::runtime {

Versions::Versions(const ir::Program& program) : states_(static_cast<std::uint32_t>(program.states.size())) {
  versions_.assign(program.states.size() + program.planes.size(), 1);
  for (const ir::FieldProgram& field : program.fields) {
    std::set<std::uint32_t> read;
    const auto look_at = [&](const ir::Operand& operand) {
      if (operand.source == ir::Source::State || operand.source == ir::Source::Plane) read.insert(memory_of(operand));
    };
    for (const ir::FieldInstr& instr : field.body) {
      std::for_each_n(instr.args.begin(), instr.arity, look_at);
      if (instr.op == kernels::Op::Gather) look_at(instr.from);
    }
    for (const ir::Store& store : field.stores) look_at(store.value);
    Field made;
    for (const std::uint32_t memory : read) made.inputs.push_back({memory, 0});
    fields_.push_back(std::move(made));
  }
  for (const ir::ScanStep& scan : program.scans) scan_sources_.push_back(memory_of(scan.source));
  scans_seen_.assign(program.scans.size(), 0);
}

bool Versions::moved(std::uint32_t field) const {
  const Field& read = fields_[field];
  return !read.ran || std::any_of(read.inputs.begin(), read.inputs.end(),
                                  [&](const Input& input) { return versions_[input.memory] != input.seen; });
}

void Versions::note_run(std::uint32_t field) {
  fields_[field].ran = true;
  for (Input& input : fields_[field].inputs) input.seen = versions_[input.memory];
}

}  // namespace oscilla::runtime
