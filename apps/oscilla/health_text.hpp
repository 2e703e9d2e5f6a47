// The health of a running session as a line for people, and as an object for programs.
#pragma once

#include <string>

#include "oscilla/health.hpp"
#include "oscilla/json.hpp"

namespace oscilla::cli {

/// Without its end of line.
std::string health_line(const Health& health);
/// {"event": "health", ...}.
Json health_json(const Health& health, double seconds);

}  // namespace oscilla::cli
