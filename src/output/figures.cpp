#include "output/figures.hpp"

#include <fmt/format.h>

namespace oscilla::output {

Figures::Figures(const RenderFrame& of, std::uint32_t picture_width, std::uint32_t picture_height)
    : frame(of), width(picture_width), height(picture_height), view(of.fit, picture_width, picture_height) {
  for (std::uint32_t i = 0; i < frame.shapes.size(); ++i) {
    const bool sound = !frame::validate_shape(frame, i);
    outlines.push_back(sound ? outline_of(frame, i) : Outline{});
    boxes.push_back(sound ? box_of(frame, i) : Box{});
  }
}

const Layer* Figures::layer_of(const Pass& pass) const {
  const auto found = std::find_if(frame.layers.begin(), frame.layers.end(),
                                  [&](const Layer& layer) { return layer.layer == pass.layer; });
  return found == frame.layers.end() ? nullptr : &*found;
}

bool Figures::is_sound(const Pass& pass) {
  const auto problem = frame::validate_pass(frame, pass);
  if (problem) report.broken.push_back(fmt::format("{}: {}", pass.name, *problem));
  return !problem;
}

bool Figures::shows(double x, double y, double reach) {
  if (!(reach > 0)) {
    ++report.unseen;
    return false;
  }
  const bool touches = x + reach > 0 && x - reach < width && y + reach > 0 && y - reach < height;
  ++(touches ? report.drawn : report.outside);
  return touches;
}

}  // namespace oscilla::output
