// What the language offers: Kinds, functions, operations, and what a diagnostic code means. For documentation and
// tools.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oscilla {

struct PortInfo {
  std::string name;
  std::string type;      ///< "vec2", "angle", "time", "one of: sine, saw, square", ...
  std::string fallback;  ///< as an artist would write it; empty: required
  std::string lanes;     ///< "signal or field", "signal", "field", "constant"; of an output empty
  std::string doc;
  std::string unit = {};               ///< that a plain number arrives in: "rad", "deg", "turn", "norm"; "ms" of a time
  std::optional<double> minimum = {};  ///< of a constant
  std::optional<double> maximum = {};
  std::vector<std::string> words = {};  ///< what it takes instead of a value
};

struct BlockInfo {
  std::string name;
  std::string category;
  std::string doc;
  bool stateful = false;
  bool draws = false;
  bool function = false;  ///< lower case: pure, no identity
  std::vector<PortInfo> inputs;
  std::vector<PortInfo> outputs;
  std::string example;  ///< a whole patch that shows it; empty: none
};

/// Every Kind and function, by category, in the order of the documentation.
std::vector<BlockInfo> catalogue();

/// The name nearest to a mistyped one, or empty.
std::string nearest_block(std::string_view name);
/// The same among words of a program's own.
std::string nearest_word(std::string_view name, std::span<const std::string_view> words);

struct DiagnosticInfo {
  std::string_view code;
  std::string_view severity;
  std::string_view explanation;
};
std::vector<DiagnosticInfo> diagnostic_codes();

}  // namespace oscilla
