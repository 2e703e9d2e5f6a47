// The Patch: a text and what stands where in it. Definitions, names and literals as written, each with its span. It
// knows no Kind, no type and no meaning; the text is the truth and every node points into it, so nothing is lost by
// reading a patch.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"
#include "base/ids.hpp"
#include "oscilla/asset.hpp"

namespace oscilla::patch {

using NodeIx = Id<struct NodeTag>;

enum class NodeKind : std::uint8_t {
  Number,       // token; its unit, if any, is part of it: `2.5s`
  Color,        // token: `#0b0b12`
  String,       // token, quotes included
  Bool,         // token
  Name,         // token
  Call,         // token = the Kind or function name; arguments
  Group,        // children: the expression in the brackets
  Vector,       // children: 2 or 3
  List,         // children: any number
  Member,       // children: the value; token = the member's name
  Unary,        // children: 1; operation
  Binary,       // children: 2; operation; token = the operator
  Conditional,  // children: condition, then, else
  Pipe,         // children: left side, Call on the right: `a | f(x)`
  Error,        // what could not be read; already reported
};

enum class Operation : std::uint8_t {
  None,
  Negate,
  Plus,
  Not,
  Add,
  Subtract,
  Multiply,
  Divide,
  Modulo,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  Equal,
  NotEqual,
  And,
  Or
};

/// An argument of a call: `value`, `name: value`, or `was: place.of.before` (then `value` is invalid).
struct Argument {
  Span span;
  Span name;  ///< empty if positional
  NodeIx value;
  Span was_path;  ///< not empty iff this is `was:`
};

/// A node of an expression. Children and arguments are ranges of Patch::children and Patch::arguments.
struct Node {
  NodeKind kind = NodeKind::Error;
  Operation operation = Operation::None;
  Span span;   ///< all of it
  Span token;  ///< the part that names it
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

/// `name = expression`. `value` is an Error node where the right side could not be read.
struct Definition {
  Span span;
  Span name;
  NodeIx value;
};

/// `fps 30000/1001`: a setting of the canvas line; `divisor` is invalid where there is none.
struct CanvasSetting {
  Span name;
  NodeIx value;
  NodeIx divisor;
};

struct Canvas {
  Span span;
  Span size;
  std::vector<CanvasSetting> settings;
};

struct Seed {
  Span span;
  Span number;
};

struct Use {
  Span span;
  Span path;                                      ///< quotes included
  std::shared_ptr<const struct Patch> file = {};  ///< what stands there; null if it was not read
};

/// `input name = Kind(...)`: the call node.
struct Input {
  Span span;
  Span name;
  NodeIx call;
};

struct Parameter {
  Span name;
  Span type;
  NodeIx fallback;  ///< invalid if required
};

struct Define {
  Span span;
  Span name;
  std::vector<Parameter> parameters;
  std::vector<Span> outputs;
  std::vector<Definition> body;
};

enum class StatementKind : std::uint8_t {
  Version,
  Canvas,
  Seed,
  Use,
  Input,
  Define,
  Definition,
  Unreadable,  // no statement of the language; already reported
  Unread,      // the rest of the text behind a limit or a newer version: nobody looked at it
};

/// A statement's place among all of them. The tokens of all statements are all tokens of the text.
struct Statement {
  StatementKind kind = StatementKind::Unreadable;
  bool broken = false;      ///< something in it could not be read: it keeps its bytes
  std::uint32_t index = 0;  ///< into the vector of its kind; of no meaning for the last two kinds and the version
  Span span;                ///< first token to last token, comments behind it excluded
};

/// A file that a call names, and what was in it.
struct AssetUse {
  std::string path;  ///< as the text says it
  std::string user;  ///< the patch file that says it
  AssetFile file;
};

/// Everything a patch's text says, in text order within each kind.
struct Patch {
  std::string file_name;
  std::string text;
  std::uint32_t version = 0;          ///< 0 if the version line is missing or unreadable
  std::vector<Statement> statements;  ///< all of them, in text order
  std::vector<Canvas> canvases;
  std::vector<Seed> seeds;
  std::vector<Use> uses;
  std::vector<Input> inputs;
  std::vector<Define> defines;
  std::vector<Definition> definitions;

  std::vector<Node> nodes;
  std::vector<NodeIx> children;
  std::vector<Argument> arguments;

  // Of the patch that is loaded, also for the files that it uses:
  std::vector<AssetUse> assets;
  ReadAsset read_asset;  ///< for another text in its place; empty: nobody reads files

  Diagnostics diagnostics;  ///< what reading found, in text order

  std::string_view at(Span span) const { return std::string_view(text).substr(span.begin, span.end - span.begin); }
  /// The first definition of that name, or null.
  const Definition* find(std::string_view name) const;
  /// The file that `path` means in the patch file called `user`; null if it was not read.
  const AssetFile* find_asset(std::string_view path, std::string_view user) const;
  const Node& operator[](NodeIx ix) const { return nodes[ix.v]; }
  std::span<const NodeIx> children_of(const Node& node) const {
    return std::span(children).subspan(node.first, node.count);
  }
  std::span<const Argument> arguments_of(const Node& node) const {
    return std::span(arguments).subspan(node.first, node.count);
  }
};

}  // namespace oscilla::patch
