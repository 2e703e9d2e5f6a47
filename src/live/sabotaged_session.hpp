// Sessions with a fault in them, for tests.
#pragma once

#include "oscilla/edit_storm.hpp"
#include "oscilla/session.hpp"
#include "runtime/sabotage.hpp"

namespace oscilla::live {

struct SabotagedSession {
  static Session make(Program program, SessionOptions options, runtime::Sabotage sabotage);
};

/// The storm as run_edit_storm() makes it, over such a session.
StormResult run_storm(const Patch& patch, const StormOptions& options, const StormHost& host,
                      runtime::Sabotage sabotage);

}  // namespace oscilla::live
