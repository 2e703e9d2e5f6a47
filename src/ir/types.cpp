#include "ir/types.hpp"

namespace oscilla::ir {

std::uint8_t planes_of(Payload payload) {
  switch (payload) {
    case Payload::Bool:
    case Payload::Int:
    case Payload::Float: return 1;
    case Payload::Event:
    case Payload::Vec2: return 2;
    case Payload::Vec3: return 3;
    case Payload::Color: return 4;
    case Payload::Unknown:
    case Payload::Shape: return 0;
  }
  return 0;
}

std::string_view name_of(Payload payload) {
  switch (payload) {
    case Payload::Unknown: return "unknown";
    case Payload::Bool: return "bool";
    case Payload::Int: return "int";
    case Payload::Float: return "float";
    case Payload::Vec2: return "vec2";
    case Payload::Vec3: return "vec3";
    case Payload::Color: return "color";
    case Payload::Shape: return "shape";
    case Payload::Event: return "event";
  }
  return "";
}

std::string_view name_of(Unit unit) {
  switch (unit) {
    case Unit::Plain: return "plain";
    case Unit::Turn: return "turn";
    case Unit::Rad: return "rad";
    case Unit::Deg: return "deg";
    case Unit::Ms: return "ms";
    case Unit::Norm: return "norm";
  }
  return "";
}

std::string_view name_of(Cardinality cardinality) {
  switch (cardinality) {
    case Cardinality::Zero: return "constant";
    case Cardinality::One: return "signal";
    case Cardinality::Many: return "field";
  }
  return "";
}

bool is_vector(Payload payload) {
  return payload == Payload::Vec2 || payload == Payload::Vec3 || payload == Payload::Color;
}

bool is_number(Payload payload) { return payload == Payload::Int || payload == Payload::Float || is_vector(payload); }

bool is_angle(Unit unit) { return unit == Unit::Turn || unit == Unit::Rad || unit == Unit::Deg; }

std::string describe(const Type& type) {
  std::string text(name_of(type.payload));
  if (type.payload == Payload::Float && type.unit != Unit::Plain) {
    switch (type.unit) {
      case Unit::Turn: text = "phase"; break;
      case Unit::Ms: text = "time"; break;
      default: text = name_of(type.unit); break;
    }
  }
  if (type.cardinality == Cardinality::Many) text += " field";
  return text;
}

}  // namespace oscilla::ir
