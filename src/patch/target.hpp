// What an edit's target leads to (include/oscilla/edit.hpp says how targets are written). In: a patch and a path. Out:
// the statement, and where it leads further down, the call and the port; or an E_EDIT_* diagnostic that names the
// nearest.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "base/diagnostics.hpp"
#include "patch/calls.hpp"
#include "patch/patch.hpp"
#include "patch/signature.hpp"

namespace oscilla::patch {

inline constexpr std::uint32_t kNoIndex = ~0u;

/// Indices into the vectors of the patch; kNoIndex where there is none.
struct Target {
  std::uint32_t statement = kNoIndex;
  std::uint32_t define = kNoIndex;      ///< it is this define, or stands inside it
  std::uint32_t definition = kNoIndex;  ///< into Patch::definitions, or the define's body
  std::uint32_t input = kNoIndex;

  Span name;                   ///< of the definition, input or define
  Span whole;                  ///< of the definition in a define's body, else of the statement
  NodeIx value;                ///< what stands there; invalid for a define, and where the port is left to its default
  CallSite call;               ///< whose port it is; invalid if it is no port
  std::size_t port = kNoPort;  ///< by the signature; kNoPort if the callee is unknown
  std::size_t argument = kNoPort;  ///< that fills the port; kNoPort: none, or what stands left of the `|`
  std::string port_name;

  bool is_port() const { return call.call.valid(); }
  bool is_define() const { return define != kNoIndex && definition == kNoIndex; }
};

using FoundTarget = std::expected<Target, Diagnostic>;
FoundTarget find_target(const Patch& patch, std::string_view path, const Signatures& signatures);

/// As above, of a whole definition, input or define.
FoundTarget find_statement(const Patch& patch, std::string_view path);

std::unexpected<Diagnostic> refuse(Code code, Span span, std::string message, std::string hint);

}  // namespace oscilla::patch
