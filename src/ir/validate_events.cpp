// Lists of events: each has one writer, room for what comes, and is read when it has been made.
#include "ir/validation.hpp"

namespace oscilla::ir {
namespace {

/// Gives a list its one writer.
void claim_list(Validation& v, EventIx list, std::uint32_t ready_after, const std::string& writer) {
  if (!v.require(v.in(v.program.event_lists, list), "{} makes event list {}, which does not exist", writer, list.v))
    return;
  v.require(v.list_ready_after[list.v] == Validation::kNever, "{} makes event list {}, which is made already", writer,
            list.v);
  v.list_ready_after[list.v] = ready_after;
}

struct Shape {
  std::size_t lists, args;
  bool key, queue;
};

/// What an instruction has; Any and All take any number of lists.
Shape shape_of(const EventInstr& instr) {
  if (instr.reads) return {1, 0, false, false};
  switch (instr.op) {
    case EventOp::Input: break;  // no instruction: the tick begins with it
    case EventOp::Emit: return {0, 2, true, false};
    case EventOp::Any:
    case EventOp::All: return {instr.lists.size(), 0, false, false};
    case EventOp::Gate: return {1, 1, false, false};
    case EventOp::Key: return {1, 0, true, false};
    case EventOp::Delay: return {1, 2, false, true};
    case EventOp::Collect: return {0, 2, false, false};
  }
  return {~std::size_t{0}, 0, false, false};
}

}  // namespace

void claim_channel_lists(Validation& v) {
  v.list_ready_after.assign(v.program.event_lists.size(), Validation::kNever);
  for (const EventList& list : v.program.event_lists)
    v.require(list.capacity >= 1 && list.capacity <= kMostEvents, "an event list has room for {}", list.capacity);
  for (const Channel& channel : v.program.channels)
    if (channel.events.valid()) claim_list(v, channel.events, v.tick_begin(), "input " + channel.name);
}

void validate_event(Validation& v, const EventInstr& instr, std::uint32_t step) {
  const std::string name = instr.reads ? "a reading of events" : "an event list";
  const Shape shape = shape_of(instr);
  v.require(instr.lists.size() == shape.lists && instr.key.valid() == shape.key && instr.queue.valid() == shape.queue,
            "{} is made of the wrong things", name);
  for (const EventIx list : instr.lists) v.require_readable(list, step + 1, name);
  for (std::size_t i = 0; i < instr.args.size(); ++i) {
    const bool in_lanes = instr.planes[i].valid();
    v.require((instr.args[i].valid() || in_lanes) == (i < shape.args), "{} has a wrong number of arguments", name);
    v.require(!in_lanes || (instr.op == EventOp::Collect && !instr.reads && !instr.args[i].valid()),
              "{} has an argument that is a field", name);
    if (in_lanes && v.require_readable(instr.planes[i], step, name))
      v.require(v.program.planes[instr.planes[i].v].instance == instr.instance, "{} collects lanes of two instances",
                name);
    if (instr.args[i].valid()) v.require_readable(instr.args[i], step + 1, name);
  }
  v.require(v.is_field(instr.instance) == (instr.op == EventOp::Collect && !instr.reads), "{} is of a wrong instance",
            name);
  if (instr.key.valid()) v.require(v.in(v.program.event_keys, instr.key), "{} has no key", name);
  if (instr.queue.valid()) v.require(v.in(v.program.queues, instr.queue), "{} has no queue", name);
  if (!instr.reads) claim_list(v, instr.result, step + 1, name);
}

void validate_queues(Validation& v) {
  for (const Queue& queue : v.program.queues) {
    const std::uint32_t end = Validation::kNever - 1;
    v.require(queue.capacity >= 1 && queue.capacity <= kMostEvents, "queue {} has room for {}", queue.name,
              queue.capacity);
    v.require_readable(queue.input, end, "queue " + queue.name);
    v.require_readable(queue.delay, end, "queue " + queue.name);
    v.require_readable(queue.time, end, "queue " + queue.name);
  }
}

}  // namespace oscilla::ir
