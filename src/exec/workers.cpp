#include "exec/workers.hpp"

#include <algorithm>

namespace oscilla::exec {

Workers make_workers(std::span<const BlockProgram> programs, std::uint32_t count) {
  std::size_t floats = 0;
  std::size_t planes = 0;
  std::size_t checked = 0;
  std::size_t glided = 0;
  for (const BlockProgram& program : programs) {
    floats = std::max(floats, std::size_t{program.registers} * program.block_lanes);
    planes = std::max(planes, std::size_t{program.planes()});
    if (!program.sinks.empty()) glided = std::max(glided, ir::kRoles * program.block_lanes);
    checked = std::max(checked, program.checked.size() + program.checked_memory.size());
  }
  Workers workers{.each = std::make_unique<Worker[]>(count), .count = count, .bytes = 0};
  for (std::uint32_t w = 0; w < count; ++w) {
    Worker& worker = workers.each[w];
    worker.registers = AlignedBuffer<float>(floats);
    worker.glided = AlignedBuffer<float>(glided);
    worker.planes = std::make_unique<float*[]>(planes);
    worker.checked = std::make_unique<const float*[]>(checked);
  }
  workers.bytes = count * (sizeof(Worker) + (floats + glided) * sizeof(float) + (planes + checked) * sizeof(float*));
  return workers;
}

}  // namespace oscilla::exec
