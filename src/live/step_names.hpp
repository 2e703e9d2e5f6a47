// What the steps of a schedule are called by people.
#pragma once

#include <string>

#include "ir/program.hpp"

namespace oscilla::live {

/// "scalars", "fields dots", "order".
std::string step_name(const ir::Program& program, const ir::Step& step);

}  // namespace oscilla::live
