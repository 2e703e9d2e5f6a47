// The normalised graph: a patch with everything explicit. Every expression, default and adapter is a node with a full
// name that comes from the text alone; every input has a source. normalise() makes it, cut_cycles() says where feedback
// is cut, solve_types() gives every output its type and inserts the adapters; after that nothing changes it.
#pragma once

#include <array>
#include <cstdint>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ids.hpp"
#include "base/small_list.hpp"
#include "base/text_arena.hpp"
#include "blocks/catalogue.hpp"
#include "ir/program.hpp"
#include "ir/types.hpp"
#include "kernels/op_table.hpp"
#include "oscilla/asset.hpp"
#include "oscilla/diagnostic.hpp"

namespace oscilla::patch {
struct Patch;
}

namespace oscilla::graph {

using NodeIx = Id<struct GraphNodeTag>;
inline constexpr std::uint32_t kNoDefinition = ~0u;

/// An output of a node.
struct Source {
  NodeIx node;
  std::uint16_t output = 0;
  bool valid() const { return node.valid(); }
  auto operator<=>(const Source&) const = default;
};

enum class NodeKind : std::uint8_t {
  Row,        // a Kind or function of the catalogue
  Op,         // an op of the op table, on whole values
  Constant,   // a literal, a built-in constant or a default
  Swizzle,    // components of a value
  Combine,    // several writers as one value
  Adapter,    // a conversion that solve_types put into a wire
  Birth,      // a state's value, with what it begins with: inputs are the state's node and its `initial`
  Parameter,  // what arrives at a parameter of a composite, at a rail of the TimeRoot, or (type T) behind a unary `+`
  Error,      // what could not be understood; already reported
};

enum class CombineMode : std::uint8_t { Sum, Product, Average, Min, Max, First, Last, Or, And, Blend, Any, All };
inline constexpr std::string_view kCombineWords[] = {"sum",  "product", "average", "min",   "max", "first",
                                                     "last", "or",      "and",     "blend", "any", "all"};
static_assert(std::size(kCombineWords) == static_cast<std::size_t>(CombineMode::All) + 1);

/// A wire's end. An absent input has no source (its row's lowering knows what to do without).
struct Input {
  Source source;
  Span span;                          ///< of the argument, or of the call where a default stands
  bool given = false;                 ///< written in the patch
  std::uint32_t via = kNoDefinition;  ///< the definition that it is read by, where it is read by name
};

struct Node {
  NodeKind kind = NodeKind::Error;
  std::string_view place;     ///< where it stands: "pos.radius"
  std::string_view name;      ///< its full name: "pos.radius.Lag", "pos.radius.Lag~2"
  std::string_view identity;  ///< the full name before a rename (`was:`); else the same
  Span span;
  std::uint32_t definition = kNoDefinition;  ///< the definition that it belongs to

  const blocks::Row* row = nullptr;          // Row
  kernels::Op op{};                          // Op
  CombineMode combine{};                     // Combine
  std::uint8_t adapter = 0;                  // Adapter: row of the adapter table
  blocks::PortType port{};                   // Parameter: its type
  std::array<std::uint8_t, 4> components{};  // Swizzle
  std::uint8_t component_count = 0;
  std::array<double, 4> constant{};  // Constant

  SmallList<Input, 2> inputs;                ///< Row: by port, then the elements of its lists; else in order
  std::vector<std::uint16_t> element_ports;  ///< Row: the port of each element of a list, ascending
  std::vector<std::string_view> words;       ///< Row: by port, empty where it takes no word; none if none does
  SmallList<ir::Type, 1> outputs;            ///< Row: by output; else one. Known from the start for constants only
  ir::InstanceIx instance;                   ///< of its fields, or the one that it makes
  bool lens = false;                         ///< written behind a `|`
  bool is_cut = false;                       ///< a loop is cut here: readers see the state before this tick

  /// The port of a row's input.
  const blocks::Port& port_of(std::size_t input) const {
    const std::size_t ports = row->ports.size();
    return row->ports[input < ports ? input : element_ports[input - ports]];
  }
};

/// A definition of the expanded patch: of the file, or inside one use of a composite.
struct Definition {
  std::string_view place;               ///< "pos"; inside a composite "left.x"
  Span span;                            ///< in the text of `file`
  std::uint32_t file;                   ///< of Graph::files
  std::uint32_t user = kNoDefinition;   ///< the definition in which the composite is used
  std::string_view composite = {};      ///< its Kind; empty at top level
  std::uint32_t alias = kNoDefinition;  ///< the definition that it is only another name for
};

/// The place of a value as the text shows it, for probes and dumps.
using Places = std::map<std::string, Source, std::less<>>;

struct Graph {
  std::vector<const patch::Patch*> files;  ///< the patch, then what it uses, then the library of the program
  std::vector<Definition> definitions;     ///< those of the patch first, in text order
  std::vector<Node> nodes;
  TextArena names;                                         ///< of the nodes and definitions
  std::vector<std::pair<std::string_view, Source>> named;  ///< definitions, inputs and rails; see places_of()
  NodeIx time_root;
  NodeIx camera;  ///< invalid: none
  ir::Canvas canvas;
  std::uint32_t seed = 0;
  std::vector<NodeIx> instances;         ///< who makes instance k
  std::vector<ir::InstanceIx> parents;   ///< of a Repeat: whose lanes it repeats; else invalid
  std::vector<const AssetFile*> assets;  ///< by node, as far as the last that reads a file; null where none is read
  std::vector<Source> probes;            ///< values that somebody wants to read, in the order asked for

  Node& operator[](NodeIx ix) { return nodes[ix.v]; }
  const Node& operator[](NodeIx ix) const { return nodes[ix.v]; }
  const ir::Type& type_of(Source source) const { return nodes[source.node.v].outputs[source.output]; }
};

/// Whether the lanes of `instance` belong to those of `parent`: it repeats them, or something that repeats them.
bool belongs_to(std::span<const ir::InstanceIx> parents, ir::InstanceIx instance, ir::InstanceIx parent);
/// Definitions, inputs, rails, and ports on the way down.
Places places_of(const Graph& graph);

inline constexpr std::size_t kNoInitial = ~std::size_t{0};
/// The port that says what a block that remembers begins with.
std::size_t initial_port(const blocks::Row& row);

/// How a node's kind is written: "Lag", "sin", "add", "Const", "PhaseToRadians".
std::string_view kind_name(const Node& node);

}  // namespace oscilla::graph
