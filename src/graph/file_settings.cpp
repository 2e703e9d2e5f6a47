// What holds for all of the file: canvas, seed and camera, and what waits for a later version.
#include <fmt/format.h>

#include "graph/normaliser.hpp"
#include "patch/literal.hpp"

namespace oscilla::graph {

namespace {

constexpr std::uint32_t kMaximumCanvas = 32768;

/// A whole number from 1 to `limit`, or nothing.
std::optional<std::uint32_t> whole_number(const patch::Patch& patch, patch::NodeIx ix, double limit) {
  if (!ix.valid() || patch[ix].kind != patch::NodeKind::Number) return std::nullopt;
  const std::optional<patch::Literal> literal = patch::read_number(patch.at(patch[ix].token));
  if (!literal || !literal->is_int || literal->value < 1 || literal->value > limit) return std::nullopt;
  return static_cast<std::uint32_t>(literal->value);
}

}  // namespace

void Normaliser::read_frame_rate(const patch::CanvasSetting& setting) {
  const std::optional<std::uint32_t> whole = whole_number(patch_, setting.value, 1e6);
  const std::optional<std::uint32_t> divisor = setting.divisor.valid() ? whole_number(patch_, setting.divisor, 1e6) : 1;
  if (whole && divisor) {
    graph_.canvas.fps_numerator = *whole;
    graph_.canvas.fps_denominator = *divisor;
    return;
  }
  const patch::Node& node = patch_[whole ? setting.divisor : setting.value];
  const std::optional<patch::Literal> number =
      node.kind == patch::NodeKind::Number ? patch::read_number(patch_.at(node.token)) : std::nullopt;
  if (number && number->value > 0 && number->suffix == patch::Suffix::None)  // else refused when it was read
    findings_.report({}, Code::E_ARGUMENT, node.span,
                     "a frame rate is a whole number or a fraction of two, up to 1000000",
                     "29.97 is `fps 30000/1001`, 23.976 is `fps 24000/1001`");
}

/// What is no setting, or no value of it, was refused when it was read.
void Normaliser::read_canvas_setting(const patch::CanvasSetting& setting) {
  const std::string_view name = patch_.at(setting.name);
  const patch::Node& node = patch_[setting.value];
  if (name == "fps") return read_frame_rate(setting);
  if (name == "background" && node.kind == patch::NodeKind::Color)
    graph_.canvas.background = patch::read_color(patch_.at(node.token));
  if (name == "fit" && node.kind == patch::NodeKind::Name)
    graph_.canvas.fit = patch_.at(node.token) == "stretch" ? Fit::Stretch : Fit::Square;
}

void Normaliser::read_canvas() {
  if (patch_.canvases.empty()) return;
  const patch::Canvas& canvas = patch_.canvases.front();
  if (const std::optional<patch::SizeLiteral> size = patch::read_size(patch_.at(canvas.size));
      size && size->width >= 1 && size->height >= 1 && size->width <= kMaximumCanvas &&
      size->height <= kMaximumCanvas) {
    graph_.canvas.width = size->width;
    graph_.canvas.height = size->height;
  } else if (!canvas.size.empty()) {
    findings_.report({}, Code::E_ARGUMENT, canvas.size,
                     fmt::format("a canvas is 1x1 to {0}x{0} pixels", kMaximumCanvas));
  }
  for (const patch::CanvasSetting& setting : canvas.settings) read_canvas_setting(setting);
}

void Normaliser::read_seed() {
  if (patch_.seeds.empty()) return;
  const std::optional<patch::Literal> literal = patch::read_number(patch_.at(patch_.seeds.front().number));
  if (literal && literal->is_int && literal->value <= 4294967295.0)
    graph_.seed = static_cast<std::uint32_t>(literal->value);
}

/// The first camera in the text counts.
void Normaliser::check_camera() {
  for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i) {
    const Node& node = graph_.nodes[i];
    if (node.row == nullptr || node.row->form != blocks::Form::Camera) continue;
    if (!graph_.camera.valid() || node.span.begin < graph_[graph_.camera].span.begin) graph_.camera = {i};
  }
  for (std::uint32_t i = 0; i < graph_.nodes.size(); ++i) {
    const Node& node = graph_.nodes[i];
    if (node.row == nullptr || node.row->form != blocks::Form::Camera || graph_.camera.v == i) continue;
    findings_.report({}, Code::E_CAMERA_MULTIPLE, node.span,
                     fmt::format("a second Camera: everything is seen by `{}`", graph_[graph_.camera].place),
                     "remove one of them, or mix their settings into one");
  }
}

}  // namespace oscilla::graph
