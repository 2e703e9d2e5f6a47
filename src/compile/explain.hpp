// The causes of a value: before, a lowered graph with probes; after, every expression that a probe is made of, down to
// constants, time, inputs and what is remembered, is a probe of its own behind them. No frame is another one.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "compile/lower.hpp"

namespace oscilla::compile {

/// Which expressions can be read, and whose values they are.
struct Attribution {
  std::vector<std::array<ir::ExprId, 4>>
      asked;                       ///< by probe that was asked for: its components; a list of events alone
  std::vector<ir::ExprId> causes;  ///< ascending; cause i is probe asked.size() + i
  std::vector<Origin> origins;     ///< ascending
};

Attribution keep_causes(Lowered& lowered);

}  // namespace oscilla::compile
