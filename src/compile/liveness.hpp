// Which expressions and states of a lowered patch its roots need.
#pragma once

#include <vector>

#include "compile/lower.hpp"

namespace oscilla::compile {

struct Liveness {
  std::vector<bool> exprs;
  std::vector<bool> states;
  std::vector<bool> queues;
};

/// From sinks, their shapes and probes, through the next values of every state that is read.
Liveness find_live(const Lowered& lowered);

}  // namespace oscilla::compile
