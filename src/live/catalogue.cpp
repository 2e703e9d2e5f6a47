#include "oscilla/catalogue.hpp"

#include <fmt/format.h>

#include "base/diagnostics.hpp"
#include "base/nearest_name.hpp"
#include "base/number_text.hpp"
#include "blocks/catalogue.hpp"
#include "blocks/examples.hpp"
#include "kernels/op_table.hpp"
#include "live/composite_info.hpp"
#include "live/standard_library.hpp"

namespace oscilla {
namespace {

using blocks::Fallback;
using blocks::Lanes;
using blocks::PortType;

std::string_view type_word(PortType type) {
  switch (type) {
    case PortType::Float: return "float";
    case PortType::Int: return "int";
    case PortType::Bool: return "bool";
    case PortType::Vec2: return "vec2";
    case PortType::Vec3: return "vec3";
    case PortType::Color: return "color";
    case PortType::Shape: return "shape";
    case PortType::Phase: return "phase";
    case PortType::Angle: return "angle";
    case PortType::Degrees: return "degrees";
    case PortType::Time: return "time";
    case PortType::Norm: return "norm";
    case PortType::T: return "number or vector";
    case PortType::Place: return "number, vec2 or vec3";
    case PortType::AnyT: return "anything";
    case PortType::AnyValue: return "number, vector or bool";
    case PortType::Text: return "text";
    case PortType::Event: return "event";
    case PortType::Position: return "vec2 or vec3";
    case PortType::Domain: return "any field";
  }
  return "";
}

std::size_t components_of(PortType type) {
  switch (type) {
    case PortType::Vec2:
    case PortType::Position: return 2;
    case PortType::Vec3: return 3;
    case PortType::Color: return 4;
    default: return 1;
  }
}

std::string vector_text(std::span<const double> values) {
  std::vector<std::string> texts;
  for (const double value : values) texts.push_back(to_text(value));
  return fmt::format("({})", fmt::join(texts, ", "));
}

std::string color_text(std::span<const double> rgba) {
  std::string text = "#";
  for (const double component : rgba.first(rgba[3] == 1 ? 3 : 4))
    text += fmt::format("{:02x}", static_cast<int>(component * 255 + 0.5));
  return text;
}

/// A default as an artist would write it.
std::string fallback_text(const blocks::Port& port) {
  if (!port.words.empty()) return std::string(port.words.front());
  switch (port.fallback.kind) {
    case Fallback::Kind::Required: return "";
    case Fallback::Kind::PhaseA: return "time.phaseA";
    case Fallback::Kind::Element: return "the instance's element";
    case Fallback::Kind::Absent: return "none";
    case Fallback::Kind::Number: break;
  }
  const std::span<const double> values = std::span(port.fallback.value).first(components_of(port.type));
  if (port.type == PortType::Color) return color_text(values);
  if (port.type == PortType::Bool) return values[0] != 0 ? "true" : "false";
  if (values.size() > 1) return vector_text(values);
  if (port.type == PortType::Time)
    return values[0] >= 1000 ? to_text(values[0] / 1000) + "s" : to_text(values[0]) + "ms";
  return to_text(values[0]);
}

std::string_view unit_word(PortType type) {
  switch (type) {
    case PortType::Phase: return "turn";
    case PortType::Angle: return "rad";
    case PortType::Degrees: return "deg";
    case PortType::Time: return "ms";
    case PortType::Norm: return "norm";
    default: return "";
  }
}

/// What a tool wants to know of a port beside what people read.
void describe_values(const blocks::Port& port, PortInfo& info) {
  constexpr double kAny = 1e300;
  info.unit = unit_word(port.type);
  if (port.minimum > -kAny) info.minimum = port.minimum;
  if (port.maximum < kAny) info.maximum = port.maximum;
  info.words.assign(port.words.begin(), port.words.end());
}

std::string_view lanes_word(Lanes lanes) {
  switch (lanes) {
    case Lanes::Any: return "signal or field";
    case Lanes::Signal: return "signal";
    case Lanes::Field: return "field";
    case Lanes::Setting: return "constant";
    case Lanes::Whole: return "field of any instance";
  }
  return "";
}

BlockInfo info_of(const blocks::Row& row) {
  BlockInfo info{std::string(row.name),
                 std::string(blocks::name_of(row.category)),
                 std::string(row.doc),
                 row.form == blocks::Form::State,
                 row.form == blocks::Form::Render,
                 row.category == blocks::Category::Function,
                 {},
                 {},
                 std::string(blocks::example_of(row.name))};
  for (const blocks::Port& port : row.ports) {
    std::string type(type_word(port.type));
    if (port.list) type = fmt::format("list of {}", type);
    if (!port.words.empty()) type = fmt::format("one of: {}", fmt::join(port.words, ", "));
    info.inputs.push_back({std::string(port.name), type, fallback_text(port),
                           std::string(port.words.empty() ? lanes_word(port.lanes) : "word"), std::string(port.doc)});
    describe_values(port, info.inputs.back());
  }
  for (const blocks::Output& output : row.outputs)
    info.outputs.push_back(
        {std::string(output.name), std::string(type_word(output.type)), "", "", std::string(output.doc)});
  return info;
}

std::string_view operand_word(kernels::PayloadRule rule) {
  switch (rule) {
    case kernels::PayloadRule::Scalar: return "float";
    case kernels::PayloadRule::Logic: return "bool";
    default: return "number or vector";
  }
}

/// An op of the op table as the function that it is.
BlockInfo info_of(const kernels::OpRow& row) {
  BlockInfo info{std::string(row.name),
                 std::string(blocks::name_of(blocks::Category::Function)),
                 std::string(row.doc),
                 false,
                 false,
                 true,
                 {},
                 {},
                 std::string(blocks::example_of(row.name))};
  std::string_view rest = row.parameters;
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(", "), rest.size());
    const std::string_view angle = row.unit == kernels::UnitRule::AngleToPlain ? "angle" : operand_word(row.payload);
    info.inputs.push_back({std::string(rest.substr(0, comma)), std::string(angle), "", "signal or field", ""});
    rest.remove_prefix(std::min(comma + 2, rest.size()));
  }
  const bool whole = row.payload == kernels::PayloadRule::ToInt;
  const std::string_view unit = row.unit == kernels::UnitRule::PlainToPhase ? "phase"
                                : row.unit == kernels::UnitRule::PlainToRad ? "angle"
                                                                            : "";
  info.outputs.push_back({"out",
                          std::string(whole          ? "int"
                                      : unit.empty() ? operand_word(row.payload)
                                                     : unit),
                          "", "", ""});
  return info;
}

}  // namespace

std::vector<BlockInfo> catalogue() {
  std::vector<BlockInfo> infos;
  for (const blocks::Row& row : blocks::rows()) infos.push_back(info_of(row));
  for (const kernels::OpRow& row : kernels::op_rows())
    if (row.callable()) infos.push_back(info_of(row));
  for (BlockInfo& info : live::composite_infos()) infos.push_back(std::move(info));
  return infos;
}

std::string nearest_word(std::string_view name, std::span<const std::string_view> words) {
  return std::string(nearest_name(name, words));
}

std::string nearest_block(std::string_view name) {
  std::vector<std::string_view> names;
  for (const blocks::Row& row : blocks::rows()) names.push_back(row.name);
  for (const kernels::OpRow& row : kernels::op_rows())
    if (row.callable()) names.push_back(row.name);
  const patch::Patch& library = live::standard_library();
  for (const patch::Define& define : library.defines) names.push_back(library.at(define.name));
  return std::string(nearest_name(name, names));
}

std::vector<DiagnosticInfo> diagnostic_codes() {
  constexpr std::string_view kSeverities[] = {"hint", "info", "warning", "error", "fatal"};
  std::vector<DiagnosticInfo> infos;
  for (const DiagnosticRow& row : diagnostic_rows())
    infos.push_back({row.name, kSeverities[static_cast<std::size_t>(row.severity)], row.explanation});
  return infos;
}

}  // namespace oscilla
