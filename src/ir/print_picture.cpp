// What a dump says of the picture: figures, sinks, background, layers, camera.
#include <fmt/format.h>

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "ir/print.hpp"
#include "ir/print_text.hpp"

namespace oscilla::ir {
namespace {

std::string_view text_of(Blend blend) {
  constexpr std::array<std::string_view, 8> kNames{"normal",  "multiply", "screen",  "add",
                                                   "overlay", "darken",   "lighten", "difference"};
  return kNames[static_cast<std::size_t>(blend)];
}

std::string_view text_of(ShapeKind kind) {
  switch (kind) {
    case ShapeKind::Ellipse: return "ellipse";
    case ShapeKind::Rectangle: return "rectangle";
    case ShapeKind::Path: return "path";
  }
  return "";
}

std::string_view text_of(PathCurve curve) {
  constexpr std::array<std::string_view, 5> kNames{"straight", "smooth", "cubic", "quadratic", "round"};
  return kNames[static_cast<std::size_t>(curve)];
}

/// " 0.5 s7": the slots that are there.
std::string slots_text(const Program& program, std::span<const SlotIx> slots) {
  std::string text;
  for (const SlotIx slot : slots) {
    if (slot.valid()) text += " " + slot_text(program, slot);
  }
  return text;
}

std::string path_text(const Program& program, const ShapeEntry& shape) {
  if (!shape.instance.valid()) return fmt::format(", {} points", shape.fixed.size() / 2);
  const Instance& instance = program.instances[shape.instance.v];
  return fmt::format(", {} corners {}{}, {} of {}", instance.lanes, text_of(shape.curve), shape.open ? ", open" : "",
                     operand_text(program, shape.points[0]), instance.name);
}

std::string fill_text(const Program& program, const FillOf<SlotIx>& fill) {
  constexpr std::array<std::string_view, 4> kNames{"none", "solid", "linear", "radial"};
  if (fill.paint == Paint::Solid) return {};
  std::string text = fmt::format(", fill {}", kNames[static_cast<std::size_t>(fill.paint)]);
  text += slots_text(program, fill.place);
  for (const StopOf<SlotIx>& stop : fill.stops) {
    text += fmt::format(", at {}", slot_text(program, stop.at)) + slots_text(program, stop.color);
  }
  return text;
}

std::string style_text(const Program& program, const StyleOf<SlotIx>& style) {
  constexpr std::array<std::string_view, 3> kJoins{"miter", "round", "bevel"};
  constexpr std::array<std::string_view, 3> kCaps{"butt", "round", "square"};
  std::string text = fill_text(program, style.fill);
  if (style.rule == FillRule::EvenOdd) text += ", evenodd";
  if (style.join != LineJoin::Miter) text += fmt::format(", join {}", kJoins[static_cast<std::size_t>(style.join)]);
  if (style.cap != LineCap::Butt) text += fmt::format(", cap {}", kCaps[static_cast<std::size_t>(style.cap)]);
  if (!style.dashes.empty()) text += ", dashes" + slots_text(program, style.dashes);
  if (style.dash_offset.valid()) text += ", from " + slot_text(program, style.dash_offset);
  return text;
}

}  // namespace

void print_picture(std::string& out, const Program& program) {
  for (std::size_t s = 0; s < program.shapes.size(); ++s) {
    const ShapeEntry& shape = program.shapes[s];
    std::string measures;
    for (const SlotIx slot : shape.parameters) {
      if (slot.valid()) measures += " " + slot_text(program, slot);
    }
    if (shape.kind == ShapeKind::Path) measures += path_text(program, shape);
    line(out, "shape {}: {}{}", s, text_of(shape.kind), measures);
  }
  for (const Sink& sink : program.sinks) {
    line(out, "sink {}: instance {}, shape {}, layer {}, blend {}{}{}{}{}{}{}", sink.name,
         program.instances[sink.instance.v].name, sink.shape.v, sink.layer, text_of(sink.blend),
         sink.has_rotation ? ", rotation" : "", sink.has_scale ? ", scale" : "", sink.has_stroke ? ", stroke" : "",
         sink.trail > 0 ? fmt::format(", trail of {}, {} ticks apart", sink.trail, sink.trail_step) : std::string(),
         sink.shapes > 1 ? fmt::format(", one of {} shapes", sink.shapes) : std::string(),
         style_text(program, sink.style));
  }
  if (program.background) {
    const BackgroundOf<SlotIx>& background = *program.background;
    line(out, "background:{}{}", slots_text(program, background.color), fill_text(program, background.fill));
  }
  for (const LayerOf<SlotIx>& layer : program.layers) {
    line(out, "layer {}: blend {}, opacity {}{}", layer.layer, text_of(layer.blend), slot_text(program, layer.opacity),
         layer.clip.valid() ? fmt::format(", inside shape {}{}", layer.clip.v, slots_text(program, layer.place)) : "");
  }
  if (program.camera) {
    std::string values;
    for (const SlotIx slot : program.camera->values) values += " " + slot_text(program, slot);
    line(out, "camera: {}{}", program.camera->perspective ? "perspective" : "orthographic", values);
  }
}

}  // namespace oscilla::ir
