// The working state of normalise(), inside this room only.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/findings.hpp"
#include "graph/graph.hpp"
#include "patch/patch.hpp"

namespace oscilla::graph {

inline constexpr std::size_t kNoPort = ~std::size_t{0};

/// Where an expression stands: the name that it has now, and the one that it had before a rename (`was:`).
struct Place {
  std::string now;
  std::string before;
  std::uint32_t definition = kNoDefinition;
  Place down(std::string_view port) const;
};

/// A value that is being built: a source, or a name that is looked up when all definitions are read.
struct Ref {
  Source source;
  std::uint32_t pending = ~0u;
};

/// `.x`, `.phaseA`
struct Member {
  std::string_view name;
  Span span;
};

/// A use of a definition: `dots.t.x`.
struct Pending {
  std::uint32_t definition;
  std::vector<Member> members;
  Span span;
  Place place;
};

/// An argument of a call, with its value built or its word read.
struct Given {
  Span span;
  std::string_view name;  ///< empty if positional
  patch::NodeIx ast;      ///< invalid for the left side of a lens
  Ref left;
};

class Normaliser {
 public:
  Normaliser(const patch::Patch& patch, Graph& graph, Findings& findings)
      : patch_(patch), graph_(graph), findings_(findings) {}
  void run();

 private:
  // Settings of the file (normalise.cpp)
  void read_canvas();
  void read_canvas_setting(const patch::CanvasSetting& setting);
  void read_frame_rate(const patch::CanvasSetting& setting);
  void read_seed();
  void refuse_what_waits();
  void check_time_root();
  void check_camera();
  // Definitions (normalise.cpp)
  void index_definitions();
  void build_inputs();
  Ref build_input(const patch::Input& input);
  void build_definitions();
  void resolve_pendings();
  void refuse_sink_values();
  Source resolve(std::uint32_t pending, std::vector<std::uint8_t>& state);
  void refuse_alias_loop(std::span<const std::uint32_t> loop);
  void record_places();
  void check_renames();
  void check_identities();

  // Expressions (normalise_expression.cpp)
  Ref build(patch::NodeIx ast, const Place& place);
  Ref build_name(const patch::Node& ast, const Place& place);
  Ref build_member(const patch::Node& ast, const Place& place);
  Ref build_operation(const patch::Node& ast, const Place& place);
  Ref build_constant(const patch::Node& ast, const Place& place);
  Ref build_canvas_member(std::string_view member, Span span, const Place& place);
  Ref member_of(Ref value, Member member, Span span, const Place& place);

  // Calls (normalise_call.cpp)
  Ref build_call(const patch::Node& ast, const Place& place, std::optional<Ref> left);
  Ref build_row(const blocks::Row& row, const patch::Node& ast, const Place& place, std::span<const Given> given);
  Ref build_op_call(kernels::Op op, const patch::Node& ast, const Place& place, std::span<const Given> given);
  Ref build_combine(const patch::Node& ast, const Place& place, std::span<const Given> given);
  std::vector<Given> arguments_of(const patch::Node& ast, std::optional<Ref> left);
  /// The port of each given argument; kNoPort where there is none (reported).
  std::vector<std::size_t> match(const patch::Node& ast, std::span<const std::string_view> ports,
                                 std::span<const Given> given);
  Ref value_of(const Given& given, const Place& place);
  /// What stands in a list; one value alone is a list of one.
  std::vector<Input> elements_of(const Given& given, const Place& place);
  std::string_view word_of(const blocks::Port& port, const Given& given);
  std::string_view text_of(const blocks::Port& port, const Given& given);
  /// What stands in a port that is left out; `tell` says whether to report that nothing can.
  Input fallback_input(const blocks::Port& port, const Place& place, const patch::Node& ast, bool tell);
  Place place_of_call(const patch::Node& ast, const Place& place);
  void refuse_was(const patch::Node& ast);
  Ref refuse_inner_input(const patch::Node& ast, const Place& place, std::span<const Given> given);
  Ref unknown_call(const patch::Node& ast, const Place& place, std::span<const Given> given);

  // Nodes (normalise.cpp)
  NodeIx add(Node node, const Place& place, Span span);
  Ref error(Span span, const Place& place);
  Ref constant(std::array<double, 4> value, ir::Type type, const Place& place, Span span);
  Input input(Ref ref, Span span, bool given = true);
  Source swizzle(Source value, Member member, Span span, const Place& place);

  const patch::Patch& patch_;
  Graph& graph_;
  Findings& findings_;
  std::unordered_map<std::string_view, std::uint32_t> definitions_;  // looked up only
  std::vector<std::string_view> definition_names_;                   // inputs included
  std::unordered_map<std::string_view, Ref> inputs_;                 // looked up only
  bool in_input_ = false;                                            // the next Kind is an input's own
  std::vector<Ref> definition_values_;
  std::unordered_map<std::string, std::uint32_t> name_counts_;  // looked up only
  std::vector<Pending> pendings_;
  std::vector<Source> resolved_;
  struct Rename {
    std::string was;
    Span span;
    std::string place;
  };
  std::vector<Rename> renames_;
};

}  // namespace oscilla::graph
