// Time under a performer's hands: pause, steps, and ways back. In the engine's thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "oscilla/play/actions.hpp"
#include "oscilla/read_option.hpp"
#include "oscilla/session.hpp"

namespace oscilla::cli::play {

class TransportControl {
 public:
  /// So many ticks can be gone back to.
  TransportControl(Rate rate, std::uint32_t ticks);

  struct Answer {
    std::string sentence;  ///< to be said; empty: nothing
    bool returns = false;  ///< a wish to go back was made, and there will be a report
    bool was_done = true;
  };
  /// Does what a command of the transport says.
  Answer perform(const Command& command, Session& session);

  /// After every tick, numbered from 0 and never counted back: as Session::restore wants it.
  void note(std::int64_t tick, const Transport& transport);
  /// What became of a wish to go back.
  void take(const SwapReport& report, Session& session);

 private:
  struct Moment {
    std::int64_t tick = -1;
    double t_ms = 0;
    double position_ms = 0;
    double speed = 1;
    bool moves = false;  ///< the tick after it goes on
  };

  Answer go_back(Session& session, double ms);
  Answer go_to(Session& session, double position_ms);
  Answer step_back(Session& session);
  Answer restore(Session& session, std::int64_t tick);
  /// The newest moment that fits.
  template <class Fits>
  std::optional<Moment> find(Fits fits) const;

  double frame_ms_;
  std::vector<Moment> moments_;  ///< a ring
  std::size_t count_ = 0;        ///< of all that were noted
  bool waits_ = false, pauses_ = false;
};

}  // namespace oscilla::cli::play
