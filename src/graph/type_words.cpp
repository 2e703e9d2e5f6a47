// Types in messages, and what to do about them.
#include <algorithm>

#include <fmt/format.h>

#include "graph/type_checker.hpp"

namespace oscilla::graph {

using blocks::PortType;
using ir::Payload;
using ir::Type;
using ir::Unit;

bool is_scalar_number(Payload payload) { return payload == Payload::Int || payload == Payload::Float; }

std::string_view payload_hint(Payload payload, PortType port) {
  if (payload == Payload::Event) return kEventToValueHint;
  if (port == PortType::Event) return kValueToEventHint;
  if (payload == Payload::Shape) return "a shape goes into Array or into a sink's `shape`";
  if (payload == Payload::Bool) return "a condition becomes a number with `condition ? 1 : 0`";
  if (port == PortType::Int && payload == Payload::Float) return "floor(), ceil() or round() make whole numbers";
  if ((port == PortType::Vec2 || port == PortType::Position) && is_scalar_number(payload))
    return "write a pair: (x, y)";
  if (port == PortType::Color) return "make a colour with hsv(h, s, v), rgb(r, g, b), or write #ff8800";
  if (ir::is_vector(payload)) return "take one component: .x, .y, ...";
  return "";
}

/// "a time", "an int field", "an angle in deg".
std::string a(const Type& type) {
  const bool angle = type.payload == Payload::Float && (type.unit == Unit::Rad || type.unit == Unit::Deg);
  const std::string text = angle ? fmt::format("angle in {}", ir::describe(type)) : ir::describe(type);
  return fmt::format("{} {}", std::string_view("aeiou").find(text[0]) == std::string_view::npos ? "a" : "an", text);
}

std::string_view joins_hint(const std::vector<Type>& types) {
  const auto has = [&](Payload payload) {
    return std::any_of(types.begin(), types.end(), [=](const Type& t) { return t.payload == payload; });
  };
  if (has(Payload::Event)) return kEventToValueHint;
  if (has(Payload::Shape)) return "a shape goes into Array or into a sink's `shape`";
  if (has(Payload::Bool)) return "a condition becomes a number with `condition ? 1 : 0`";
  return "vectors must have the same number of components; take some with .xy, or add one with vec3(xy, z)";
}

std::string list_types(const std::vector<Type>& types) {
  std::vector<std::string> texts;
  for (const Type& type : types)
    if (type.payload != Payload::Unknown) texts.push_back(a(type));
  if (texts.size() == 1) return texts[0];
  const auto last = texts.end() - (texts.empty() ? 0 : 1);
  return fmt::format("{} and {}", fmt::join(texts.begin(), last, ", "), fmt::join(last, texts.end(), ""));
}

}  // namespace oscilla::graph
