// What the engine's own parts do to a session that nobody else may.
#pragma once

#include "oscilla/session.hpp"

namespace oscilla::live {

struct SessionDoor {
  /// A program that is rehearsed takes over now, however often it was rehearsed.
  static void take_over(Session& session);
};

}  // namespace oscilla::live
