#include "blocks/svg_drawing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "blocks/svg_scanner.hpp"

namespace oscilla::blocks {
namespace {

/// x' = a x + c y + e, y' = b x + d y + f.
struct Affine {
  double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;
};

/// First `inner`, then `outer`.
Affine operator*(const Affine& outer, const Affine& inner) {
  return {outer.a * inner.a + outer.c * inner.b,           outer.b * inner.a + outer.d * inner.b,
          outer.a * inner.c + outer.c * inner.d,           outer.b * inner.c + outer.d * inner.d,
          outer.a * inner.e + outer.c * inner.f + outer.e, outer.b * inner.e + outer.d * inner.f + outer.f};
}

/// One transform of SVG with its numbers; nothing if there is none of that name, or it takes other numbers.
std::optional<Affine> transform_of(std::string_view name, std::span<const double> n, const SvgMaths& maths) {
  if (name == "matrix" && n.size() == 6) return Affine{n[0], n[1], n[2], n[3], n[4], n[5]};
  if (name == "translate" && (n.size() == 1 || n.size() == 2))
    return Affine{1, 0, 0, 1, n[0], n.size() == 2 ? n[1] : 0};
  if (name == "scale" && (n.size() == 1 || n.size() == 2)) return Affine{n[0], 0, 0, n[n.size() - 1], 0, 0};
  const bool about = name == "rotate" && n.size() == 3;
  if (n.size() != 1 && !about) return std::nullopt;
  const auto [sine, cosine] = maths.sine_cosine(n[0]);
  if (about)
    return Affine{1, 0, 0, 1, n[1], n[2]} * Affine{cosine, sine, -sine, cosine, 0, 0} *
           Affine{1, 0, 0, 1, -n[1], -n[2]};
  if (name == "rotate") return Affine{cosine, sine, -sine, cosine, 0, 0};
  if (name == "skewX" && cosine != 0) return Affine{1, 0, sine / cosine, 1, 0, 0};
  if (name == "skewY" && cosine != 0) return Affine{1, sine / cosine, 0, 1, 0, 0};
  return std::nullopt;
}

/// A list of transforms, the outermost first. Nothing: it is none, and `problem` says why.
std::optional<Affine> read_transforms(std::string_view text, const SvgMaths& maths, std::string& problem) {
  SvgScanner scanner(text);
  Affine all;
  while (!scanner.done()) {
    const std::string_view name = scanner.word();
    std::array<double, 6> numbers{};
    std::size_t count = 0;
    bool closed = false;
    if (!name.empty() && scanner.take('('))
      while (!(closed = scanner.take(')')) && count < numbers.size() && scanner.number(numbers[count])) ++count;
    const auto one = closed ? transform_of(name, std::span(numbers).first(count), maths) : std::nullopt;
    if (!one) {
      problem = fmt::format("`transform` cannot be read at character {}", scanner.at() + 1);
      return std::nullopt;
    }
    all = all * *one;
  }
  return all;
}

std::size_t points_of(PathVerb verb) {
  switch (verb) {
    case PathVerb::Move:
    case PathVerb::Line: return 1;
    case PathVerb::Quadratic: return 2;
    case PathVerb::Cubic: return 3;
    case PathVerb::Close: break;
  }
  return 0;
}

/// Calls `see` with the first verb and the first point of every subpath, and how many there are of both.
template <class See>
void each_subpath(const SvgPathData& path, const See& see) {
  std::size_t point = 0;
  for (std::size_t verb = 0; verb < path.verbs.size();) {
    const std::size_t first_verb = verb, first_point = point;
    do {
      point += points_of(path.verbs[verb++]);
    } while (verb < path.verbs.size() && path.verbs[verb] != PathVerb::Move);
    see(first_verb, verb - first_verb, first_point, point - first_point);
  }
}

/// Of the polygons through all points; of what is drawn clockwise, y down, it is above 0.
double signed_area(const SvgPathData& path) {
  double twice = 0;
  each_subpath(path, [&](std::size_t, std::size_t, std::size_t first, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const double* a = &path.points[2 * (first + i)];
      const double* b = &path.points[2 * (first + (i + 1) % count)];
      twice += a[0] * b[1] - a[1] * b[0];
    }
  });
  return twice / 2;
}

/// Every subpath the other way round.
SvgPathData reversed(const SvgPathData& path) {
  SvgPathData turned;
  each_subpath(path, [&](std::size_t first_verb, std::size_t verbs, std::size_t first, std::size_t count) {
    const bool closed = path.verbs[first_verb + verbs - 1] == PathVerb::Close;
    turned.verbs.push_back(PathVerb::Move);
    for (std::size_t i = verbs - (closed ? 1 : 0); i-- > 1;) turned.verbs.push_back(path.verbs[first_verb + i]);
    if (closed) turned.verbs.push_back(PathVerb::Close);
    for (std::size_t i = count; i-- > 0;)
      turned.points.insert(turned.points.end(), {path.points[2 * (first + i)], path.points[2 * (first + i) + 1]});
  });
  return turned;
}

/// One part where its transforms put it. All parts run the same way round, so that where they overlap nothing is a
/// hole.
SvgPathData read_part(const Drawing::Part& part, const SvgMaths& maths) {
  SvgPathData path = read_svg_path(part.data, maths);
  if (!path.problem.empty()) return path;
  const auto affine = read_transforms(part.transform, maths, path.problem);
  if (!affine) return path;
  for (std::size_t i = 0; i < path.points.size(); i += 2) {
    const double x = path.points[i], y = path.points[i + 1];
    path.points[i] = affine->a * x + affine->c * y + affine->e;
    path.points[i + 1] = affine->b * x + affine->d * y + affine->f;
  }
  path.problem = far_away(path);
  return signed_area(path) < 0 ? reversed(path) : path;
}

}  // namespace

SvgPathData read_svg_parts(std::span<const Drawing::Part> parts, bool named, std::string_view file,
                           const SvgMaths& maths) {
  SvgPathData figure;
  for (const Drawing::Part& part : parts) {
    if (!named && !part.shown) continue;
    const SvgPathData one = read_part(part, maths);
    if (!one.problem.empty()) {
      figure.problem = fmt::format("{}, line {}: {}", file, part.line, one.problem);
      return figure;
    }
    figure.verbs.insert(figure.verbs.end(), one.verbs.begin(), one.verbs.end());
    figure.points.insert(figure.points.end(), one.points.begin(), one.points.end());
    if (figure.points.size() / 2 > kMostFigurePoints) {
      figure.problem = fmt::format("a figure of more than {} points: at most so many are possible", kMostFigurePoints);
      return figure;
    }
  }
  return figure;
}

}  // namespace oscilla::blocks
