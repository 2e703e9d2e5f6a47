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

namespace {

/// What to do where a vector, or part of one, is wanted.
std::string_view vector_hint(Payload payload, PortType port) {
  if (port == PortType::Vec3) {
    if (payload == Payload::Color) return "a colour's first three are .rgb";
    return payload == Payload::Vec2 ? "add a third: vec3(xy, 0)" : "write three: (x, y, z)";
  }
  return is_scalar_number(payload) ? "write a pair: (x, y)" : "take two of its components: .xy";
}

}  // namespace

std::string_view payload_hint(Payload payload, PortType port) {
  if (payload == Payload::Event) return kEventToValueHint;
  if (port == PortType::Event) return kValueToEventHint;
  if (port == PortType::Shape) return "figures are made by Ellipse(), Rect(), ProceduralStar(), Path() ...";
  if (payload == Payload::Shape)
    return "a shape goes into Array or into a sink's `shape`; an Array's numbers are its .t, .u and .index";
  if (port == PortType::Bool) return ir::is_vector(payload) ? "compare a component: v.x > 0.5" : "compare it: x > 0.5";
  if (payload == Payload::Bool) return "a condition becomes a number with `condition ? 1 : 0`";
  if (port == PortType::Int && payload == Payload::Float) return "floor(), ceil() or round() make whole numbers";
  if (port == PortType::Vec2 || port == PortType::Vec3 || port == PortType::Position) return vector_hint(payload, port);
  if (port == PortType::Color) return "make a colour with hsv(h, s, v), rgb(r, g, b), or write #ff8800";
  if (port == PortType::Place) return "take components of it: .r, .rg or .rgb; or how bright it looks: luminance(c)";
  if (payload == Payload::Color) return "take one component: .r, .g, .b, .a; or how bright it looks: luminance(c)";
  if (ir::is_vector(payload)) return "take one component: .x, .y, ...";
  return "";
}

std::string_view unit_hint(Unit unit, PortType port) {
  if (port == PortType::Time)
    return unit == Unit::Plain ? "say which unit: 120ms, 0.5s, 2min; a value times 1s is a time too"
                               : "a plain number times 1s is a time: (0.1 + x) * 1s";
  switch (unit) {
    case Unit::Ms: return "divide by 1s to make a plain number of it";
    case Unit::Rad: return "divide by 1rad to make a plain number of it";
    case Unit::Deg: return "divide by 1deg to make a plain number of it";
    case Unit::Turn: return "divide by 1turn to make a plain number of it";
    default: return kPlainHint;
  }
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
