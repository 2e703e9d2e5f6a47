// Makes a field program executable. In: a valid Program, one of its field programs, what to link for. Out: a
// BlockProgram. The options never change a bit of what it computes.
#pragma once

#include <cstdint>

#include "exec/block_program.hpp"

namespace oscilla::exec {

struct LinkOptions {
  kernels::Isa isa = kernels::Isa::Scalar;
  std::uint32_t block_lanes = kernels::kBlockLanes;  ///< a multiple of kLanePadding, at most kUnitLanes
  bool optimise = true;
};

BlockProgram link(const ir::Program& program, std::uint32_t field, const LinkOptions& options);

/// The same of a field program that lacks some of the stores of number `field`, and what is computed for them.
BlockProgram link(const ir::Program& program, const ir::FieldProgram& source, std::uint32_t field,
                  const LinkOptions& options);

}  // namespace oscilla::exec
