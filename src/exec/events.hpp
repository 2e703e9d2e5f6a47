// Lists of events, and what is done with them in a tick. In: linked instructions, 64-bit slots, the lists that the tick
// began with. Out: lists and slots. Nothing is allocated here.
//
// How a block reads events: its port of type Event carries a blocks::Value whose planes 0 and 1 say whether anything
// has happened in this tick and with what value (for a signal and lane by lane alike); of a signal `list` names the
// whole list as an ir::ExprId. compile/slots.hpp gives it an ir::EventIx, and from the step on in which it is made (its
// stage's Events step; `list_ready_after` in ir/validation.hpp) ProgramState::event_lists[ix].events() are the tick's
// events in the order of their writers. Nobody but its own instruction writes to a list.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/archive.hpp"
#include "ir/program.hpp"

namespace oscilla::exec {

/// Something that happens in one tick.
struct Event {
  StableId key;           ///< hash of the key's text
  double key_number = 0;  ///< what the key is as a number (ir::EventKey)
  double value = 0;       ///< finite
};

void visit(Archive& archive, Event& event);

/// The events of one tick. Room is made once; what does not fit is counted and dropped, the first ones stay.
class EventList {
 public:
  explicit EventList(std::uint32_t capacity) : room_(capacity) {}

  std::span<const Event> events() const { return std::span(room_).first(count_); }
  bool empty() const { return count_ == 0; }
  std::uint32_t lost() const { return lost_; }
  std::size_t bytes() const { return room_.size() * sizeof(Event); }

  void clear() { count_ = lost_ = 0; }
  void add(const Event& event) {
    if (count_ == room_.size())
      ++lost_;
    else
      room_[count_++] = event;
  }
  void add(std::span<const Event> events) {
    for (const Event& event : events) add(event);
  }
  /// What the other one holds and has lost.
  void take(const EventList& from) {
    clear();
    add(from.events());
    lost_ += from.lost_;
  }
  /// The events; what was lost is told by whoever lost it.
  void visit(Archive& archive);

 private:
  std::vector<Event> room_;
  std::uint32_t count_ = 0;
  std::uint32_t lost_ = 0;
};

/// Events that wait for their time, the earliest first, of one time in the order of their arrival.
class EventQueue {
 public:
  struct Waiting {
    double due_ms = 0;
    Event event;
  };

  explicit EventQueue(std::uint32_t capacity) : room_(capacity) {}

  /// Those whose time has come.
  std::span<const Waiting> due(double t_ms) const;
  void remove_due(double t_ms);
  /// False if there is no room: it is dropped.
  bool add(const Waiting& waiting);
  /// Begins with what another one holds, as far as there is room.
  void carry(const EventQueue& from);
  void visit(Archive& archive);
  std::size_t bytes() const { return room_.size() * sizeof(Waiting); }

 private:
  std::vector<Waiting> room_;
  std::uint32_t count_ = 0;
};

/// What a step of events works on.
struct EventRun {
  std::span<EventList> lists;          ///< by ir::EventIx
  std::span<const EventQueue> queues;  ///< by ir::QueueIx
  std::span<const ir::EventKey> keys;
  std::span<double> slots;
  std::span<float* const> planes = {};       ///< by ir::PlaneIx
  std::span<const std::uint32_t> live = {};  ///< by ir::InstanceIx: how many lanes it has in this tick
};

/// Makes the lists of these instructions, and reads them into slots. Returns how many values were not finite and
/// became 0.
std::uint32_t run_events(std::span<const ir::EventInstr> code, const EventRun& run);

/// At the end of a tick: what has come out of a queue leaves it, what has come in enters. Returns how many had no room.
std::uint32_t commit_queue(const ir::Queue& description, EventQueue& queue, std::span<const EventList> lists,
                           std::span<const double> slots);

}  // namespace oscilla::exec
