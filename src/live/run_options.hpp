// What a host asks of a session as what the runtime is told: an instruction set that this machine has, sizes that
// blocks and chunks can have, and what its caches hold.
#pragma once

#include "oscilla/session.hpp"
#include "runtime/session.hpp"

namespace oscilla::live {

runtime::RunOptions run_options(const SessionOptions& options, TaskRunner runner, runtime::Sabotage sabotage);

}  // namespace oscilla::live
