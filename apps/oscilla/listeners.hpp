// The inputs of a program as those who play them see them.
#pragma once

#include <optional>
#include <vector>

#include "input/router.hpp"
#include "oscilla/session.hpp"

namespace oscilla::cli {

/// An input listens to its own name, its `channel:`, its `osc:` address, its `midi:` and its `key:`.
std::vector<input::Listener> listeners_of(const Program& program);

/// Before anything is played: inputs that something else has written, or that went back, go on from where they are.
void follow(input::Router& router, const Session& session);

/// What the router has for the tick at `t_ms`, to the session; `last_ms` is when that was last done.
void write_due(input::Router& router, double t_ms, std::optional<double>& last_ms, Session& session);

}  // namespace oscilla::cli
