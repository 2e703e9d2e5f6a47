// The numbers of a frame that are no lane's: camera, background, layers, gradients, dashes, measures and points of
// figures, in one row. In: a program's slots, and offsets that a swap has measured. Out: the numbers of this tick as
// they are drawn. They glide as those of lanes do (runtime/glides.hpp), in 64 bits; nothing is allocated in a tick.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/archive.hpp"
#include "ir/program.hpp"
#include "kernels/glide.hpp"

namespace oscilla::runtime {

enum class NumberKind : std::uint8_t {
  Camera,          ///< by ir::CameraValue
  Background,      ///< r, g, b, a
  BackgroundFill,  ///< its place, then each stop: where, r, g, b, a
  Layer,           ///< opacity, then the place of its clip
  Fill,            ///< of a sink, as the background's
  Dashes,          ///< of a sink: their lengths, then the offset
  Shape,           ///< the four parameters of a figure
  Points,          ///< of a figure that is a path
};

/// What a difference is, and what a sum is kept within.
enum class NumberGauge : std::uint8_t { Add, Unit, Radians, Degrees };

/// Numbers [first, first + count) of the row, which begin and end to glide together.
struct NumberSection {
  NumberKind kind = NumberKind::Camera;
  std::uint32_t owner = 0;  ///< index of the layer, sink or shape
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  ir::GlideSetting glide;
};

struct NumberSource {
  ir::SlotIx slot = {};  ///< invalid: `constant`, or a point of a path
  double constant = 0;
  NumberGauge gauge = NumberGauge::Add;
};

/// Which numbers a program's frames have; sections in the order of NumberKind.
struct NumberRow {
  std::vector<NumberSection> sections;
  std::vector<NumberSource> sources;  ///< by number
  std::uint32_t layers = 0, sinks = 0, shapes = 0;

  std::size_t layer(std::size_t index) const { return 3 + index; }
  std::size_t fill(std::size_t sink) const { return 3 + layers + sink; }
  std::size_t dashes(std::size_t sink) const { return 3 + layers + sinks + sink; }
  std::size_t shape(std::size_t index) const { return 3 + layers + 2 * sinks + index; }
  std::size_t points(std::size_t index) const { return 3 + layers + 2 * sinks + shapes + index; }
};

NumberRow number_row(const ir::Program& program);

/// What a section is called in a report: "camera", "layer 2", "draw.fill".
std::string name_of(const ir::Program& program, const NumberSection& section);

/// How a section glides.
struct SectionGlide {
  double start_ms = 0;
  bool active = false;
  bool begins = false;  ///< offsets are measured in this tick
  kernels::GlideWeights weights;
};

struct Numbers {
  NumberRow row;
  std::vector<double> now;           ///< of the last tick or evaluation, as drawn; points only where somebody looks
  std::vector<SectionGlide> glides;  ///< by section
  std::vector<double> offsets;       ///< by number; empty until a swap needs them
  std::vector<double> slopes;
  std::vector<double> from;    ///< where a section begins: as the old program has them
  std::vector<float> scratch;  ///< points of an evaluation
  bool watched = false;        ///< somebody looks
  bool replaced = false;       ///< in this tick one was not finite, and is 0
};

Numbers make_numbers(const ir::Program& program);
/// Memory for offsets.
void let_glide(Numbers& numbers);

/// What was drawn, and what glides.
void visit(Archive& archive, Numbers& numbers);

/// old - now, the way the offset goes; 0 where that is not finite.
double number_offset(NumberGauge gauge, double from, double base);

/// The weights of this moment. A tick, other than an evaluation, also ends what is over.
void weigh_numbers(Numbers& numbers, double running_ms, bool ends);

/// A section as it is drawn in this tick, from slots.
std::span<const double> fill_section(Numbers& numbers, std::size_t section, std::span<const double> slots);
/// As it was drawn last.
inline std::span<const double> drawn_section(const Numbers& numbers, std::size_t section) {
  const NumberSection& of = numbers.row.sections[section];
  return std::span(numbers.now).subspan(of.first, of.count);
}
/// The same of the points of a path, which are in `points` and stay there; at rest nobody needs to ask.
void fill_points(Numbers& numbers, std::size_t section, std::span<float> points);
inline bool shows_points(const Numbers& numbers, std::size_t section) {
  return numbers.watched || numbers.glides[section].active;
}

}  // namespace oscilla::runtime
