// Voices: events take lanes and give them back. In: what the voices were at the end of the last tick, this tick's
// events. Out: what they are now, as planes, and which of them are new. Nothing is allocated here, and nothing but the
// memory's own next values changes before commit(): a tick may be tried out.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "exec/events.hpp"
#include "ir/program.hpp"

namespace oscilla::exec {

struct Voice {
  double born_ms = 0;
  double released_ms = 0;    ///< of one that is held: infinity
  std::uint64_t number = 0;  ///< counts all that were ever born, from 1; 0: it never was in use
  Event note;                ///< whose key and value it has
  bool active = false;
};

class VoiceMemory {
 public:
  explicit VoiceMemory(std::uint32_t voices) : now_(voices), next_(voices) { born_.reserve(voices); }

  /// Works out the tick. An event of a value above 0 takes the first free voice, else the oldest one; any other lets go
  /// of the voices that its key holds.
  void play(const ir::Voices& description, std::span<const Event> events, double t_ms, double release_ms);
  void commit();

  std::span<const Voice> voices() const { return next_; }        ///< in this tick, until commit()
  std::span<const std::uint32_t> born() const { return born_; }  ///< lanes that are new in this tick, ascending
  std::uint32_t unseen() const { return unseen_; }  ///< how many were taken away in the tick in which they were given
  /// A number of a voice as its plane has it.
  static float number_of(const Voice& voice, ir::VoicePart part, bool is_born, double t_ms);

  // What is kept between two ticks: the voices, and how many were ever born.
  std::span<const Voice> kept() const { return now_; }
  std::uint64_t count() const { return count_; }
  /// Begins with what was kept, as far as there are lanes.
  void restore(std::span<const Voice> kept, std::uint64_t count);
  /// The same, all of it.
  void visit(Archive& archive);
  std::size_t bytes() const;

 private:
  Voice& take();

  std::vector<Voice> now_, next_;
  std::vector<std::uint32_t> born_;
  std::uint32_t unseen_ = 0;
  std::uint64_t count_ = 0;       ///< all that were born before this tick
  std::uint64_t next_count_ = 0;  ///< with those of this tick
};

}  // namespace oscilla::exec
