// The working state of normalise(), inside this room only.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/text_arena.hpp"
#include "graph/findings.hpp"
#include "graph/graph.hpp"
#include "patch/patch.hpp"

namespace oscilla::graph {

inline constexpr std::size_t kNoPort = ~std::size_t{0};
inline constexpr std::uint32_t kNone = ~0u;

/// Where an expression stands: the name that it has now, and the one that it had before a rename (`was:`).
struct Place {
  std::string_view now;
  std::string_view before;
  std::uint32_t definition = kNoDefinition;
};

/// A value that is being built: a source, a name that is looked up when all definitions are read, or a use of a
/// composite, which has the values of its outputs.
struct Ref {
  Source source;
  std::uint32_t pending = kNone;
  std::uint32_t expansion = kNone;
};

/// `.x`, `.phaseA`
struct Member {
  std::string_view name;
  Span span;
};

/// A use of a definition, `dots.t.x`, or of a composite's value.
struct Pending {
  std::uint32_t definition;  ///< kNone: `expansion`
  std::vector<Member> members;
  Span span;
  Place place;
  std::uint32_t expansion = kNone;
};

/// A `define` as it is read once for all of its uses. A use has a definition for each parameter, then for each
/// definition of the body.
struct Composite {
  const patch::Define* define;
  std::uint32_t file;
  std::unordered_map<std::string_view, std::uint32_t> names;  ///< looked up only
  std::vector<std::string_view> name_list;
  std::vector<std::uint32_t> order;  ///< of the body's definitions, by name
};

/// One use of a composite.
struct Expansion {
  std::uint32_t composite;
  Place place;
  std::uint32_t outer;  ///< the expansion that its call stands in; kNone: in a file
  std::uint32_t first;  ///< of its definitions
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
  Normaliser(const patch::Patch& patch, const patch::Patch* library, Graph& graph, Findings& findings)
      : patch_(&patch), library_(library), graph_(graph), findings_(findings) {}
  void run();

 private:
  // Settings of the file (file_settings.cpp)
  void read_canvas();
  void read_canvas_setting(const patch::CanvasSetting& setting);
  void read_frame_rate(const patch::CanvasSetting& setting);
  void read_seed();
  void check_camera();
  // Definitions (normalise.cpp)
  void index_definitions();
  void build_inputs();
  Ref build_input(const patch::Input& input);
  void build_definitions();
  void build_definition(const patch::Definition& definition, std::uint32_t ix, bool again);
  void refuse_sink_values();
  void record_places();
  void add_births();
  void check_time_root();
  bool is_full();

  // Names that lead to values (resolve_names.cpp)
  void resolve_pendings();
  void resolve(std::uint32_t pending);
  Ref value_of(const Pending& use) const;
  Ref step(const Pending& use, Ref value, std::size_t& member);
  void refuse_alias_loop(std::span<const std::uint32_t> loop);
  Source first_output(std::uint32_t expansion);
  Source read_clock(Source source) const;

  // Identity (identity.cpp)
  void check_renames();
  void check_identities();

  // Composites (composites.cpp)
  void read_files();
  void index_composites();
  void check_uses();
  void check_kind_names();
  std::optional<std::uint32_t> find_composite(std::string_view name) const;
  std::optional<std::uint32_t> find_in_library(std::string_view name) const;
  Place place_of_use(const Place& place);
  Ref build_composite(std::uint32_t composite, const patch::Node& ast, const Place& at, std::span<const Given> given);
  bool may_expand(std::uint32_t composite, const patch::Node& ast);
  std::uint32_t add_expansion(std::uint32_t composite, const Place& place);
  void build_expansions();
  void build_parameters(std::uint32_t expansion);
  Ref parameter(const patch::Parameter& parameter, const patch::Patch& file, Ref value, const Place& place, Span span);
  bool has_type(const patch::Parameter& parameter);
  bool may_stand_here(const blocks::Row& row, const patch::Node& ast);
  std::vector<std::string_view> output_names(std::uint32_t expansion) const;
  Ref output_value(std::uint32_t expansion, std::size_t output);
  std::uint32_t output_of(std::uint32_t expansion, std::size_t output) const;

  // Expressions (normalise_expression.cpp)
  Ref build(patch::NodeIx ast, const Place& place);
  Ref build_name(const patch::Node& ast, const Place& place);
  Ref unknown_name(const patch::Node& ast, const Place& place);
  Ref build_member(const patch::Node& ast, const Place& place);
  Ref build_operation(const patch::Node& ast, const Place& place);
  Ref build_constant(const patch::Node& ast, const Place& place);
  Ref build_canvas_member(std::string_view member, Span span, const Place& place);
  Ref member_of(Ref value, Member member, Span span, const Place& place);
  Ref unknown_member(Source value, Member member, Span span, const Place& place);

  // Calls (normalise_call.cpp, normalise_row.cpp)
  Ref build_call(const patch::Node& ast, const Place& place, std::optional<Ref> left);
  Ref build_row(const blocks::Row& row, const patch::Node& ast, const Place& place, std::span<const Given> given);
  Ref build_op_call(kernels::Op op, const patch::Node& ast, const Place& place, std::span<const Given> given);
  Ref build_combine(const patch::Node& ast, const Place& place, std::span<const Given> given);
  std::vector<Given> arguments_of(const patch::Node& ast, std::optional<Ref> left);
  /// The port of each given argument; kNoPort where there is none (reported).
  std::vector<std::size_t> match(const patch::Node& ast, std::span<const std::string_view> ports,
                                 std::span<const Given> given);
  void refuse_more(std::string_view call, std::span<const std::string_view> ports, std::span<const Given> given);
  Ref value_of(const Given& given, const Place& place);
  void read_for_mistakes(const Given& given, const Place& place);
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
  Place down(const Place& place, std::string_view port);
  NodeIx add(Node node, const Place& place, Span span);
  Ref error(Span span, const Place& place);
  Ref nothing();
  Ref typed(blocks::PortType type, Ref value, const Place& place, Span span);
  Ref constant(std::array<double, 4> value, ir::Type type, const Place& place, Span span);
  Input input(Ref ref, Span span, bool given = true);
  Source swizzle(Source value, Member member, Span span, const Place& place);
  void report(NodeIx node, Code code, Span span, std::string message, std::string hint = {}) {
    findings_.report_in(definition_, node, code, span, std::move(message), std::move(hint));
  }
  /// The definition that `name` means here.
  std::optional<std::uint32_t> find_definition(std::string_view name) const;
  const std::vector<std::string_view>& names_here() const;
  std::string nearest(std::string_view name, std::span<const std::string_view> candidates);

  const patch::Patch* patch_;    ///< the file that is being read
  const patch::Patch* library_;  ///< of the program; may be null
  Graph& graph_;
  Findings& findings_;
  std::uint32_t definition_ = kNoDefinition;  ///< the one that is being read
  std::uint32_t expansion_ = kNone;           ///< the use of a composite that is being read
  std::uint32_t file_ = 0;
  std::size_t hints_ = 0;                                            ///< looked for so far
  std::unordered_map<std::string_view, std::uint32_t> definitions_;  // of the patch; looked up only
  std::vector<std::string_view> definition_names_;                   // inputs included
  std::unordered_map<std::string_view, Ref> inputs_;                 // looked up only
  bool in_input_ = false;                                            // the next Kind is an input's own
  std::vector<Ref> definition_values_;
  TextCounts name_counts_;
  TextCounts use_counts_;  // of composites, by place
  std::vector<Composite> composites_;
  std::vector<std::unordered_map<std::string_view, std::uint32_t>> kinds_;    // by file: its own
  std::vector<std::unordered_map<std::string_view, std::uint32_t>> visible_;  // by file: with those that it uses
  Ref nothing_;
  std::vector<Expansion> expansions_;
  std::vector<std::pair<std::string_view, Source>> rails_;  ///< of the TimeRoot: those that the patch says itself
  std::vector<Pending> pendings_;
  std::vector<Ref> resolved_;
  std::vector<std::uint8_t> resolve_states_;
  struct First {
    Source source;
    std::uint8_t state = 0;  ///< 0 not seen, 1 on the way, 2 known
  };
  std::vector<First> first_outputs_;  // by expansion
  struct Rename {
    std::string_view was;
    Span span;
    std::string_view place;
    std::uint32_t definition;
  };
  std::vector<Rename> renames_;
};

}  // namespace oscilla::graph
