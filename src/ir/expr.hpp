// Expressions: one hash-consed table. An expression is one plane (a component) of a value; equal computations have
// equal ids. Operands come before what uses them, so ascending ids are a topological order. An expression has no place
// in the text; its uses have. Cardinality Zero and One are computed in 64 bits, Many in 32; a signal is
// rounded once, where a field uses it.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/ids.hpp"
#include "ir/types.hpp"
#include "kernels/op_table.hpp"
#include "oscilla/asset.hpp"

namespace oscilla::ir {

using ExprId = Id<struct ExprTag>;
using StateIx = Id<struct StateTag>;
using ChannelIx = Id<struct ChannelTag>;
using EventKeyIx = Id<struct EventKeyTag>;
using QueueIx = Id<struct QueueTag>;

enum class ExprKind : std::uint8_t {
  Constant,   // value
  Time,       // index = TimeValue
  Channel,    // index = channel, result = component; what an input has in this tick
  Op,         // op, result = which of its results; Index and the like also have an instance
  StateRead,  // index = state, result = component; the previous tick's value
  Reduce,     // index = Reduction, one argument: the lanes of a field as one value; a barrier
  Scan,       // index = Reduction, one argument: every lane with all lanes before it; a barrier
  Asset,      // index = MeshStream; a number a vertex of a mesh, in memory from the beginning
  Gather,     // two arguments, a field and lane numbers of its instance: the values there; a barrier if computed
  Voice,      // result = VoicePart, of a Voices block; what its events, release and time (arguments) make of its lanes
  Event,      // a list of events, no number: result = EventOp; index = channel, key or queue, as the op says
  EventRead,  // result = EventPart, one argument, a list: something of it as a number
};

/// How a list of events is made. `lists` are arguments that are lists, in the order of their writers.
enum class EventOp : std::uint8_t {
  Input,    // what was written to a channel since the last tick; index = ChannelIx
  Emit,     // (fired, value): one event of a key if fired; index = EventKeyIx
  Any,      // lists: all of their events, the first list's first
  All,      // lists: likewise, if none of them is empty
  Gate,     // (list, enable): the list if enable
  Key,      // (list): those of one key; index = EventKeyIx
  Delay,    // (list, delay, tMs): each of them so many milliseconds later; index = QueueIx
  Collect,  // (fired, value), fields: one event for every lane in which it is fired, in the order of lanes; a barrier
};

/// What is read of a list: whether there is any event, how many, the sum of their values, the last one's value, the
/// last one's key as a number (0 where there is none).
enum class EventPart : std::uint8_t { Fired, Count, Sum, Last, LastKey };

/// What a voice has: whether it is in use and held, how long, by which event (key, value), whether it is new in this
/// tick, and which of all events that is.
enum class VoicePart : std::uint8_t { Active, Gate, Age, Key, Velocity, Start, Note };
inline constexpr std::size_t kVoiceParts = 7;

/// Running is TMs without the jumps that seeks make.
enum class TimeValue : std::uint8_t { TMs, Dt, PhaseA, PhaseB, Running };
enum class Reduction : std::uint8_t { Sum, Average, Minimum, Maximum };
inline constexpr std::size_t kTimeValues = 5;

/// What a plane holds. Bits are raw 32-bit integers: the running value of a hash.
enum class Base : std::uint8_t { Float, Int, Bool, Bits };

/// How long a value stays the same: for ever, until its program ends, for a tick, or as long as its state. What is
/// Stable is computed before the first tick.
enum class Volatility : std::uint8_t { Constant, Stable, PerFrame, Stateful };

struct Expr {
  ExprKind kind = ExprKind::Constant;
  Base base = Base::Float;
  Cardinality cardinality = Cardinality::Zero;
  Volatility volatility = Volatility::Constant;
  std::uint8_t result = 0;
  std::uint8_t arity = 0;
  /// How many barriers lie below it: of a Stable value among those that are passed before the first tick, of any other
  /// among those of a tick.
  std::uint16_t stage = 0;
  kernels::Op op{};
  InstanceIx instance;
  std::uint32_t index = 0;
  std::uint32_t first_arg = 0;
  double value = 0;
  Hash128
      hash;  ///< structure, constants, instance and state by name: equal iff the same computation; no dense id in it
};

/// The value of a constant expression, in the precision of its place (64 bits); `results` has room for all of the op's
/// results.
using Folder = void (*)(kernels::Op op, const double* args, double* results);

/// A list of events: it is in no slot.
constexpr bool is_list(const Expr& expr) { return expr.kind == ExprKind::Event; }

/// Computed before the first tick, or never.
constexpr bool is_stable(const Expr& expr) { return expr.volatility <= Volatility::Stable; }

/// Fields that are no result of a program: other lanes may read them without waiting for one.
constexpr bool is_in_memory(const Expr& expr) {
  return expr.kind == ExprKind::StateRead || expr.kind == ExprKind::Scan || expr.kind == ExprKind::Asset ||
         expr.kind == ExprKind::Voice;
}

/// All expressions of a program.
struct ExprTable {
  std::vector<Expr> exprs;
  std::vector<ExprId> args;

  const Expr& operator[](ExprId id) const { return exprs[id.v]; }
  std::span<const ExprId> args_of(const Expr& expr) const {
    return std::span(args).subspan(expr.first_arg, expr.arity);
  }
  std::size_t size() const { return exprs.size(); }
};

/// Makes expressions: hash-conses, folds constants, and derives base, cardinality, stage and volatility. Two fields of
/// different instances never meet here: graph/solve_types has refused them.
class ExprBuilder {
 public:
  explicit ExprBuilder(Folder folder) : folder_(folder) {}

  ExprId constant(double value, Base base = Base::Float);
  ExprId time(TimeValue value);
  /// One component of an input. `channel_id` keys the structural hash.
  ExprId channel(ChannelIx channel, StableId channel_id, std::uint8_t component, Base base);
  ExprId op(kernels::Op op, std::span<const ExprId> args, std::uint8_t result = 0);
  ExprId op(kernels::Op op, std::initializer_list<ExprId> args, std::uint8_t result = 0) {
    return this->op(op, std::span(args.begin(), args.size()), result);
  }
  /// The lane number of an instance, 0 .. lanes - 1. `instance_id` keys the structural hash.
  ExprId index(InstanceIx instance, StableId instance_id);
  ExprId state_read(StateIx state, StableId state_id, std::uint8_t component, Base base, InstanceIx instance);
  ExprId reduce(Reduction reduction, ExprId field);
  /// The sum, minimum or maximum of lanes 0 to i at lane i.
  ExprId scan(Reduction reduction, ExprId field);
  /// A number of every vertex of a mesh, whose vertices are the lanes of an instance. `content` is the mesh's.
  ExprId asset(MeshStream stream, Hash128 content, InstanceIx instance, StableId instance_id);
  /// `field` at the lane that `lane` says, the nearest lane where there is none of that number.
  ExprId gather(ExprId field, ExprId lane);

  /// A list of events. `id` keys the structural hash: of the channel, key or queue.
  ExprId event(EventOp op, std::span<const ExprId> args, std::uint32_t index = 0, StableId id = {});
  ExprId event(EventOp op, std::initializer_list<ExprId> args, std::uint32_t index = 0, StableId id = {}) {
    return event(op, std::span(args.begin(), args.size()), index, id);
  }
  ExprId read_event(EventPart part, ExprId list);
  /// The events of the lanes of an instance as a list.
  ExprId collect(ExprId fired, ExprId value, InstanceIx instance, StableId instance_id);

  /// A part of the voices that are an instance's lanes; `args` as of ExprKind::Voice.
  ExprId voice(VoicePart part, bool holds, std::span<const ExprId> args, InstanceIx instance, StableId instance_id);

  /// Says that nothing over the lanes of an instance is computed before `known` is.
  void set_lanes_known(InstanceIx instance, ExprId known);
  /// Says how many lanes of an instance are live: nothing over its lanes is computed in an earlier stage than that.
  void set_count(InstanceIx instance, ExprId count);
  /// The first stage in which the lanes of an instance are known.
  std::uint16_t stage_of(InstanceIx instance) const;

  const Expr& operator[](ExprId id) const { return table_[id]; }
  const ExprTable& table() const { return table_; }
  ExprTable take() { return std::move(table_); }

 private:
  void take_stage(Expr& expr, ExprId arg, std::uint16_t barriers) const;
  void take_join(Expr& expr, ExprId field) const;
  ExprId intern(Expr expr, std::span<const ExprId> args);

  Folder folder_;
  ExprTable table_;
  std::vector<std::uint16_t> instance_stages_;
  std::vector<bool> pools_;  // instances whose count is no constant
  void grow();
  std::vector<std::uint32_t> ids_;  // expressions by hash: a power of two of places, the next free one from hash.low on
};

}  // namespace oscilla::ir
