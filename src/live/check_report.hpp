// Whether a swap's report is whole and true. In: the report and the two programs. Out: a sentence about the first thing
// wrong with it, empty if there is none. The rules stand here once more, apart from the planner, which they check.
#pragma once

#include <string>

#include "ir/program.hpp"
#include "oscilla/swap_report.hpp"

namespace oscilla::live {

std::string check_report(const SwapReport& report, const ir::Program& before, const ir::Program& after);

}  // namespace oscilla::live
