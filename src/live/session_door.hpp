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
  /// Whether a program is rehearsed.
  static bool rehearses(const Session& session);
  /// Behind a tick, as Session::save().
  static std::vector<std::byte> save(Session& session);
  /// It is what it was when `snapshot` was saved by a session of this program. What is on its way is dropped.
  static std::expected<void, std::string> restore(Session& session, const Program& program,
                                                  std::span<const std::byte> snapshot);
  /// Time goes on from where it is by a host whose clock shows this.
  static void go_on_from(Session& session, double host_ms);
};

}  // namespace oscilla::live
