// One block of one field program while it runs: what its stores need to know. Inside run_fields and draw_sinks only.
#pragma once

#include "exec/run_fields.hpp"

namespace oscilla::exec {

struct FieldBlock {
  const FieldRun& run;
  const BlockProgram& program;
  const kernels::FrameKernels& frame;
  Worker& worker;
  std::size_t index;  // of the program in the run
  std::uint32_t first_lane;
  std::uint32_t lanes;

  float* plane(std::uint16_t index) const { return worker.planes[index]; }
  std::size_t bytes() const { return std::size_t{lanes} * sizeof(float); }
};

}  // namespace oscilla::exec
