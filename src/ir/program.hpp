// The Program: what a patch is compiled to. Plain data in vectors: printable, diffable, hashable, immutable after
// compile(). Dense ids index its own vectors and never leave it; blocks, states, sinks and instances also have a
// StableId.
//
// `prepare` runs once, before the first tick; a tick runs `steps` in order. Scalars live in dense 64-bit slots:
// constants and time first, then one slot per scalar expression that is needed. Field programs are SSA over planes,
// free of ISA, block size and registers (exec links them).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ir/expr.hpp"
#include "ir/picture.hpp"
#include "oscilla/asset.hpp"
#include "oscilla/diagnostic.hpp"
#include "oscilla/frame.hpp"

namespace oscilla::ir {

using SlotIx = Id<struct SlotTag>;    // a 64-bit scalar
using ValueIx = Id<struct ValueTag>;  // an SSA value of one field program
using SinkIx = Id<struct SinkTag>;
using ProbeIx = Id<struct ProbeTag>;
using PlaneIx = Id<struct PlaneTag>;  // a field in memory that is no state
using EventIx = Id<struct EventTag>;  // a list of the events of a tick

/// Where the lanes come from. A pool has room for `lanes`, of which the first `count` are live in a tick: programs,
/// reductions and sinks know no others. Its count is known before anything of the instance is computed.
struct Instance {
  StableId id;
  std::string name;  ///< full name of the block that made it
  std::uint32_t lanes = 0;
  SlotIx count = {};  ///< of a pool: a whole number in [0, lanes]; invalid: all lanes are live
  SlotIx asked = {};  ///< of a pool: the count before it was made to fit
  /// Of an element that is known by several numbers (row and column; a parent's and its own), how many there are of
  /// each but the first: lane = (first * inner[0] + second) * inner[1] + third ...
  std::vector<std::uint32_t> inner = {};
  InstanceIx parent = {};  ///< of a Repeat, whose lanes of one lane of the parent are inner.back() in a row
};

/// results = op(args), on 64-bit slots.
struct ScalarInstr {
  kernels::Op op{};
  std::uint8_t results = 0;
  std::uint8_t arity = 0;
  std::array<SlotIx, kernels::kMaximumResults> result_slots;  ///< invalid where nobody needs that result
  std::array<SlotIx, kernels::kMaximumArity> arg_slots;
};

/// So many events a channel takes between two ticks, a queue keeps, a list has at most; what is beyond is dropped, the
/// first ones stay.
inline constexpr std::uint32_t kChannelEvents = 256;
inline constexpr std::uint32_t kQueueEvents = 1024;
inline constexpr std::uint32_t kMostEvents = 4096;

/// The events of one tick, {key, value} each, in the order of their writers. Made anew in every tick.
struct EventList {
  std::uint32_t capacity = 0;  ///< planned: no tick needs more but by mistake
  std::string name;            ///< the place of the block that makes it
  ExprId origin;
};

/// What tells events of different senders apart: a text, found by its hash, and a number. A text that is a number is
/// that number; of any other the number is 24 bits of the hash.
struct EventKey {
  StableId id;
  std::string text;
  double number = 0;
};

/// What an EventDelay keeps for later ticks. At commit what has come out leaves, and what has come in enters.
struct Queue {
  StableId id;
  std::string name;  ///< full name of its block
  std::string was;   ///< the name it had before, if the patch says so
  std::uint32_t capacity = kQueueEvents;
  EventIx input;
  SlotIx delay;  ///< in milliseconds
  SlotIx time;   ///< tMs
};

/// A list made of others, or of the lanes of an instance, or a number read of one.
struct EventInstr {
  bool reads = false;
  EventOp op{};        ///< of a list
  EventPart part{};    ///< of what is read
  EventIx result;      ///< of a list
  SlotIx result_slot;  ///< of what is read
  std::vector<EventIx> lists;
  std::array<SlotIx, 2> args{};        ///< Emit: fired, value; Gate: enable; Delay: delay, tMs
  EventKeyIx key;                      ///< Emit, Key
  QueueIx queue;                       ///< Delay
  InstanceIx instance = {};            ///< Collect: whose lanes
  std::array<PlaneIx, 2> planes = {};  ///< Collect: fired, value, where they are no slots in `args`
};

enum class Source : std::uint8_t {
  Value,    // index = ValueIx of the same program
  Uniform,  // index = SlotIx, narrowed to 32 bits once a tick (Bits: as an integer)
  State,    // index = StateIx, component: the lane's value of the previous tick
  Plane,    // index = PlaneIx: what an earlier program stored or a scan made
};

struct Operand {
  Source source = Source::Value;
  Base base = Base::Float;
  std::uint8_t component = 0;  ///< of a State
  std::uint32_t index = 0;
  auto operator<=>(const Operand&) const = default;
};

/// values first_result .. first_result + results - 1 = op(args), lane by lane. Gather reads the lanes of `from`, a
/// State or Plane of any instance, that its argument says.
struct FieldInstr {
  kernels::Op op{};
  std::uint8_t results = 0;
  std::uint8_t arity = 0;
  ValueIx first_result;
  std::array<Operand, kernels::kMaximumArity> args;
  ExprId origin;  ///< of the first result
  Operand from;   ///< of Gather
};

/// What may leave a block; stores run last, after the non-finite check. State, Target, Partial put 0 for a non-finite
/// lane, the others keep raw bits. State and Target outlive the tick: a program that is only evaluated leaves them out.
/// Spill is for other programs of the tick, Cache for all ticks.
enum class StoreKind : std::uint8_t { State, Target, Partial, Tap, Spill, Cache };

/// What a sink needs of a lane. The first eight make InstanceCore together with depth; a sink may be without the others
/// (has_role). Shape: which of the sink's shapes, from 0. Stroke: the width of its line.
enum class Role : std::uint8_t {
  X,
  Y,
  Z,
  Size,
  Red,
  Green,
  Blue,
  Alpha,
  Rotation,
  ScaleX,
  ScaleY,
  Shape,
  Stroke,
  StrokeRed,
  StrokeGreen,
  StrokeBlue,
  StrokeAlpha
};
inline constexpr std::size_t kRoles = 17;

/// State: destination = StateIx, part = component. Target: destination = SinkIx, part = Role. Partial: destination =
/// index of the reduction. Tap: destination = ProbeIx, part = component. Spill, Cache: destination = PlaneIx.
struct Store {
  StoreKind kind = StoreKind::Target;
  std::uint8_t part = 0;
  std::uint32_t destination = 0;
  Operand value;
};

/// Goes up when equal programs give other bits than before.
inline constexpr std::uint32_t kEngineVersion = 1;

/// What one field program may name: its values, the scalars and the state planes that it uses (exec has 16 bits for
/// each).
inline constexpr std::size_t kMostPlanes = 0xffff;

/// Everything that one instance computes in one stage, of `prepare` or of a tick. Stores are grouped by destination,
/// State first.
struct FieldProgram {
  StableId id;
  InstanceIx instance;
  bool stable = false;  ///< a part of `prepare`
  std::uint16_t stage = 0;
  std::uint32_t values = 0;  ///< how many SSA values
  std::vector<FieldInstr> body;
  std::vector<Store> stores;
};

/// One number from all lanes of a field, in 64 bits, after the stage that computes the field.
struct ReduceStep {
  Reduction reduction = Reduction::Sum;
  InstanceIx instance;
  SlotIx result;
};

/// A field in memory, one component: for other lanes, other programs or later ticks to read.
struct Plane {
  Hash128 key;  ///< of a stable one: of what it holds and for which lanes; equal in all programs that have the same
  InstanceIx instance;
  bool stable = false;  ///< a cache: filled by `prepare`, never written again
  ExprId origin;
};

/// A plane that is filled from a file before the first tick.
struct AssetPlane {
  PlaneIx plane;
  std::shared_ptr<const Mesh> mesh;
  MeshStream stream = MeshStream::X;
};

/// result[i] = source[0] .. source[i] joined, in 64 bits, units of 4,096 lanes on their own first; what is not finite
/// counts as 0.
struct ScanStep {
  Reduction reduction = Reduction::Sum;
  InstanceIx instance;
  Operand source;  ///< a State or Plane
  PlaneIx result;
};

/// What gives each event a lane of an instance.
struct Voices {
  StableId id;
  std::string name;  ///< full name of its block
  std::string was;   ///< the name it had before, if the patch says so
  InstanceIx instance;
  bool holds = false;  ///< until an event of the same key lets go
  std::uint16_t stage = 0;
  EventIx input;
  SlotIx release, time;                     ///< in milliseconds
  std::array<PlaneIx, kVoiceParts> planes;  ///< by VoicePart; invalid where nobody reads that part
};

enum class StepKind : std::uint8_t {
  Scalars,  // scalar instructions [first, first + count)
  Events,   // event instructions [first, first + count); in turns with scalars, in the order in which they need each
            // other
  Voices,   // voices [first, first + count)
  Fields,   // field programs [first, first + count): one parallel region
  Reduces,  // reductions [first, first + count)
  Scans,    // scans [first, first + count)
  Order,    // drawing order of every sink
  Emit,     // the RenderFrame
  Commit,   // scalar states take their next values
};

struct Step {
  StepKind kind = StepKind::Scalars;
  std::uint16_t stage = 0;
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

/// What a block remembers from tick to tick. A signal's state is `components` 64-bit slots, a field's as many planes.
struct State {
  StableId id;
  std::string name;  ///< full name of its block
  std::string was;   ///< the name it had before, if the patch says so
  Payload payload = Payload::Float;
  std::uint8_t components = 1;
  InstanceIx instance;           ///< invalid: a signal's
  bool double_buffered = false;  ///< of a field: another lane reads it when it is stored, or later
  std::array<double, 4> initial{};
  std::array<SlotIx, 4> slots;  ///< of a signal: where the previous tick's value is read
  std::array<SlotIx, 4> next;   ///< of a signal: where the next value is found at commit
};

/// How an input takes what is written to it (docs/language.md, section 3, `input`).
enum class ChannelKind : std::uint8_t {
  Value,       // holds what was written last
  Pulse,       // what was written last, for one tick; else 0
  Accumulate,  // the sum of what was written since the last tick
  Latch,       // holds the first that is not 0, until 0 is written
  Event,       // every event that was written since the last tick, in the order of its arrival
};

/// Where an input listens besides its own name, as the patch says it; empty: nowhere.
struct Listening {
  std::string channel, osc, midi, key;
};

/// An input of the patch. What is written between two ticks stands in its slots during the next one.
struct Channel {
  StableId id;
  std::string name;
  ChannelKind kind = ChannelKind::Value;
  double smooth_ms = 0;  ///< by which it glides to what is written, on the side that writes; 0: it jumps
  Payload payload = Payload::Float;
  std::uint8_t components = 1;
  std::array<double, 4> initial{};
  Listening listening;
  std::array<SlotIx, 4> slots;  ///< invalid where nobody reads that component
  EventIx events;               ///< of kind Event: the list that it fills; invalid where nobody reads it
};

/// A slot that time fills.
struct TimeSlot {
  TimeValue value = TimeValue::TMs;
  SlotIx slot;
};

/// How a path goes from corner to corner: along edges; from the middle of one edge to the middle of the next, round the
/// corner between them; along cubic curves, whose corners are a point, two that draw the curve, the next point and so
/// on; along quadratic ones, with one between; along edges with corners cut round.
enum class PathCurve : std::uint8_t { Straight, Smooth, Cubic, Quadratic, Round };

/// How many corners belong to one piece of a curve.
constexpr std::uint32_t group_of(PathCurve curve) {
  return curve == PathCurve::Cubic ? 3 : curve == PathCurve::Quadratic ? 2 : 1;
}

/// A figure whose measures are signals. The corners of a path are lanes of a field; or it has points that are signals
/// themselves, which its topology's verbs use in their order.
struct ShapeEntry {
  ShapeKind kind = ShapeKind::Ellipse;
  std::array<SlotIx, 4> parameters;
  PathCurve curve = PathCurve::Straight;
  bool open = false;                   ///< a path: the last corner does not lead back to the first
  SlotIx corner = {};                  ///< of a Round path: how much of an edge a corner takes
  InstanceIx instance = {};            ///< of a path through lanes
  std::array<Operand, 2> points = {};  ///< of a path through lanes: x and y in memory, a Plane, or a Uniform
  std::vector<SlotIx> fixed = {};      ///< of any other path: x and y of each point
  std::uint32_t topology = 0;          ///< of a path: index into Program::topologies
  std::uint32_t first_point = 0;       ///< of a path: where its points begin among those of the frame, in floats
};

/// Which port a role is of; none for Shape, which is chosen and not moved.
constexpr std::optional<GlidePort> glide_port(Role role) {
  switch (role) {
    case Role::X:
    case Role::Y: return GlidePort::Position;
    case Role::Z: return GlidePort::Z;
    case Role::Size:
    case Role::Stroke: return GlidePort::Size;
    case Role::Red:
    case Role::Green:
    case Role::Blue:
    case Role::StrokeRed:
    case Role::StrokeGreen:
    case Role::StrokeBlue: return GlidePort::Color;
    case Role::Alpha:
    case Role::StrokeAlpha: return GlidePort::Opacity;
    case Role::Rotation: return GlidePort::Rotation;
    case Role::ScaleX:
    case Role::ScaleY: return GlidePort::Scale;
    case Role::Shape: return {};
  }
  return {};
}

/// One pass of the picture. Each of its roles is a Target store of the field program of its instance; what is the same
/// for all lanes is stored from a Uniform operand.
struct Sink {
  StableId id;
  std::string name;
  std::string order_name;  ///< what the painter's order goes by: the name, or the one before a rename
  InstanceIx instance;
  ShapeIx shape;
  std::int32_t layer = 0;
  Blend blend = Blend::Normal;
  bool has_rotation = false;
  bool has_scale = false;
  bool has_stroke = false;
  std::uint32_t shapes = 1;  ///< from `shape` on; of several the role Shape says which
  StyleOf<SlotIx> style = {};
  std::uint32_t trail = 0;             ///< so many earlier pictures of it are drawn below it
  std::uint32_t trail_step = 1;        ///< ticks from one of them to the next
  std::array<ExprId, kRoles> roles{};  ///< what each role is; invalid where the sink is without it
  std::array<GlideSetting, kGlidePorts> glides{};
};

/// Whether the lanes of a sink have a role.
constexpr bool has_role(const Sink& sink, Role role) {
  switch (role) {
    case Role::Rotation: return sink.has_rotation;
    case Role::ScaleX:
    case Role::ScaleY: return sink.has_scale;
    case Role::Shape: return sink.shapes > 1;
    case Role::Stroke:
    case Role::StrokeRed:
    case Role::StrokeGreen:
    case Role::StrokeBlue:
    case Role::StrokeAlpha: return sink.has_stroke;
    default: return true;
  }
}

/// What a camera is made of; angles in degrees. Perspective: where it looks, from how far, from where, how wide.
/// Orthographic: where, and how much of the world the screen's square shows.
enum class CameraValue : std::uint8_t { CenterX, CenterY, Distance, Tilt, Yaw, FovY, Height, Near, Far };
inline constexpr std::size_t kCameraValues = 9;

/// How everything is seen; signals, by CameraValue. Those that the projection has no use for are constants.
struct Camera {
  std::string name;  ///< full name of its block
  bool perspective = false;
  std::array<SlotIx, kCameraValues> values;
  GlideSetting glide;
};

/// A value that somebody wants to see: a signal's slots, or a field's planes stored by Tap stores.
struct Probe {
  std::string name;
  Type type;
  std::uint8_t components = 1;
  InstanceIx instance;          ///< invalid: a signal
  std::array<SlotIx, 4> slots;  ///< of a signal
  EventIx events;               ///< of a signal that is an event
};

/// A port of a block with the value that it carries, for dumps, probes and attribution.
struct PortBinding {
  std::string name;  ///< "pos.radius", "dots.t"
  Span span;
  Type type;
  std::array<ExprId, 4> values;
};

struct Canvas {
  std::uint32_t width = 1280;
  std::uint32_t height = 720;
  std::uint32_t fps_numerator = 60;
  std::uint32_t fps_denominator = 1;
  Fit fit = Fit::Square;
  std::array<double, 4> background{0, 0, 0, 1};
};

struct Program {
  Canvas canvas;
  std::uint32_t seed = 0;
  double period_a_ms = 4000;
  double period_b_ms = 8000;

  ExprTable exprs;
  std::vector<Instance> instances;
  std::vector<double> slots;         ///< start values: constants hold theirs, states their initial ones
  std::uint32_t constant_slots = 0;  ///< the first slots, never written
  std::vector<TimeSlot> time_slots;
  std::vector<Channel> channels;  ///< by name
  std::vector<ScalarInstr> scalars;
  std::vector<EventInstr> events;
  std::vector<EventList> event_lists;
  std::vector<EventKey> event_keys;  ///< those that the patch names
  std::vector<Queue> queues;
  std::vector<Voices> voices;  ///< ascending by stage
  std::vector<FieldProgram> fields;
  std::vector<ReduceStep> reduces;
  std::vector<ScanStep> scans;
  std::vector<Plane> planes;
  std::vector<AssetPlane> assets;
  std::vector<Step> prepare;  ///< what is stable, stage by stage: scalars, fields, reductions, scans
  std::vector<Step> steps;
  std::vector<State> states;
  std::vector<ShapeEntry> shapes;
  std::vector<std::vector<PathVerb>> topologies;  ///< no two are equal
  std::uint32_t point_floats = 0;                 ///< of all paths together
  std::vector<Sink> sinks;                        ///< in painter's order
  std::optional<Camera> camera;
  std::optional<BackgroundOf<SlotIx>> background;  ///< instead of the canvas's
  std::vector<LayerOf<SlotIx>> layers;             ///< ascending
  std::vector<Probe> probes;
  std::vector<PortBinding> ports;
  std::vector<ExprId> slot_origins;  ///< the expression in each slot, for dumps

  /// Lanes of what is computed before the first tick: all that a pool has room for, so that caches serve every count,
  /// unless its count never changes.
  std::uint32_t prepared_lanes(InstanceIx instance) const {
    const Instance& of = instances[instance.v];
    const bool known = of.count.valid() && of.count.v < constant_slots;
    return known ? static_cast<std::uint32_t>(slots[of.count.v]) : of.lanes;
  }
};

}  // namespace oscilla::ir
