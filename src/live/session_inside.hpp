// The runtime's session behind a public one, for what looks at it from outside.
#pragma once

#include "oscilla/session.hpp"
#include "runtime/session.hpp"

namespace oscilla::live {

struct SessionInside {
  static const runtime::Session& of(const Session& session);
};

}  // namespace oscilla::live
