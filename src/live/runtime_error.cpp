#include "oscilla/runtime_error.hpp"

#include <utility>

#include <fmt/format.h>

#include "base/number_text.hpp"
#include "live/compiled_patch.hpp"
#include "oscilla/program.hpp"
#include "oscilla/why.hpp"

namespace oscilla {
namespace {

/// Fields are computed in 32 bits.
std::string operand_text(const RuntimeError& error, double operand) {
  const auto narrow = static_cast<float>(operand);
  return !error.instance.empty() && narrow == operand ? to_text(narrow) : to_text(operand);
}

std::string operation_text(const RuntimeError& error) {
  std::string operands;
  const std::string_view sign = sign_of(error.operation);
  for (std::size_t i = 0; i < error.operand_count; ++i)
    operands += (i == 0         ? ""
                 : sign.empty() ? ", "
                                : fmt::format(" {} ", sign)) +
                operand_text(error, error.operands[i]);
  return sign.empty() ? fmt::format("{}({})", error.operation, operands) : operands;
}

std::string where(const RuntimeError& error) {
  if (error.instance.empty()) return {};
  return fmt::format(" in lane {} of {}", error.lane, error.instance);
}

std::string what_happened(const RuntimeError& error) {
  switch (error.kind) {
    case RuntimeErrorKind::CountOutsidePool:
      return fmt::format("{} elements were asked for, {} were used", to_text(error.value), to_text(error.used));
    case RuntimeErrorKind::DivisionByZero: return fmt::format("{}{} counts as 0", operation_text(error), where(error));
    case RuntimeErrorKind::NanProduced:
      if (error.operation.empty()) return fmt::format("what is not finite{} counts as 0", where(error));
      return fmt::format("{}{} is not finite and counts as 0", operation_text(error), where(error));
    case RuntimeErrorKind::BufferOverflow:
      if (error.operation == "ghosts")
        return fmt::format("{} lanes were to fade at once, {} do", to_text(error.value), to_text(error.used));
      if (error.operation == "voices")
        return fmt::format("{} events took voices at once, the last {} have one", to_text(error.value),
                           to_text(error.used));
      return fmt::format("{} events came at once, the first {} were kept", to_text(error.value), to_text(error.used));
    case RuntimeErrorKind::InvalidStyle:
      if (error.operation == "dash")
        return fmt::format("dash {} is {}, below 0: the line is drawn without gaps", error.lane + 1,
                           to_text(error.value));
      return fmt::format("stop {} of the gradient lies at {}, it is drawn at {}", error.lane + 1, to_text(error.value),
                         to_text(error.used));
    case RuntimeErrorKind::InvalidGeometry:
    case RuntimeErrorKind::InvalidTransform:
      return fmt::format("{} cannot be drawn, {} is used", to_text(error.value), to_text(error.used));
  }
  return {};
}

std::string when(const RuntimeError& error) {
  if (error.last_tick < 0) return "before the first tick";
  if (error.count == 1) return fmt::format("in tick {}", error.last_tick);
  return fmt::format("in {} ticks, the last {}", error.count, error.last_tick);
}

std::string message_of(const RuntimeError& error) { return fmt::format("{}; {}", what_happened(error), when(error)); }

std::string_view place_of(const RuntimeError& error) { return error.port.empty() ? error.block : error.port; }

}  // namespace

std::string_view name_of(RuntimeErrorKind kind) {
  switch (kind) {
    case RuntimeErrorKind::CountOutsidePool: return "count_outside_pool";
    case RuntimeErrorKind::DivisionByZero: return "division_by_zero";
    case RuntimeErrorKind::NanProduced: return "nan_produced";
    case RuntimeErrorKind::BufferOverflow: return "buffer_overflow";
    case RuntimeErrorKind::InvalidGeometry: return "invalid_geometry";
    case RuntimeErrorKind::InvalidStyle: return "invalid_style";
    case RuntimeErrorKind::InvalidTransform: return "invalid_transform";
  }
  return {};
}

std::string describe(const RuntimeError& error) { return fmt::format("{}: {}", place_of(error), message_of(error)); }

Diagnostic to_diagnostic(const RuntimeError& error, const Program& program) {
  const std::string place(place_of(error));
  Diagnostic diagnostic{.code = name_of(error.kind),
                        .severity = Severity::Warning,
                        .domain = DiagnosticDomain::Runtime,
                        .span = {},
                        .target = place,
                        .message = describe(error),
                        .hint = {}};
  const graph::Graph& graph = program.compiled().graph;
  const graph::Places places = graph::places_of(graph);
  auto found = places.find(place);
  if (found == places.end()) found = places.find(error.block);
  if (found == places.end()) return diagnostic;
  const graph::Node& node = graph[found->second.node];
  diagnostic.span = node.span;
  if (node.definition == graph::kNoDefinition) return diagnostic;
  const std::uint32_t file = graph.definitions[node.definition].file;
  if (file != 0) diagnostic.file = graph.files[file]->file_name;
  return diagnostic;
}

}  // namespace oscilla
