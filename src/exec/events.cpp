#include "exec/events.hpp"

#include <algorithm>

#include "ir/event_key.hpp"

namespace oscilla::exec {
namespace {

/// Something of a list as a number.
double read(ir::EventPart part, std::span<const Event> events) {
  switch (part) {
    case ir::EventPart::Fired: return events.empty() ? 0 : 1;
    case ir::EventPart::Count: return static_cast<double>(events.size());
    case ir::EventPart::Last: return events.empty() ? 0 : events.back().value;
    case ir::EventPart::LastKey: return events.empty() ? 0 : events.back().key_number;
    case ir::EventPart::Sum: break;
  }
  double sum = 0;
  for (const Event& event : events) sum += event.value;
  return sum;
}

class Runner {
 public:
  Runner(const EventRun& run, std::uint32_t& replaced) : run_(run), replaced_(replaced) {}

  void make(const ir::EventInstr& instr) {
    EventList& result = run_.lists[instr.result.v];
    result.clear();
    switch (instr.op) {
      case ir::EventOp::Input: break;  // filled before the first step
      case ir::EventOp::Emit: emit(instr, result); break;
      case ir::EventOp::Any: add_all(instr, result); break;
      case ir::EventOp::All:
        if (std::none_of(instr.lists.begin(), instr.lists.end(), [&](ir::EventIx i) { return of(i).empty(); }))
          add_all(instr, result);
        break;
      case ir::EventOp::Gate:
        if (arg(instr, 0) != 0) add_all(instr, result);
        break;
      case ir::EventOp::Key:
        for (const Event& event : of(instr.lists[0]).events())
          if (event.key == run_.keys[instr.key.v].id) result.add(event);
        break;
      case ir::EventOp::Delay: delay(instr, result); break;
      case ir::EventOp::Collect: collect(instr, result); break;
    }
  }

  void read_list(const ir::EventInstr& instr) {
    run_.slots[instr.result_slot.v] = finite(read(instr.part, of(instr.lists[0]).events()));
  }

 private:
  const EventList& of(ir::EventIx list) const { return run_.lists[list.v]; }
  double arg(const ir::EventInstr& instr, std::size_t i) const { return run_.slots[instr.args[i].v]; }

  double finite(double x) {
    if (x - x == 0) return x;
    ++replaced_;
    return 0;
  }

  void emit(const ir::EventInstr& instr, EventList& result) {
    if (arg(instr, 0) == 0) return;
    const ir::EventKey& key = run_.keys[instr.key.v];
    result.add({key.id, key.number, finite(arg(instr, 1))});
  }

  void add_all(const ir::EventInstr& instr, EventList& result) {
    for (const ir::EventIx list : instr.lists) result.add(of(list).events());
  }

  /// What waits is older than what comes now. A delay that is no positive number is none.
  void delay(const ir::EventInstr& instr, EventList& result) {
    for (const EventQueue::Waiting& waiting : run_.queues[instr.queue.v].due(arg(instr, 1))) result.add(waiting.event);
    if (!(arg(instr, 0) > 0)) result.add(of(instr.lists[0]).events());
  }

  /// A lane's key is its number.
  void collect(const ir::EventInstr& instr, EventList& result) {
    const auto at = [&](std::size_t i, std::uint32_t lane) {
      return instr.planes[i].valid() ? double{run_.planes[instr.planes[i].v][lane]} : arg(instr, i);
    };
    for (std::uint32_t lane = 0; lane < run_.live[instr.instance.v]; ++lane)
      if (at(0, lane) != 0) result.add({ir::number_key(lane), double(lane), finite(at(1, lane))});
  }

  const EventRun& run_;
  std::uint32_t& replaced_;
};

bool earlier(double t_ms, const EventQueue::Waiting& waiting) { return t_ms < waiting.due_ms; }

}  // namespace

void visit(Archive& archive, Event& event) {
  archive(event.key, event.key_number, event.value);
  archive.require(event.value - event.value == 0);
}

void EventList::visit(Archive& archive) {
  const std::uint32_t count = archive.count(count_, room_.size());
  if (archive.reads()) clear(), count_ = count;
  for (std::uint32_t i = 0; i < count; ++i) exec::visit(archive, room_[i]);
}

std::span<const EventQueue::Waiting> EventQueue::due(double t_ms) const {
  const auto begin = room_.begin();
  const auto end = std::upper_bound(begin, begin + count_, t_ms, earlier);
  return std::span(room_).first(static_cast<std::size_t>(end - begin));
}

void EventQueue::remove_due(double t_ms) {
  const auto gone = static_cast<std::uint32_t>(due(t_ms).size());
  std::copy(room_.begin() + gone, room_.begin() + count_, room_.begin());
  count_ -= gone;
}

bool EventQueue::add(const Waiting& waiting) {
  if (count_ == room_.size()) return false;
  const auto end = room_.begin() + count_++;
  const auto at = std::upper_bound(room_.begin(), end, waiting.due_ms, earlier);
  std::copy_backward(at, end, end + 1);
  *at = waiting;
  return true;
}

void EventQueue::carry(const EventQueue& from) {
  count_ = std::min(from.count_, static_cast<std::uint32_t>(room_.size()));
  std::copy_n(from.room_.begin(), count_, room_.begin());
}

void EventQueue::visit(Archive& archive) {
  const std::uint32_t count = archive.count(count_, room_.size());
  if (archive.reads()) count_ = count;
  for (std::uint32_t i = 0; i < count; ++i) {
    archive(room_[i].due_ms);
    exec::visit(archive, room_[i].event);
    archive.require(i == 0 || !(room_[i].due_ms < room_[i - 1].due_ms));
  }
}

std::uint32_t run_events(std::span<const ir::EventInstr> code, const EventRun& run) {
  std::uint32_t replaced = 0;
  Runner runner(run, replaced);
  for (const ir::EventInstr& instr : code) {
    if (instr.reads)
      runner.read_list(instr);
    else
      runner.make(instr);
  }
  return replaced;
}

std::uint32_t commit_queue(const ir::Queue& description, EventQueue& queue, std::span<const EventList> lists,
                           std::span<const double> slots) {
  const double t_ms = slots[description.time.v];
  const double delay_ms = slots[description.delay.v];
  queue.remove_due(t_ms);
  std::uint32_t lost = 0;
  if (!(delay_ms > 0)) return lost;
  for (const Event& event : lists[description.input.v].events()) lost += queue.add({t_ms + delay_ms, event}) ? 0 : 1;
  return lost;
}

}  // namespace oscilla::exec
