// The field half of a program: one FieldProgram for each (instance, stage) that something is computed in. A value is
// computed where it is used; a stable one that costs more than a load is a cache, one that an earlier program of the
// instance has computed is spilled by it where that is cheaper. Neither ever shows.
#pragma once

#include <cstdint>
#include <vector>

#include "compile/liveness.hpp"
#include "compile/lower.hpp"
#include "compile/slots.hpp"
#include "compile/storage.hpp"
#include "compile/when.hpp"
#include "ir/program.hpp"

namespace oscilla::compile {

/// When each reduction and scan is finished: in the stage of its field.
struct JoinTimes {
  std::vector<When> reductions;
  std::vector<When> scans;
};

/// What a cached plane is known by: equal for equal values of equal lanes, whatever program of this engine they are in.
Hash128 cache_key(std::uint32_t engine, Hash128 value, const ir::Program& program, ir::InstanceIx instance);

/// Adds field programs (prepare first, ascending by stage, then instance), planes, reductions and scans.
JoinTimes plan_fields(const Lowered& lowered, const Liveness& live, const std::vector<std::uint32_t>& state_numbers,
                      const Slots& slots, const Storage& storage, ir::Program& program);

}  // namespace oscilla::compile
