// What lowering functions say of events and of what blocks remember besides their value.
#include <algorithm>
#include <cassert>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "blocks/lowering.hpp"
#include "ir/event_key.hpp"

namespace oscilla::blocks {

using ir::EventOp;
using ir::EventPart;
using ir::ExprId;
using kernels::Op;

namespace {

/// So many lists are joined by one instruction.
constexpr std::size_t kMostWriters = 128;

/// Of fields: masks with values, of the last writer that has one.
Value combine_masks(ir::ExprBuilder& build, bool all, std::span<const Value> writers) {
  Value result = writers[0];
  for (const Value& writer : writers.subspan(1)) {
    result.planes[1] = build.op(Op::Select, {writer.planes[0], writer.planes[1], result.planes[1]});
    result.planes[0] = build.op(all ? Op::And : Op::Or, {result.planes[0], writer.planes[0]});
  }
  if (all) result.planes[1] = build.op(Op::Select, {result.planes[0], result.planes[1], build.constant(0)});
  result.list = {};
  return result;
}

}  // namespace

ExprId unless_fresh(Draft& draft, ir::InstanceIx instance, ExprId initial, ExprId remembered) {
  const ExprId fresh = instance.valid() ? draft.instances[instance.v].fresh : ExprId{};
  return fresh.valid() ? draft.build.op(Op::Select, {fresh, initial, remembered}) : remembered;
}

Value Lowering::remember(std::string_view part, ir::Payload payload, double initial) {
  ir::State state;
  const auto with_part = [&](std::string_view of) {
    return part.empty() ? std::string(of) : fmt::format("{}.{}", of, part);
  };
  state.name = with_part(state_name);
  const std::string was = with_part(order_name);
  state.id = stable_id(was);
  if (was != state.name) state.was = was;
  state.payload = payload;
  state.components = ir::planes_of(payload);
  state.instance = instance;
  state.initial.fill(initial);
  const ir::StateIx ix{static_cast<std::uint32_t>(draft.states.size())};
  Value value;
  value.type.payload = payload;
  value.type.cardinality = instance.valid() ? ir::Cardinality::Many : ir::Cardinality::One;
  value.type.instance = instance;
  const ir::Base base = payload == ir::Payload::Bool ? ir::Base::Bool : ir::Base::Float;
  for (std::uint8_t c = 0; c < state.components; ++c)
    value.planes[c] =
        unless_fresh(draft, instance, build.constant(initial, base), build.state_read(ix, state.id, c, base, instance));
  draft.states.push_back({std::move(state), {}});
  return value;
}

void Lowering::remember_next(const Value& remembered, std::span<const ExprId> next) {
  assert(next.size() == remembered.components());
  const ir::Expr* read = &build[remembered.planes[0]];
  if (read->kind == ir::ExprKind::Op) read = &build[build.table().args_of(*read)[2]];  // unless_fresh
  std::copy(next.begin(), next.end(), draft.states[read->index].next.begin());
}

ExprId Lowering::fired(std::size_t port) {
  return has(port) ? inputs[port].planes[0] : build.constant(0, ir::Base::Bool);
}

ir::EventKeyIx Lowering::event_key(std::string_view text) {
  const StableId id = stable_id(text);
  const auto found = std::find_if(draft.event_keys.begin(), draft.event_keys.end(),
                                  [&](const ir::EventKey& key) { return key.id == id; });
  const ir::EventKeyIx ix{static_cast<std::uint32_t>(found - draft.event_keys.begin())};
  if (found == draft.event_keys.end()) draft.event_keys.push_back(ir::event_key(text));
  return ix;
}

Value Lowering::event(ExprId fired, ExprId value, std::string_view key) {
  if (!instance.valid()) {
    const ir::EventKeyIx ix = event_key(key);
    return event(build.event(EventOp::Emit, {fired, value}, ix.v, draft.event_keys[ix.v].id));
  }
  Value result;
  result.type = {ir::Payload::Event, ir::Unit::Plain, ir::Cardinality::Many, instance};
  result.planes[0] = fired;
  result.planes[1] = choose(fired, value, number(0));
  return result;
}

Value Lowering::event(ExprId list) { return event_of(draft, list, name); }

Value event_of(Draft& draft, ExprId list, std::string_view place) {
  draft.event_places.try_emplace(list.v, place);
  Value result;
  result.type = {ir::Payload::Event, ir::Unit::Plain, ir::Cardinality::One, {}};
  result.planes[0] = draft.build.read_event(EventPart::Fired, list);
  result.planes[1] = draft.build.read_event(EventPart::Last, list);
  result.list = list;
  return result;
}

Value combine_events(Draft& draft, bool all, std::span<const Value> writers, const ir::Type& type,
                     std::string_view place) {
  if (type.cardinality == ir::Cardinality::Many) {
    Value result = combine_masks(draft.build, all, writers);
    result.type = type;
    return result;
  }
  std::vector<ExprId> lists;
  for (const Value& writer : writers) lists.push_back(writer.list);
  const EventOp op = all ? EventOp::All : EventOp::Any;
  while (lists.size() > 1) {
    std::vector<ExprId> joined;
    for (std::size_t first = 0; first < lists.size(); first += kMostWriters)
      joined.push_back(
          draft.build.event(op, std::span(lists).subspan(first, std::min(kMostWriters, lists.size() - first))));
    lists = std::move(joined);
  }
  return event_of(draft, lists[0], place);
}

}  // namespace oscilla::blocks
