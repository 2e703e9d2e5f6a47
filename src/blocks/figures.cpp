// Figures that are paths with points of their own: lines, arcs, rings, and what path data says.
#include <algorithm>
#include <array>
#include <numbers>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/nearest_name.hpp"
#include "blocks/categories.hpp"
#include "blocks/lowering.hpp"
#include "blocks/svg_drawing.hpp"
#include "blocks/svg_path.hpp"

namespace oscilla::blocks {
namespace {

using ir::ExprId;
using kernels::Op;

constexpr Output kShapeOutputs[] = {{"shape", PortType::Shape, "the figure"}};
constexpr std::string_view kRotationDoc = "turns the figure, counter-clockwise";

/// Control distance of a quarter circle's curve that is off by least.
constexpr double kArc = 0.551915024494;

// -- Line

constexpr Port kLinePorts[] = {
    {"from", PortType::Vec2, number(-0.05, 0), "one end, around the origin; 1 is the canvas's smaller side",
     Lanes::Signal},
    {"to", PortType::Vec2, number(0.05, 0), "the other", Lanes::Signal},
    {"rotation", PortType::Angle, number(0), kRotationDoc, Lanes::Signal},
};

void lower_line(Lowering& lower) {
  lower.out(0, lower.path({PathVerb::Move, PathVerb::Line},
                          {lower.in(0, 0), lower.in(0, 1), lower.in(1, 0), lower.in(1, 1)}, lower.radians(2)));
}

// -- Arc

constexpr std::string_view kArcEnds[] = {"open", "chord", "pie"};
enum ArcEnds : std::size_t { kOpen, kChord, kPie };

constexpr Port kArcPorts[] = {
    {"radius", PortType::Float, number(0.1), "1 is the canvas's smaller side", Lanes::Signal},
    {"from", PortType::Angle, number(0), "where it begins: 0 is to the right, counter-clockwise", Lanes::Signal},
    {"to", PortType::Angle, number(1.5 * std::numbers::pi),
     "where it ends, a whole turn from there at most; left out three quarters", Lanes::Signal},
    {"ends", PortType::Int, number(0), "open; joined by a chord; or through the middle, as a piece of a pie",
     Lanes::Setting, 0, 2, kArcEnds},
    {"rotation", PortType::Angle, number(0), kRotationDoc, Lanes::Signal},
};

constexpr int kArcPieces = 4;

/// Four curves, each over a quarter of the way.
void lower_arc(Lowering& lower) {
  const double turn = 2 * std::numbers::pi;
  const ExprId radius = lower.in(0);
  const ExprId from = lower.radians(1);
  const ExprId way =
      lower.op(Op::Clamp, {lower.subtract(lower.radians(2), from), lower.number(-turn), lower.number(turn)});
  const ExprId piece = lower.multiply(way, lower.number(1.0 / kArcPieces));
  const ExprId quarter = lower.multiply(piece, lower.number(0.25));
  const ExprId tangent = lower.divide(lower.op(Op::SinCos, {quarter}, 0), lower.op(Op::SinCos, {quarter}, 1));
  const ExprId reach = lower.multiply(lower.number(4.0 / 3.0), tangent);
  std::vector<PathVerb> verbs{PathVerb::Move};
  std::vector<ExprId> points;
  const auto put = [&](ExprId x, ExprId y) {
    points.push_back(lower.multiply(radius, x));
    points.push_back(lower.multiply(radius, y));
  };
  const auto at = [&](int i) {
    const ExprId angle = lower.add(from, lower.multiply(piece, lower.number(i)));
    return std::pair(lower.op(Op::SinCos, {angle}, 1), lower.op(Op::SinCos, {angle}, 0));
  };
  put(at(0).first, at(0).second);
  for (int i = 0; i < kArcPieces; ++i) {
    const auto [ax, ay] = at(i);
    const auto [bx, by] = at(i + 1);
    put(lower.subtract(ax, lower.multiply(reach, ay)), lower.add(ay, lower.multiply(reach, ax)));
    put(lower.add(bx, lower.multiply(reach, by)), lower.subtract(by, lower.multiply(reach, bx)));
    put(bx, by);
    verbs.push_back(PathVerb::Cubic);
  }
  if (lower.word(3) == kPie) {
    put(lower.number(0), lower.number(0));
    verbs.push_back(PathVerb::Line);
  }
  if (lower.word(3) != kOpen) verbs.push_back(PathVerb::Close);
  lower.out(0, lower.path(std::move(verbs), std::move(points), lower.radians(4)));
}

// -- Ring

constexpr Port kRingPorts[] = {
    {"radius", PortType::Float, number(0.1), "outside; 1 is the canvas's smaller side", Lanes::Signal},
    {"inner", PortType::Float, number(0.06), "radius of the hole", Lanes::Signal},
};

/// A circle of four curves, counter-clockwise, or the other way round.
void add_circle(Lowering& lower, ExprId radius, bool clockwise, std::vector<PathVerb>& verbs,
                std::vector<ExprId>& points) {
  const auto put = [&](double x, double y) {
    points.push_back(lower.multiply(radius, lower.number(x)));
    points.push_back(lower.multiply(radius, lower.number(clockwise ? -y : y)));
  };
  constexpr std::array<std::array<double, 2>, 4> kEnds = {{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};
  put(1, 0);
  verbs.push_back(PathVerb::Move);
  for (std::size_t i = 0; i < kEnds.size(); ++i) {
    const auto [ax, ay] = kEnds[i];
    const auto [bx, by] = kEnds[(i + 1) % kEnds.size()];
    put(ax + kArc * bx, ay + kArc * by);
    put(bx + kArc * ax, by + kArc * ay);
    put(bx, by);
    verbs.push_back(PathVerb::Cubic);
  }
  verbs.push_back(PathVerb::Close);
}

void lower_ring(Lowering& lower) {
  std::vector<PathVerb> verbs;
  std::vector<ExprId> points;
  add_circle(lower, lower.in(0), false, verbs, points);
  add_circle(lower, lower.in(1), true, verbs, points);
  lower.out(0, lower.path(std::move(verbs), std::move(points), lower.number(0)));
}

// -- Path data

constexpr Port kSvgPathPorts[] = {
    {"d", PortType::Text, kRequired, "path data as SVG has it: \"M0 0L10 0L5 8Z\"; its middle becomes the origin"},
    {"size", PortType::Float, number(0.1), "of its longer side; 1 is the canvas's smaller side", Lanes::Signal},
    {"rotation", PortType::Angle, number(0), kRotationDoc, Lanes::Signal},
};

/// What the readers of SVG need, folded by the engine's own functions.
SvgMaths maths_of(Lowering& lower) {
  const auto folded = [&lower](Op op, double x, std::uint8_t result = 0) {
    return lower.build[lower.op(op, {lower.number(x)}, result)].value;
  };
  return {[folded](double degrees) {
            return std::array{folded(Op::SinCosTurns, degrees / 360), folded(Op::SinCosTurns, degrees / 360, 1)};
          },
          [folded](double x) { return folded(Op::Sqrt, x); }};
}

/// x, y, width and height.
using Box = std::array<double, 4>;

Box box_of(std::span<const double> points) {
  std::array<double, 2> least{points[0], points[1]};
  std::array<double, 2> most = least;
  for (std::size_t i = 0; i < points.size(); ++i) {
    least[i % 2] = std::min(least[i % 2], points[i]);
    most[i % 2] = std::max(most[i % 2], points[i]);
  }
  return {least[0], least[1], most[0] - least[0], most[1] - least[1]};
}

/// Its points around the middle of the box, whose longer side is `size`, y up.
void out_of_svg(Lowering& lower, SvgPathData data, const Box& box, ExprId size, ExprId rotation) {
  const double longer = std::max(box[2], box[3]);
  std::vector<ExprId> points;
  for (std::size_t i = 0; i < data.points.size(); ++i) {
    const double centred = data.points[i] - (box[i % 2] + 0.5 * box[2 + i % 2]);
    const double unit = longer > 0 ? centred / longer : 0;
    points.push_back(lower.multiply(size, lower.number(i % 2 == 0 ? unit : -unit)));
  }
  lower.out(0, lower.path(std::move(data.verbs), std::move(points), rotation));
}

void lower_svg_path(Lowering& lower) {
  SvgPathData data = read_svg_path(lower.words[0], maths_of(lower));
  if (data.problem.empty() && data.points.size() / 2 > kMostFigurePoints)
    data.problem =
        fmt::format("a figure of {} points: at most {} are possible", data.points.size() / 2, kMostFigurePoints);
  if (!data.problem.empty()) {
    lower.problems.emplace_back(0, data.problem);
    return lower.out(0, lower.disc());
  }
  const Box box = box_of(data.points);
  out_of_svg(lower, std::move(data), box, lower.in(1), lower.radians(2));
}

// -- A file

enum SvgFilePort : std::size_t { kFile, kPart, kSize, kRotation, kFit };

constexpr std::string_view kFits[] = {"middle", "page"};
enum Fit : std::size_t { kMiddle, kPage };

constexpr Port kSvgFilePorts[] = {
    {.name = "file",
     .type = PortType::Text,
     .fallback = kRequired,
     .doc = "an SVG file, beside the patch or below it",
     .file = FileKind::Drawing},
    {"part", PortType::Text, kAbsent,
     "the `id` of an element or a group in it; left out, everything that the file fills or strokes"},
    {"size", PortType::Float, number(0.1), "of the longer side; 1 is the canvas's smaller side", Lanes::Signal},
    {"rotation", PortType::Angle, number(0), kRotationDoc, Lanes::Signal},
    {"fit", PortType::Int, number(0),
     "middle: the middle of the figure's box becomes the origin, its longer side is `size`; page: those of the file's "
     "viewBox, so that several parts of a file keep their places",
     Lanes::Setting, 0, 1, kFits},
};

/// The parts that are meant; none if there is no such part, which is a problem.
std::span<const Drawing::Part> meant_parts(Lowering& lower, const Drawing& drawing) {
  const std::string_view id = lower.words[kPart];
  if (id.empty()) return drawing.parts;
  std::vector<std::string_view> names;
  for (const Drawing::Name& name : drawing.names) {
    if (name.id == id) return std::span(drawing.parts).subspan(name.first, name.count);
    names.push_back(name.id);
  }
  std::string hint = did_you_mean(id, names);
  if (hint.empty() && !names.empty() && names.size() <= 12) hint = fmt::format("it has {}", fmt::join(names, ", "));
  if (hint.empty()) hint = names.empty() ? "no element in it has an `id`" : "see the attributes `id` in it";
  lower.problems.emplace_back(kPart, fmt::format("{} has no element \"{}\"", lower.file->name, id), std::move(hint));
  return {};
}

void lower_svg_file(Lowering& lower) {
  const Drawing& drawing = *lower.file->drawing;
  const std::span<const Drawing::Part> parts = meant_parts(lower, drawing);
  const bool named = !lower.words[kPart].empty();
  SvgPathData data = read_svg_parts(parts, named, lower.file->name, maths_of(lower));
  const bool page = lower.word(kFit) == kPage;
  if (!data.problem.empty()) {
    lower.problems.emplace_back(kFile, data.problem, "save it again as plain SVG, with everything as paths");
  } else if (data.points.empty() && lower.problems.empty()) {
    lower.problems.emplace_back(named ? kPart : kFile, fmt::format("there is no outline in {}", lower.file->name),
                                "texts and pictures have none: turn them into paths first");
  } else if (page && !drawing.has_page) {
    lower.problems.emplace_back(kFile,
                                fmt::format("{} has no page: neither viewBox nor width and height", lower.file->name),
                                "write `fit: middle`, or give the file a viewBox");
  }
  if (!lower.problems.empty()) return lower.out(0, lower.disc());
  const Box box = page ? drawing.page : box_of(data.points);
  out_of_svg(lower, std::move(data), box, lower.in(kSize), lower.radians(kRotation));
  const auto rule = [&](const Drawing::Part& part) { return part.even_odd || !(named || part.shown); };
  if (std::all_of(parts.begin(), parts.end(), rule)) lower.draft.shapes.back().rule = FillRule::EvenOdd;
}

constexpr Row kRows[] = {
    {"Line", Category::Shape, Form::Pure, "A straight line; it shows where its sink has a `strokeWidth`.", kLinePorts,
     kShapeOutputs, lower_line},
    {"Arc", Category::Shape, Form::Pure, "A part of a circle, as a line or as an area.", kArcPorts, kShapeOutputs,
     lower_arc},
    {"Ring", Category::Shape, Form::Pure, "A disc with a hole.", kRingPorts, kShapeOutputs, lower_ring},
    {"SvgPath", Category::Shape, Form::Pure, "A figure from the path data of an SVG file.", kSvgPathPorts,
     kShapeOutputs, lower_svg_path},
    {"SvgFile", Category::Shape, Form::Pure, "A figure from the outlines in an SVG file, all of them or a named part.",
     kSvgFilePorts, kShapeOutputs, lower_svg_file},
};

}  // namespace

std::span<const Row> figure_rows() { return kRows; }

}  // namespace oscilla::blocks
