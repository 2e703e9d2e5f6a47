#include "runtime/numbers.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "frame/topology.hpp"
#include "render/camera.hpp"
#include "runtime/glides.hpp"

namespace oscilla::runtime {
namespace {

constexpr ir::GlideSetting kCanvasGlide{.time_ms = 150};

class RowMaker {
 public:
  explicit RowMaker(const ir::Program& program) : program_(program) {}

  NumberRow run() {
    row_.layers = static_cast<std::uint32_t>(program_.layers.size());
    row_.sinks = static_cast<std::uint32_t>(program_.sinks.size());
    row_.shapes = static_cast<std::uint32_t>(program_.shapes.size());
    add_camera();
    add_background();
    for (std::uint32_t i = 0; i < row_.layers; ++i) add_layer(i);
    for (std::uint32_t s = 0; s < row_.sinks; ++s) {
      begin(NumberKind::Fill, s, setting(s, ir::GlidePort::Color));
      add_fill(program_.sinks[s].style.fill);
    }
    for (std::uint32_t s = 0; s < row_.sinks; ++s) {
      begin(NumberKind::Dashes, s, setting(s, ir::GlidePort::Size));
      for (const ir::SlotIx dash : program_.sinks[s].style.dashes) add(dash);
      if (!program_.sinks[s].style.dashes.empty()) add(program_.sinks[s].style.dash_offset);
    }
    for (std::uint32_t s = 0; s < row_.shapes; ++s) add_shape(s);
    for (std::uint32_t s = 0; s < row_.shapes; ++s) add_points(s);
    return std::move(row_);
  }

 private:
  void begin(NumberKind kind, std::uint32_t owner, const ir::GlideSetting& glide) {
    row_.sections.push_back({kind, owner, static_cast<std::uint32_t>(row_.sources.size()), 0, glide});
  }
  void add(ir::SlotIx slot, NumberGauge gauge = NumberGauge::Add, double constant = 0) {
    row_.sources.push_back({slot, constant, gauge});
    ++row_.sections.back().count;
  }

  const ir::GlideSetting& setting(std::uint32_t sink, ir::GlidePort port) const {
    return program_.sinks[sink].glides[static_cast<std::size_t>(port)];
  }

  void add_camera() {
    begin(NumberKind::Camera, 0, program_.camera ? program_.camera->glide : ir::GlideSetting{});
    const render::CameraNumbers numbers = render::default_numbers();
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const bool angle = i == static_cast<std::size_t>(ir::CameraValue::Yaw);
      add(program_.camera ? program_.camera->values[i] : ir::SlotIx{}, angle ? NumberGauge::Degrees : NumberGauge::Add,
          numbers[i]);
    }
  }

  void add_background() {
    const ir::GlideSetting glide = program_.background ? program_.background->glide : kCanvasGlide;
    begin(NumberKind::Background, 0, glide);
    for (std::size_t c = 0; c < 4; ++c)
      add(program_.background ? program_.background->color[c] : ir::SlotIx{}, NumberGauge::Unit,
          program_.canvas.background[c]);
    begin(NumberKind::BackgroundFill, 0, glide);
    if (program_.background) add_fill(program_.background->fill);
  }

  void add_fill(const ir::FillOf<ir::SlotIx>& fill) {
    if (fill.stops.empty()) return;
    for (const ir::SlotIx place : fill.place) add(place);
    for (const ir::StopOf<ir::SlotIx>& stop : fill.stops) {
      add(stop.at, NumberGauge::Unit);
      for (const ir::SlotIx part : stop.color) add(part, NumberGauge::Unit);
    }
  }

  void add_layer(std::uint32_t index) {
    const ir::LayerOf<ir::SlotIx>& layer = program_.layers[index];
    begin(NumberKind::Layer, index, layer.glide);
    add(layer.opacity, NumberGauge::Unit);
    for (std::size_t i = 0; i < layer.place.size(); ++i)
      add(layer.place[i], i == 3 ? NumberGauge::Radians : NumberGauge::Add);
  }

  /// Whoever draws it first says how it glides.
  ir::GlideSetting setting_of_shape(std::uint32_t shape) const {
    for (std::uint32_t s = 0; s < row_.sinks; ++s) {
      const ir::Sink& sink = program_.sinks[s];
      if (shape >= sink.shape.v && shape < sink.shape.v + sink.shapes) return setting(s, ir::GlidePort::Size);
    }
    for (const ir::LayerOf<ir::SlotIx>& layer : program_.layers)
      if (layer.clip.valid() && layer.clip.v == shape) return layer.glide;
    return {};
  }

  void add_shape(std::uint32_t index) {
    const ir::ShapeEntry& shape = program_.shapes[index];
    begin(NumberKind::Shape, index, setting_of_shape(index));
    const std::size_t rotation = shape.kind == ShapeKind::Path ? 0 : 2;
    for (std::size_t i = 0; i < shape.parameters.size(); ++i)
      add(shape.parameters[i], i == rotation ? NumberGauge::Radians : NumberGauge::Add);
  }

  void add_points(std::uint32_t index) {
    const ir::ShapeEntry& shape = program_.shapes[index];
    begin(NumberKind::Points, index, setting_of_shape(index));
    if (shape.kind != ShapeKind::Path) return;
    for (std::size_t i = 2 * frame::points_used({program_.topologies[shape.topology]}); i > 0; --i) add({});
  }

  const ir::Program& program_;
  NumberRow row_;
};

/// The nearest multiple of `period` away.
double shorter_way(double offset, double period) {
  const double turns = offset / period;
  if (!(turns > -1e6 && turns < 1e6)) return 0;
  return offset - period * static_cast<double>(static_cast<std::int64_t>(turns < 0 ? turns - 0.5 : turns + 0.5));
}

double read(const NumberSource& source, std::span<const double> slots, bool& replaced) {
  const double value = source.slot.valid() ? slots[source.slot.v] : source.constant;
  const bool finite = value - value == 0;
  replaced |= !finite;
  return finite ? value : 0;
}

double glided(Numbers& numbers, const SectionGlide& glide, std::size_t i, double base) {
  const NumberGauge gauge = numbers.row.sources[i].gauge;
  if (glide.begins) {
    numbers.offsets[i] = number_offset(gauge, numbers.from[i], base);
    return numbers.from[i] == numbers.from[i] ? numbers.from[i] : base;
  }
  const double offset = numbers.offsets[i] * static_cast<double>(glide.weights.level) +
                        numbers.slopes[i] * static_cast<double>(glide.weights.rise);
  if (offset == 0) return base;
  return gauge == NumberGauge::Unit ? std::clamp(base + offset, 0.0, 1.0) : base + offset;
}

}  // namespace

NumberRow number_row(const ir::Program& program) { return RowMaker(program).run(); }

std::string name_of(const ir::Program& program, const NumberSection& section) {
  const auto of_shape = [&](std::string_view part) {
    for (const ir::Sink& sink : program.sinks) {
      if (section.owner < sink.shape.v || section.owner >= sink.shape.v + sink.shapes) continue;
      if (sink.shapes == 1) return fmt::format("{}.{}", sink.name, part);
      return fmt::format("{}.{}[{}]", sink.name, part, section.owner - sink.shape.v);
    }
    return fmt::format("clip.{}", part);
  };
  switch (section.kind) {
    case NumberKind::Camera: return "camera";
    case NumberKind::Background: return "background.color";
    case NumberKind::BackgroundFill: return "background.fill";
    case NumberKind::Layer: return fmt::format("layer {}", program.layers[section.owner].layer);
    case NumberKind::Fill: return program.sinks[section.owner].name + ".fill";
    case NumberKind::Dashes: return program.sinks[section.owner].name + ".dashes";
    case NumberKind::Shape: return of_shape("shape");
    case NumberKind::Points: return of_shape("points");
  }
  return {};
}

Numbers make_numbers(const ir::Program& program) {
  Numbers numbers;
  numbers.row = number_row(program);
  numbers.now.resize(numbers.row.sources.size());
  numbers.glides.resize(numbers.row.sections.size());
  numbers.scratch.resize(program.point_floats);
  return numbers;
}

void let_glide(Numbers& numbers) {
  for (std::vector<double>* list : {&numbers.offsets, &numbers.slopes, &numbers.from}) list->resize(numbers.now.size());
}

void visit(Archive& archive, Numbers& numbers) {
  archive.same(static_cast<std::uint32_t>(numbers.now.size()));
  archive.same(static_cast<std::uint32_t>(numbers.glides.size()));
  archive.all(numbers.now);
  bool may_glide = !numbers.offsets.empty();
  archive(may_glide);
  if (!may_glide) return;
  if (archive.reads()) let_glide(numbers);
  archive.all(numbers.offsets);
  archive.all(numbers.slopes);
  for (SectionGlide& glide : numbers.glides) archive(glide.active, glide.start_ms);
}

double number_offset(NumberGauge gauge, double from, double base) {
  constexpr double kTurn = 6.283185307179586476925;
  const double offset = from - base;
  if (!(offset - offset == 0)) return 0;
  switch (gauge) {
    case NumberGauge::Radians: return shorter_way(offset, kTurn);
    case NumberGauge::Degrees: return shorter_way(offset, 360);
    case NumberGauge::Add:
    case NumberGauge::Unit: break;
  }
  return offset;
}

void weigh_numbers(Numbers& numbers, double running_ms, bool ends) {
  for (std::size_t s = 0; s < numbers.glides.size(); ++s) {
    SectionGlide& glide = numbers.glides[s];
    if (!glide.active) continue;
    const double age = std::max(running_ms - glide.start_ms, 0.0);
    if (glide_weights(numbers.row.sections[s].glide, age, glide.weights)) continue;
    glide.weights = {0, 0};
    if (ends) glide.active = false;
  }
}

std::span<const double> fill_section(Numbers& numbers, std::size_t section, std::span<const double> slots) {
  const NumberSection& of = numbers.row.sections[section];
  const SectionGlide& glide = numbers.glides[section];
  const std::span<double> now = std::span(numbers.now).subspan(of.first, of.count);
  const NumberSource* const sources = numbers.row.sources.data() + of.first;
  bool replaced = false;
  for (std::size_t i = 0; i < of.count; ++i) now[i] = read(sources[i], slots, replaced);
  numbers.replaced |= replaced;
  if (glide.active)
    for (std::size_t i = 0; i < of.count; ++i) now[i] = glided(numbers, glide, of.first + i, now[i]);
  return now;
}

void fill_points(Numbers& numbers, std::size_t section, std::span<float> points) {
  const NumberSection& of = numbers.row.sections[section];
  const SectionGlide& glide = numbers.glides[section];
  for (std::size_t i = 0; i < of.count; ++i) {
    const double base = static_cast<double>(points[i]);
    double& now = numbers.now[of.first + i];
    now = glide.active ? glided(numbers, glide, of.first + i, base) : base;
    points[i] = static_cast<float>(now);
  }
}

}  // namespace oscilla::runtime
