#include "ir/expr.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

#include "base/hash.hpp"

namespace oscilla::ir {
namespace {

using kernels::Op;
using kernels::PayloadRule;

/// The base that an op's results have for these arguments.
Base base_of(Op op, std::span<const Base> args) {
  const auto all = [&](Base base) { return std::all_of(args.begin(), args.end(), [&](Base b) { return b == base; }); };
  switch (kernels::row_of(op).payload) {
    case PayloadRule::Numeric: return all(Base::Int) ? Base::Int : Base::Float;
    case PayloadRule::ToInt: return Base::Int;
    case PayloadRule::Compare:
    case PayloadRule::Equality:
    case PayloadRule::Logic: return Base::Bool;
    case PayloadRule::Select: return args[1] == args[2] ? args[1] : Base::Float;
    case PayloadRule::Real:
    case PayloadRule::Scalar: return Base::Float;
    case PayloadRule::Internal: break;
  }
  switch (op) {
    case Op::HashBegin:
    case Op::HashMix: return Base::Bits;
    case Op::Index: return Base::Int;
    default: return Base::Float;
  }
}

Hash128 hash_of(const Expr& expr, std::span<const ExprId> args, const ExprTable& table, StableId name) {
  HashBuilder builder;
  builder.add(expr.kind).add(expr.base).add(expr.cardinality).add(expr.result).add(name);
  if (expr.kind == ExprKind::Op) builder.add(expr.op);
  const bool indexed = expr.kind == ExprKind::Time || expr.kind == ExprKind::Reduce || expr.kind == ExprKind::Scan ||
                       expr.kind == ExprKind::Voice;
  if (indexed) builder.add(expr.index);
  if (expr.kind == ExprKind::Constant) builder.add(std::bit_cast<std::uint64_t>(expr.value));
  for (const ExprId arg : args) builder.add(table[arg].hash);
  return builder.finish();
}

}  // namespace

namespace {

/// Behind a barrier; far beyond what compile allows the numbers end.
std::uint16_t after(std::uint16_t stage) { return static_cast<std::uint16_t>(std::min(stage + 1, 0xffff)); }

}  // namespace

/// A stable value counts barriers of its own; to what is computed in a tick it is there from the beginning.
void ExprBuilder::take_stage(Expr& expr, ExprId arg, std::uint16_t barriers) const {
  const Expr& from = table_[arg];
  if (is_stable(from) && !is_stable(expr)) return;
  expr.stage = std::max(expr.stage, barriers == 0 ? from.stage : after(from.stage));
}

/// What is made of all lanes of a field: not before it is known how many there are, and as often as that changes.
void ExprBuilder::take_join(Expr& expr, ExprId field) const {
  const InstanceIx instance = table_[field].instance;
  const bool is_pool = instance.v < pools_.size() && pools_[instance.v];
  expr.volatility = std::max(table_[field].volatility, is_pool ? Volatility::PerFrame : Volatility::Stable);
  take_stage(expr, field, 1);
  expr.stage = std::max(expr.stage, after(is_pool ? stage_of(instance) : 0));
}

ExprId ExprBuilder::intern(Expr expr, std::span<const ExprId> args) {
  if (2 * (table_.size() + 1) > ids_.size()) grow();
  const std::size_t mask = ids_.size() - 1;
  std::size_t at = expr.hash.low & mask;
  for (; ids_[at] != ExprId{}.v; at = (at + 1) & mask)
    if (table_.exprs[ids_[at]].hash == expr.hash) return {ids_[at]};
  expr.first_arg = static_cast<std::uint32_t>(table_.args.size());
  expr.arity = static_cast<std::uint8_t>(args.size());
  table_.args.insert(table_.args.end(), args.begin(), args.end());
  const ExprId id{static_cast<std::uint32_t>(table_.exprs.size())};
  table_.exprs.push_back(expr);
  ids_[at] = id.v;
  return id;
}

/// Fourfold: what is copied and hashed again on the way is a third of what is there in the end.
void ExprBuilder::grow() {
  ids_.assign(std::max<std::size_t>(256, 4 * ids_.size()), ExprId{}.v);
  table_.exprs.reserve(ids_.size() / 2);  // so many until it grows again
  const std::size_t mask = ids_.size() - 1;
  for (std::uint32_t i = 0; i < table_.size(); ++i) {
    std::size_t at = table_.exprs[i].hash.low & mask;
    while (ids_[at] != ExprId{}.v) at = (at + 1) & mask;
    ids_[at] = i;
  }
}

ExprId ExprBuilder::constant(double value, Base base) {
  Expr expr;
  expr.base = base;
  expr.value = value != value ? std::bit_cast<double>(std::uint64_t{0x7ff8000000000000}) : value;
  expr.hash = hash_of(expr, {}, table_, {});
  return intern(expr, {});
}

ExprId ExprBuilder::time(TimeValue value) {
  Expr expr;
  expr.kind = ExprKind::Time;
  expr.cardinality = Cardinality::One;
  expr.volatility = Volatility::PerFrame;
  expr.index = static_cast<std::uint32_t>(value);
  expr.hash = hash_of(expr, {}, table_, {});
  return intern(expr, {});
}

ExprId ExprBuilder::channel(ChannelIx channel, StableId channel_id, std::uint8_t component, Base base) {
  Expr expr;
  expr.kind = ExprKind::Channel;
  expr.base = base;
  expr.cardinality = Cardinality::One;
  expr.volatility = Volatility::PerFrame;
  expr.index = channel.v;
  expr.result = component;
  expr.hash = hash_of(expr, {}, table_, channel_id);
  return intern(expr, {});
}

ExprId ExprBuilder::op(Op op, std::span<const ExprId> args, std::uint8_t result) {
  assert(args.size() == kernels::row_of(op).arity && result < kernels::row_of(op).results);
  Expr expr;
  expr.kind = ExprKind::Op;
  expr.op = op;
  expr.result = result;
  std::array<Base, kernels::kMaximumArity> bases{};
  std::array<double, kernels::kMaximumArity> values{};
  bool constant = true;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const Expr& arg = table_[args[i]];
    bases[i] = arg.base;
    values[i] = arg.value;
    constant = constant && arg.kind == ExprKind::Constant;
    expr.cardinality = std::max(expr.cardinality, arg.cardinality);
    expr.volatility = std::max(expr.volatility, arg.volatility);
    if (arg.instance.valid()) {
      assert(!expr.instance.valid() || expr.instance == arg.instance);
      expr.instance = arg.instance;
    }
  }
  expr.base = base_of(op, std::span(bases).first(args.size()));
  if (constant && !args.empty()) {
    std::array<double, kernels::kMaximumResults> results{};
    folder_(op, values.data(), results.data());
    return this->constant(results[result], expr.base);
  }
  for (const ExprId arg : args) take_stage(expr, arg, 0);
  expr.hash = hash_of(expr, args, table_, {});
  return intern(expr, args);
}

ExprId ExprBuilder::index(InstanceIx instance, StableId instance_id) {
  Expr expr;
  expr.kind = ExprKind::Op;
  expr.op = Op::Index;
  expr.base = Base::Int;
  expr.cardinality = Cardinality::Many;
  expr.volatility = Volatility::Stable;
  expr.instance = instance;
  expr.hash = hash_of(expr, {}, table_, instance_id);
  return intern(expr, {});
}

ExprId ExprBuilder::state_read(StateIx state, StableId state_id, std::uint8_t component, Base base,
                               InstanceIx instance) {
  Expr expr;
  expr.kind = ExprKind::StateRead;
  expr.base = base;
  expr.cardinality = instance.valid() ? Cardinality::Many : Cardinality::One;
  expr.volatility = Volatility::Stateful;
  expr.instance = instance;
  expr.index = state.v;
  expr.result = component;
  expr.hash = hash_of(expr, {}, table_, state_id);
  return intern(expr, {});
}

ExprId ExprBuilder::reduce(Reduction reduction, ExprId field) {
  const Expr& arg = table_[field];
  Expr expr;
  expr.kind = ExprKind::Reduce;
  expr.base = arg.base == Base::Int && reduction != Reduction::Average ? Base::Int : Base::Float;
  expr.cardinality = Cardinality::One;
  take_join(expr, field);
  expr.index = static_cast<std::uint32_t>(reduction);
  const std::array<ExprId, 1> args{field};
  expr.hash = hash_of(expr, args, table_, {});
  return intern(expr, args);
}

ExprId ExprBuilder::scan(Reduction reduction, ExprId field) {
  const Expr& arg = table_[field];
  Expr expr;
  expr.kind = ExprKind::Scan;
  expr.base = arg.base == Base::Int ? Base::Int : Base::Float;
  expr.cardinality = Cardinality::Many;
  expr.instance = arg.instance;
  expr.index = static_cast<std::uint32_t>(reduction);
  take_join(expr, field);
  const std::array<ExprId, 1> args{field};
  expr.hash = hash_of(expr, args, table_, {});
  return intern(expr, args);
}

ExprId ExprBuilder::asset(MeshStream stream, Hash128 content, InstanceIx instance, StableId instance_id) {
  Expr expr;
  expr.kind = ExprKind::Asset;
  expr.cardinality = Cardinality::Many;
  expr.volatility = Volatility::Stable;
  expr.instance = instance;
  expr.index = static_cast<std::uint32_t>(stream);
  expr.hash = HashBuilder().add(expr.kind).add(expr.index).add(content).add(instance_id).finish();
  return intern(expr, {});
}

ExprId ExprBuilder::gather(ExprId field, ExprId lane) {
  const Expr& source = table_[field];
  if (source.cardinality != Cardinality::Many) return field;
  Expr expr;
  expr.kind = ExprKind::Gather;
  expr.op = Op::Gather;
  expr.base = source.base;
  expr.cardinality = Cardinality::Many;
  expr.volatility = std::max(source.volatility, table_[lane].volatility);
  expr.instance = table_[lane].instance;
  const bool in_memory = is_in_memory(source);
  take_stage(expr, field, in_memory ? 0 : 1);
  if (!in_memory && !is_stable(source)) expr.stage = std::max(expr.stage, after(stage_of(source.instance)));
  take_stage(expr, lane, 0);
  const std::array<ExprId, 2> args{field, lane};
  expr.hash = hash_of(expr, args, table_, {});
  return intern(expr, args);
}

ExprId ExprBuilder::event(EventOp op, std::span<const ExprId> args, std::uint32_t index, StableId id) {
  Expr expr;
  expr.kind = ExprKind::Event;
  expr.cardinality = Cardinality::One;
  expr.volatility = op == EventOp::Delay ? Volatility::Stateful : Volatility::PerFrame;
  expr.result = static_cast<std::uint8_t>(op);
  expr.index = index;
  for (const ExprId arg : args) expr.volatility = std::max(expr.volatility, table_[arg].volatility);
  for (const ExprId arg : args) take_stage(expr, arg, 0);
  expr.hash = hash_of(expr, args, table_, id);
  return intern(expr, args);
}

ExprId ExprBuilder::read_event(EventPart part, ExprId list) {
  const Expr& from = table_[list];
  assert(is_list(from));
  if (part == EventPart::Fired && from.result == static_cast<std::uint8_t>(EventOp::Emit))
    return table_.args_of(from)[0];
  Expr expr;
  expr.kind = ExprKind::EventRead;
  expr.base = part == EventPart::Fired ? Base::Bool : part == EventPart::Count ? Base::Int : Base::Float;
  expr.cardinality = Cardinality::One;
  expr.volatility = from.volatility;
  expr.result = static_cast<std::uint8_t>(part);
  take_stage(expr, list, 0);
  const std::array<ExprId, 1> args{list};
  expr.hash = hash_of(expr, args, table_, {});
  return intern(expr, args);
}

ExprId ExprBuilder::voice(VoicePart part, bool holds, std::span<const ExprId> args, InstanceIx instance,
                          StableId instance_id) {
  Expr expr;
  expr.index = holds ? 1 : 0;
  expr.kind = ExprKind::Voice;
  expr.result = static_cast<std::uint8_t>(part);
  const bool is_bool = part == VoicePart::Active || part == VoicePart::Gate || part == VoicePart::Start;
  expr.base = is_bool ? Base::Bool : part == VoicePart::Note ? Base::Int : Base::Float;
  expr.cardinality = Cardinality::Many;
  expr.volatility = Volatility::Stateful;
  expr.instance = instance;
  for (const ExprId arg : args) take_stage(expr, arg, 0);
  expr.hash = hash_of(expr, args, table_, instance_id);
  return intern(expr, args);
}

/// As a reduction: behind both fields, and behind the count of a pool.
ExprId ExprBuilder::collect(ExprId fired, ExprId value, InstanceIx instance, StableId instance_id) {
  Expr expr;
  expr.kind = ExprKind::Event;
  expr.cardinality = Cardinality::One;
  expr.volatility = Volatility::PerFrame;
  expr.result = static_cast<std::uint8_t>(EventOp::Collect);
  expr.index = instance.v;
  for (const ExprId field : {fired, value}) {
    expr.volatility = std::max(expr.volatility, table_[field].volatility);
    take_stage(expr, field, 1);
  }
  expr.stage = std::max(expr.stage, after(stage_of(instance)));
  const std::array<ExprId, 2> args{fired, value};
  expr.hash = hash_of(expr, args, table_, instance_id);
  return intern(expr, args);
}

void ExprBuilder::set_lanes_known(InstanceIx instance, ExprId known) {
  if (instance_stages_.size() <= instance.v) instance_stages_.resize(instance.v + std::size_t{1});
  instance_stages_[instance.v] = is_stable(table_[known]) ? 0 : table_[known].stage;
}

void ExprBuilder::set_count(InstanceIx instance, ExprId count) {
  if (table_[count].kind == ExprKind::Constant) return;
  if (pools_.size() <= instance.v) pools_.resize(instance.v + std::size_t{1});
  pools_[instance.v] = true;
  set_lanes_known(instance, count);
}

std::uint16_t ExprBuilder::stage_of(InstanceIx instance) const {
  return instance.v < instance_stages_.size() ? instance_stages_[instance.v] : 0;
}

}  // namespace oscilla::ir
