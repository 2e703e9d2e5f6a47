// The calls of an expression and what stands in their ports. In: a node. Out: the calls that stand at its place, each
// with its arguments by port, whether they were written by position, by name or before a `|`.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "patch/patch.hpp"
#include "patch/signature.hpp"

namespace oscilla::patch {

/// Lower case is a function.
bool is_kind(std::string_view callee);

/// A call, and the `|` that it stands behind if there is one.
struct CallSite {
  NodeIx call;
  NodeIx pipe;
};

/// An argument and the port that it fills. `argument` is kNoPort for the left side of a pipe; `port` is kNoPort where
/// nothing is known of it, and for `was:`.
struct FilledPort {
  std::size_t port = kNoPort;
  std::size_t argument = kNoPort;
  NodeIx value;
};

/// In the order of the text.
std::vector<FilledPort> filled_ports(const Patch& patch, CallSite site, const Signature& signature);

/// The signature of what a site calls: a `define` of the patch, else what `signatures` knows.
Signature signature_of(const Patch& patch, CallSite site, const Signatures& signatures);

/// The calls at the place of `value`: through brackets, operands, components, elements, arguments of functions and what
/// stands left of a `|`, not into the ports of Kinds. In the order of the text; functions are calls too.
std::vector<CallSite> calls_at(const Patch& patch, NodeIx value);

/// The call that makes `value` as a whole, brackets taken off: its last lens, or itself; invalid if it is no call.
CallSite main_call(const Patch& patch, NodeIx value);

/// The nodes that are words of their ports, and the modes of combine(): names of nothing.
std::vector<bool> word_nodes(const Patch& patch, const Signatures& signatures);

/// `value` without brackets around it.
NodeIx without_groups(const Patch& patch, NodeIx value);

/// The combine() that `value` is; invalid if it is none.
NodeIx combine_of(const Patch& patch, NodeIx value);

}  // namespace oscilla::patch
