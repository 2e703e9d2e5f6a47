// What a row's lowering function works with: typed values made of expressions. Types are solved and inputs are adapted
// before, so a lowering only says what is computed; it never converts units and never checks types.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "blocks/catalogue.hpp"
#include "ir/expr.hpp"
#include "ir/program.hpp"
#include "oscilla/asset.hpp"

namespace oscilla::blocks {

/// A typed value: one expression per component; a shape has an index instead, or several of them to choose from, and
/// one expression that says which. An event's components are whether it is there in this tick, and its value (0 where
/// it is not); of a signal there is the list of all that happens in the tick besides (exec/events.hpp).
struct Value {
  ir::Type type;
  std::array<ir::ExprId, 4> planes;
  ir::ShapeIx shape = {};
  std::uint32_t shapes = 1;  ///< from `shape` on
  ir::ExprId list = {};      ///< of an event that is a signal
  std::uint8_t components() const { return ir::planes_of(type.payload); }
};

/// A figure before slots are planned: its measures are scalar expressions; a path has the points of its instance's
/// lanes, two planes, or `verbs` and points that are signals.
struct ShapeDraft {
  ShapeKind kind = ShapeKind::Ellipse;
  std::array<ir::ExprId, 4> parameters;
  std::array<ir::ExprId, 2> points = {};
  ir::PathCurve curve{};
  bool open = false;
  ir::ExprId corner = {};  ///< of a Round path
  ir::InstanceIx instance = {};
  std::vector<PathVerb> verbs = {};
  std::vector<ir::ExprId> fixed = {};  ///< x and y of each point
  FillRule rule{};                     ///< EvenOdd: its sink fills by it, whatever the sink says
};
using ir::PathCurve;

/// A sink before slots are planned.
struct SinkDraft {
  ir::Sink sink;
  std::array<ir::ExprId, ir::kRoles> roles;
  ir::StyleOf<ir::ExprId> style;
};

/// The camera before slots are planned: a signal for each number that it needs.
struct CameraDraft {
  std::string name;  ///< full name of its block
  bool perspective = false;
  std::array<ir::ExprId, ir::kCameraValues> values;
  ir::GlideSetting glide = {};
  ir::ExprId& operator[](ir::CameraValue value) { return values[static_cast<std::size_t>(value)]; }
};

/// Voices before lists and slots are planned.
struct VoicesDraft {
  ir::Voices voices;
  ir::ExprId list, release, time;
};

/// An instance as the graph knows it, with what its block says of it.
struct InstanceDraft {
  ir::Instance instance;
  Value element = {};                       ///< what Array was given; a shape, as a rule
  ir::ExprId count = {};                    ///< of a pool: how many lanes are live, a whole number in [0, lanes]
  ir::ExprId asked = {};                    ///< of a pool: how many the patch asks for, whatever that is
  std::vector<ir::ExprId> element_id = {};  ///< fields that tell elements apart; none: the lane number does
  std::shared_ptr<const Mesh> mesh = {};    ///< whose vertices the lanes are
  std::optional<VoicesDraft> voices = {};   ///< whose lanes events take
  ir::ExprId active = {};                   ///< which of the live lanes are in use; invalid: all
  ir::ExprId fresh = {};  ///< of lanes that become other elements: those that are new in this tick, which read what
                          ///< their states begin with
};

/// A state before slots are planned. Signal or field follows from `state.instance`.
struct StateDraft {
  ir::State state;
  std::array<ir::ExprId, 4> next;
};

/// A queue before lists are planned.
struct QueueDraft {
  ir::Queue queue;
  ir::ExprId list, delay, time;
};

/// Everything that lowering makes.
struct Draft {
  explicit Draft(ir::Folder folder) : build(folder) {}
  ir::ExprBuilder build;
  std::vector<StateDraft> states;
  std::vector<QueueDraft> queues;
  std::vector<ir::EventKey> event_keys;               // by order of their use
  std::map<std::uint32_t, std::string> event_places;  // by list: where it stands first
  std::vector<InstanceDraft> instances;
  std::vector<ShapeDraft> shapes;
  std::vector<SinkDraft> sinks;
  std::vector<ir::Channel> channels;
  std::optional<CameraDraft> camera;
  std::optional<ir::BackgroundOf<ir::ExprId>> background;
  std::vector<ir::LayerOf<ir::ExprId>> layers;
  double period_a_ms = 4000;
  double period_b_ms = 8000;
  std::uint32_t seed = 0;
};

/// What is wrong with what a port was given: reported as E_CONST_VALUE_INVALID, of a port that names a file as E_ASSET.
struct Problem {
  std::size_t port = 0;
  std::string sentence;
  std::string hint = {};  ///< empty: what the port is
};

/// One use of a row.
class Lowering {
 public:
  Draft& draft;
  ir::ExprBuilder& build;
  const Row& row;
  std::span<const Value> inputs;            ///< by port; an absent one, and a list, has payload Unknown
  std::span<const std::string_view> words;  ///< by port; the word given, or the port's first
  std::span<Value> outputs;                 ///< types are set, planes are to be
  ir::InstanceIx instance = {};  ///< of the fields among the inputs, or the one that this block makes; may be invalid
  std::uint32_t salt = 0;        ///< of this block: from its stable id
  Value state = {};              ///< State: what is remembered, as of the previous tick
  std::string_view name = {};    ///< full name
  std::string_view order_name = {};                    ///< full name before a rename
  const AssetFile* file = nullptr;                     ///< what the row's file port names
  std::string_view state_name = {};                    ///< full name with the Kind: what its state goes by
  std::span<const std::span<const Value>> lists = {};  ///< by port; empty where the port takes no list
  std::vector<Problem> problems = {};

  /// The elements of a list, in the order written; empty if it is left out.
  std::span<const Value> list(std::size_t port) const {
    return port < lists.size() ? lists[port] : std::span<const Value>();
  }
  bool has(std::size_t port) const { return inputs[port].type.payload != ir::Payload::Unknown; }
  /// The only component of a float, int or bool input.
  ir::ExprId in(std::size_t port) const { return inputs[port].planes[0]; }
  /// A component of an input of T; a number gives the same for all of them.
  ir::ExprId in(std::size_t port, std::size_t component) const {
    return inputs[port].planes[inputs[port].components() == 1 ? 0 : component];
  }
  void out(std::size_t output, ir::ExprId x) { outputs[output].planes[0] = x; }
  void out(std::size_t output, std::initializer_list<ir::ExprId> planes);
  void out(std::size_t output, const Value& value) {
    outputs[output].planes = value.planes;
    outputs[output].shape = value.shape;
    outputs[output].shapes = value.shapes;
    outputs[output].list = value.list;
  }

  /// True if an input is the constant 0 in every lane: what would only add to something may then be left out.
  bool is_zero(std::size_t port) const {
    return build[in(port)].kind == ir::ExprKind::Constant && build[in(port)].value == 0;
  }
  /// The value of a Setting, which is a constant within its port's range by now.
  double setting(std::size_t port) const { return build[in(port)].value; }

  // State of a block that is not of Form::State, and as much of it as it wants.
  /// What was remembered in the previous tick; `part` tells several of one block apart, `initial` is what is there at
  /// birth. A field if the block is one.
  Value remember(std::string_view part, ir::Payload payload, double initial);
  /// What is remembered from this tick on.
  void remember_next(const Value& remembered, std::span<const ir::ExprId> next);
  void remember_next(const Value& remembered, std::initializer_list<ir::ExprId> next) {
    remember_next(remembered, std::span(next.begin(), next.size()));
  }
  void remember_next(const Value& remembered, const Value& next) {
    remember_next(remembered, std::span(next.planes).first(next.components()));
  }

  // Events
  /// Whether the event at a port is there in this tick, in this lane; never, where the port is absent.
  ir::ExprId fired(std::size_t port);
  /// An event with this key and value where `fired` is true: a list, or of a block that is a field a mask with values.
  Value event(ir::ExprId fired, ir::ExprId value, std::string_view key);
  /// A list as a value.
  Value event(ir::ExprId list);
  ir::EventKeyIx event_key(std::string_view text);

  /// Which of its port's words was given.
  std::size_t word(std::size_t port) const;

  /// The shape with these measures, as a value.
  Value shape(ShapeKind kind, std::array<ir::ExprId, 4> parameters);
  /// The closed figure through these points of `instance`, turned by an angle in radians.
  Value path(std::array<ir::ExprId, 2> points, ir::ExprId rotation, PathCurve curve);
  /// A path whose points are signals: x and y of each.
  Value path(std::vector<PathVerb> verbs, std::vector<ir::ExprId> points, ir::ExprId rotation);
  /// What is drawn where a patch names no figure.
  Value disc() { return shape(ShapeKind::Ellipse, {number(0.02), number(0.02), number(0), number(0)}); }

  // Arithmetic on components
  ir::ExprId number(double value) { return build.constant(value); }
  ir::ExprId add(ir::ExprId a, ir::ExprId b) { return build.op(kernels::Op::Add, {a, b}); }
  ir::ExprId subtract(ir::ExprId a, ir::ExprId b) { return build.op(kernels::Op::Subtract, {a, b}); }
  ir::ExprId multiply(ir::ExprId a, ir::ExprId b) { return build.op(kernels::Op::Multiply, {a, b}); }
  ir::ExprId divide(ir::ExprId a, ir::ExprId b) { return build.op(kernels::Op::Divide, {a, b}); }
  ir::ExprId op(kernels::Op op, std::initializer_list<ir::ExprId> args, std::uint8_t result = 0) {
    return build.op(op, args, result);
  }

  /// condition ? a : b; one of the two alone where the condition is a constant.
  ir::ExprId choose(ir::ExprId condition, ir::ExprId a, ir::ExprId b);

  /// An angle input in radians.
  ir::ExprId radians(std::size_t port);
  /// Sine and cosine of an angle input, worked out in turns where its unit divides the circle evenly (turns, degrees).
  ir::ExprId sine(std::size_t port) { return sine_cosine(port, 0); }
  ir::ExprId cosine(std::size_t port) { return sine_cosine(port, 1); }

  /// The lane number of `instance`.
  ir::ExprId index();
  /// index / (count - 1); 0.5 where there is one lane.
  ir::ExprId normalized_index();
  /// How many lanes `instance` has in this tick: a constant, or of a pool a signal.
  ir::ExprId count();

  /// Random bits of (global seed, keys): every key is mixed in its own round. Of a sum of a field and a signal both
  /// parts are keys of their own, so that a large signal (a time) never swallows what tells lanes apart.
  ir::ExprId random_bits(std::span<const ir::ExprId> keys);
  ir::ExprId random_bits(std::initializer_list<ir::ExprId> keys) {
    return random_bits(std::span(keys.begin(), keys.size()));
  }
  /// random_bits as a number in [0, 1).
  ir::ExprId random(std::span<const ir::ExprId> keys);
  ir::ExprId random(std::initializer_list<ir::ExprId> keys) { return random(std::span(keys.begin(), keys.size())); }
  /// The salt of this block as a key.
  ir::ExprId salt_key() { return number(salt); }
  /// A number in [0, 1) that every element of `instance` has of its own: of (global seed, this block, `keys`, instance,
  /// element id). It stays when the count changes.
  ir::ExprId random_of_element(std::initializer_list<ir::ExprId> keys);

 private:
  ir::ExprId sine_cosine(std::size_t port, std::uint8_t result);
};

/// What is remembered, but in lanes that are new elements what a state begins with.
ir::ExprId unless_fresh(Draft& draft, ir::InstanceIx instance, ir::ExprId initial, ir::ExprId remembered);

/// A list of events as a value, named after where it stands.
Value event_of(Draft& draft, ir::ExprId list, std::string_view place);
/// Where an event is there in any, or in all, of several; lists in the order of the writers.
Value combine_events(Draft& draft, bool all, std::span<const Value> writers, const ir::Type& type,
                     std::string_view place);

/// `op` on every component; a one-component operand beside a longer one goes to every component.
Value componentwise(ir::ExprBuilder& build, kernels::Op op, std::span<const Value> operands, ir::Type result);

}  // namespace oscilla::blocks
