// Faults that tests put into the engine, to see that they are found. Nothing that a user can say leads here.
#pragma once

#include <cstdint>
#include <memory>

#include "ir/program.hpp"

namespace oscilla::runtime {

enum class Sabotage : std::uint8_t {
  None,
  SkipMigration,   ///< a swap leaves the new program's state as it was born
  DropReportLine,  ///< the report of a swap is silent about its last state
  ZeroGauge,       ///< offsets are forgotten: every number is at once where the new program has it
  WrongOp,         ///< every product is computed as a sum
};

/// The program that a session with this fault runs instead.
std::shared_ptr<const ir::Program> sabotaged(std::shared_ptr<const ir::Program> program, Sabotage sabotage);

}  // namespace oscilla::runtime
