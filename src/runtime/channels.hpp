// What the outside writes to a program's inputs. In: writes between two ticks, in their order. Out: at the start of a
// tick, the inputs' slots, which stay as they are for the whole tick. Nothing is allocated after the constructor.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "exec/events.hpp"
#include "ir/program.hpp"

namespace oscilla::runtime {

class Channels {
 public:
  explicit Channels(const ir::Program& program);

  /// What waits in another program's inputs goes on in these: `sources` has their numbers there, by channel of this
  /// one, invalid for those that begin.
  void carry(const Channels& from, std::span<const ir::ChannelIx> sources);

  /// The other way: what waits in these goes to `to`, which carry() took it from.
  void give_back(Channels& to, std::span<const ir::ChannelIx> sources) const;

  /// Writes to an input, by its kind. One number goes to every component. False, and nothing is written, if there are
  /// neither one nor as many values as components, or one of them is not finite.
  /// To an input of events it is one event whose key is the input's name.
  bool write(ir::ChannelIx channel, std::span<const double> values);
  /// Writes an event to an input of events. False if it is none or the value is not finite. What there is no room for
  /// is dropped, and reported in the next tick.
  bool write(ir::ChannelIx channel, const exec::Event& event);
  /// What the next tick will show. Empty for an input of events, and if there is none.
  std::span<const double> waiting(ir::ChannelIx channel) const;

  /// Fills the slots and lists with what was written.
  void show(const ir::Program& program, std::span<double> slots, std::span<exec::EventList> lists = {}) const;
  /// Freezes it: show, and begins anew.
  void commit(const ir::Program& program, std::span<double> slots, std::span<exec::EventList> lists = {});

  /// What waits.
  void visit(Archive& archive);

 private:
  struct Waiting {
    std::array<double, 4> values{};
    exec::EventList events{0};
    exec::Event named;  ///< an event whose key is the input's name
  };
  std::vector<ir::ChannelKind> kinds_;
  std::vector<std::uint8_t> components_;
  std::vector<Waiting> waiting_;
};

}  // namespace oscilla::runtime
