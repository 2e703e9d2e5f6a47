// What the engine's own parts do to a session that nobody else may.
#pragma once

#include "oscilla/session.hpp"
#include "runtime/session.hpp"

namespace oscilla::live {

struct SessionDoor {
  /// A program that is rehearsed takes over now, however often it was rehearsed.
  static void take_over(Session& session);
  /// What runs behind it, to be looked at.
  static const runtime::Session& inside(const Session& session);
};

}  // namespace oscilla::live
