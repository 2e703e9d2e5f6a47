// Questions about the wires of a patch: what could stand in a port, what stands there, who reads a value. And what a
// diagnostic's hint would change.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "oscilla/diagnostic.hpp"
#include "oscilla/patch.hpp"

namespace oscilla {

/// A value that may be wired into a port.
struct FittingValue {
  std::string value;                  ///< as it is written: "pos", "dots.t"
  std::string type;                   ///< "vec2 field"
  std::vector<std::string> adapters;  ///< that would stand between, in the order of the flow
  bool feedback = false;              ///< it depends on the block, so that its wire closes a loop
};

/// Every definition's output that fits the port of a block (`port` as in Edit::target), in the order of the text: found
/// by trying one of each type, and each that would close a loop. The error says why there is no such port.
std::expected<std::vector<FittingValue>, Diagnostic> fitting_values(const Patch& patch, std::string_view port);

/// A wire between two places of a patch.
struct Wire {
  std::string from;                   ///< the value: "dots.t"; of a number its text
  std::string to;                     ///< where it is read: "draw.size", "angle"
  std::vector<std::string> adapters;  ///< between them
};

/// What is written into a port, or stands there by default.
struct PortWires {
  std::string port;             ///< "draw.size"
  std::string type;             ///< of what arrives; empty: nothing does
  bool given = false;           ///< written in the patch
  std::vector<Wire> producers;  ///< the values of other definitions that it is made of, in the order of the text
};

struct BlockWires {
  std::vector<PortWires> inputs;  ///< of the block or port that was asked for
  std::vector<Wire> consumers;    ///< of the block's outputs, or of the output that was asked for
};

/// The wires at a definition ("draw"), a port ("draw.size") or an output ("dots.t"). Defaults are there, spelled out.
/// The error says why there is no such place.
std::expected<BlockWires, Diagnostic> wires_at(const Patch& patch, std::string_view place);

/// What a diagnostic's hint comes to as a change of the text: a name replaced by the one that was meant, a line put in
/// or taken out.
struct TextFix {
  Span span;
  std::string replacement;
};

/// The change, where the hint names exactly one.
std::optional<TextFix> fix_of(const Diagnostic& diagnostic, std::string_view text);

struct FixedPatch {
  Patch patch;
  std::vector<Diagnostic> fixed;  ///< what is gone; spans are of the patch as it was
};

/// Makes the changes that hints name, one after the other, as long as each takes its diagnostic away and brings no
/// error.
FixedPatch fix_patch(const Patch& patch);

}  // namespace oscilla
