// What the halves of validate() share: the program, the problems found so far, and when each slot gets its value.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "ir/program.hpp"

namespace oscilla::ir {

struct Validation {
  static constexpr std::uint32_t kNever = ~0u;

  const Program& program;
  std::vector<std::string> problems;
  /// By slot: how many steps have to be done before it can be read, the steps of `prepare` first. Constants: none; time
  /// and state: all of `prepare`.
  std::vector<std::uint32_t> ready_after;
  std::vector<std::uint32_t> plane_ready_after;  ///< likewise by plane
  std::vector<std::uint32_t> list_ready_after;   ///< likewise by list of events

  /// Steps are numbered through `prepare` and the tick, with a number between for what comes at the tick's beginning.
  std::uint32_t prepare_steps() const { return static_cast<std::uint32_t>(program.prepare.size()); }
  std::uint32_t tick_begin() const { return prepare_steps() + 1; }
  template <class F>
  void each_step(const F& visit) const {
    std::uint32_t s = 0;
    for (const Step& step : program.prepare) visit(s++, step);
    ++s;
    for (const Step& step : program.steps) visit(s++, step);
  }

  template <class... Args>
  void problem(fmt::format_string<Args...> text, Args&&... args) {
    problems.push_back(fmt::format(text, std::forward<Args>(args)...));
  }
  template <class... Args>
  bool require(bool condition, fmt::format_string<Args...> text, Args&&... args) {
    if (!condition) problem(text, std::forward<Args>(args)...);
    return condition;
  }

  template <class T, class Tag>
  static bool in(const std::vector<T>& list, Id<Tag> id) {
    return id.v < list.size();
  }
  bool is_field(InstanceIx instance) const { return in(program.instances, instance); }

  /// Says so if `slot` does not exist or has no value yet when `steps_done` steps are done.
  void require_readable(SlotIx slot, std::uint32_t steps_done, const std::string& reader) {
    if (!require(in(program.slots, slot), "{} reads slot {}, which does not exist", reader, slot.v)) return;
    require(ready_after[slot.v] <= steps_done, "{} reads slot {} before it has a value", reader, slot.v);
  }
  /// The same of a list of events.
  void require_readable(EventIx list, std::uint32_t steps_done, const std::string& reader) {
    if (!require(in(program.event_lists, list), "{} reads event list {}, which does not exist", reader, list.v)) return;
    require(list_ready_after[list.v] <= steps_done, "{} reads event list {} before it is made", reader, list.v);
  }
  /// The same of a plane; true if it has a value.
  bool require_readable(PlaneIx plane, std::uint32_t steps_done, const std::string& reader) {
    if (!require(in(program.planes, plane), "{} reads plane {}, which does not exist", reader, plane.v)) return false;
    return require(plane_ready_after[plane.v] <= steps_done, "{} reads plane {} before it has a value", reader,
                   plane.v);
  }
};

/// Field programs, their stores, and field state.
void validate_fields(Validation& validation);

/// What fills lists of events at the beginning of a tick.
void claim_channel_lists(Validation& validation);
/// One instruction, in its step: what it reads is there, its list gets its one writer. A number that it reads has its
/// slot claimed by the caller.
void validate_event(Validation& validation, const EventInstr& instr, std::uint32_t step);
void validate_queues(Validation& validation);

}  // namespace oscilla::ir
