// The checker of check_types(), inside this room only. It looks at every node once, inputs first; what reads a
// mistake's result is bad too, and silent, so that every mistake is told where it is made and no consequence of it is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/check_types.hpp"
#include "graph/type_rules.hpp"

namespace oscilla::graph {

class TypeChecker {
 public:
  TypeChecker(Graph& graph, Findings& findings) : graph_(graph), findings_(findings), bad_(graph.nodes.size()) {}
  void run(const std::vector<std::vector<NodeIx>>& order);

 private:
  using Types = std::vector<ir::Type>;

  // The node as a whole (check_types.cpp)
  void find_angles();
  void check(NodeIx ix);
  void check_known_ports(NodeIx ix);
  void check_resolved(const std::vector<NodeIx>& component);
  bool check_instances(NodeIx ix, const NodeTypes& joined);
  void take_parents_values(NodeIx ix, ir::InstanceIx instance);
  bool reads_unknown(const Node& node) const;
  void fail(NodeIx ix, Code code, Span span, std::string message, std::string_view hint = {});
  /// Puts an adapter into the wire to an input.
  void insert(NodeIx ix, std::size_t input_index, std::uint8_t row, std::string place);

  // Catalogue rows (check_ports.cpp)
  void check_row(NodeIx ix, const Types& arriving, const NodeTypes& joined);
  void check_parameter(NodeIx ix, const ir::Type& type, const NodeTypes& joined);
  bool check_port(NodeIx ix, std::size_t port_index, const blocks::Port& port, const ir::Type& type,
                  const NodeTypes& joined);
  void adapt_port(NodeIx ix, std::size_t port_index, const blocks::Port& port, const ir::Type& type,
                  const NodeTypes& joined);

  // Operations, components and combine() (check_operations.cpp)
  void check_op(NodeIx ix, const Types& arriving, const NodeTypes& joined);
  bool check_op_payloads(NodeIx ix, const Types& arriving, const NodeTypes& joined);
  void check_same_units(NodeIx ix, const Types& arriving, const NodeTypes& joined);
  void check_product(NodeIx ix, const Types& arriving, bool product);
  void check_angle(NodeIx ix, const ir::Type& type);
  void check_plain(NodeIx ix, const Types& arriving);
  void check_swizzle(NodeIx ix, const ir::Type& type);
  void check_combine(NodeIx ix, const Types& arriving, const NodeTypes& joined);

  Graph& graph_;
  Findings& findings_;
  std::vector<bool> bad_;
  std::vector<bool> read_as_angle_;
  std::unordered_map<std::string, std::uint32_t> adapter_counts_;  // looked up only
};

// What the messages have in common (type_words.cpp)
inline constexpr std::string_view kPlainHint = "divide by 1s, 1rad or 1deg to make a plain number of it";

/// "a time", "an int field", "an angle in deg".
std::string a(const ir::Type& type);
/// "a vec2 and a float"; absent ones are left out.
std::string list_types(const std::vector<ir::Type>& types);
/// What to do where values of different types meet.
std::string_view joins_hint(const std::vector<ir::Type>& types);
/// Which blocks make a value of an event, and an event of a value.
inline constexpr std::string_view kEventToValueHint =
    "an event is no value; EventToSignalMask(event) is 1 in its frames, EventToImpulse(event, duration: 90ms) for a "
    "while, "
    "EventValue(event) its value; Toggle, Accumulator and SampleAndHold remember it";
inline constexpr std::string_view kValueToEventHint =
    "RisingEdge(x), Threshold(x) and PhaseWrap(phase) make events of numbers, EdgeDetect(x > 0.5) of conditions, "
    "ClockPulse(period: 500ms) of time";

/// What to do with a value of this payload where a port takes another.
std::string_view payload_hint(ir::Payload payload, blocks::PortType port);

bool is_scalar_number(ir::Payload payload);

}  // namespace oscilla::graph
