// What the outside writes to a program's inputs. In: writes between two ticks, in their order. Out: at the start of a
// tick, the inputs' slots, which stay as they are for the whole tick. Nothing is allocated after the constructor.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "ir/program.hpp"

namespace oscilla::runtime {

class Channels {
 public:
  explicit Channels(const ir::Program& program);

  /// What waits in another program's inputs goes on in these: `sources` has their numbers there, by channel of this
  /// one, invalid for those that begin.
  void carry(const Channels& from, std::span<const ir::ChannelIx> sources);

  /// Writes to an input, by its kind. One number goes to every component. False, and nothing is written, if there are
  /// neither one nor as many values as components, or one of them is not finite.
  bool write(ir::ChannelIx channel, std::span<const double> values);

  /// Freezes what was written: fills the slots and begins anew.
  void commit(const ir::Program& program, std::span<double> slots);

 private:
  struct Waiting {
    std::array<double, 4> values{};
  };
  std::vector<ir::ChannelKind> kinds_;
  std::vector<std::uint8_t> components_;
  std::vector<Waiting> waiting_;
};

}  // namespace oscilla::runtime
