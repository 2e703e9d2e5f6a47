#include "assets/svg_shapes.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "base/number_text.hpp"

namespace oscilla::assets {
namespace {

/// No length or place of a drawing is larger than this, so that sums and products of them are finite.
constexpr double kFarthest = 1e15;

constexpr std::string_view kSpaces = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(kSpaces), text.size()));
  return text.substr(0, text.find_last_not_of(kSpaces) + 1);
}

/// A word of path data: a letter and the numbers behind it.
void put(std::string& data, char command, std::initializer_list<double> numbers) {
  data += command;
  for (const double number : numbers) {
    if (data.back() != command) data += ' ';
    data += to_text(number);
  }
}

/// How many pixels a unit is, 96 to an inch; 0: none that is fixed.
double pixels_of(std::string_view unit) {
  struct Unit {
    std::string_view name;
    double pixels;
  };
  static constexpr Unit kUnits[] = {{"", 1},           {"px", 1}, {"in", 96}, {"cm", 96 / 2.54}, {"mm", 9.6 / 2.54},
                                    {"pt", 96.0 / 72}, {"pc", 16}};
  for (const Unit& known : kUnits)
    if (known.name == unit) return known.pixels;
  return 0;
}

std::string rectangle(const pugi::xml_node& node, const SvgLengths& lengths, std::string& problem) {
  const auto length = [&](const char* name, std::size_t axis) { return lengths.length(node, name, axis, problem); };
  const double x = length("x", 0), y = length("y", 1), width = length("width", 0), height = length("height", 1);
  if (!(width > 0) || !(height > 0)) return {};
  const bool has_x = !node.attribute("rx").empty(), has_y = !node.attribute("ry").empty();
  double rx = length(has_x ? "rx" : "ry", 0), ry = length(has_y ? "ry" : "rx", 1);
  rx = std::clamp(rx, 0.0, width / 2);
  ry = std::clamp(ry, 0.0, height / 2);
  const double right = x + width, bottom = y + height;
  std::string data;
  if (rx == 0 || ry == 0) {
    put(data, 'M', {x, y});
    put(data, 'H', {right});
    put(data, 'V', {bottom});
    put(data, 'H', {x});
    return data + 'Z';
  }
  put(data, 'M', {x + rx, y});
  put(data, 'H', {right - rx});
  put(data, 'A', {rx, ry, 0, 0, 1, right, y + ry});
  put(data, 'V', {bottom - ry});
  put(data, 'A', {rx, ry, 0, 0, 1, right - rx, bottom});
  put(data, 'H', {x + rx});
  put(data, 'A', {rx, ry, 0, 0, 1, x, bottom - ry});
  put(data, 'V', {y + ry});
  put(data, 'A', {rx, ry, 0, 0, 1, x + rx, y});
  return data + 'Z';
}

std::string ellipse(double x, double y, double rx, double ry) {
  if (!(rx > 0) || !(ry > 0)) return {};
  std::string data;
  put(data, 'M', {x + rx, y});
  put(data, 'A', {rx, ry, 0, 0, 1, x - rx, y});
  put(data, 'A', {rx, ry, 0, 0, 1, x + rx, y});
  return data + 'Z';
}

}  // namespace

std::string_view kind_of(const pugi::xml_node& node) {
  std::string_view name = node.name();
  if (name.starts_with("svg:")) name.remove_prefix(4);
  return name;
}

ElementForm form_of(std::string_view kind) {
  const auto is_in = [&](std::initializer_list<std::string_view> kinds) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  };
  if (is_in({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})) return ElementForm::Figure;
  if (is_in({"svg", "g", "a", "switch", "use"})) return ElementForm::Group;
  if (is_in({"defs", "symbol", "clipPath", "mask", "pattern", "marker"})) return ElementForm::Definition;
  return ElementForm::Other;
}

std::string_view property_of(const pugi::xml_node& node, std::string_view name) {
  for (std::string_view rest = node.attribute("style").value(); !rest.empty();) {
    const std::string_view one = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    const std::size_t colon = one.find(':');
    if (colon != std::string_view::npos && trimmed(one.substr(0, colon)) == name) return trimmed(one.substr(colon + 1));
  }
  return trimmed(node.attribute(std::string(name).c_str()).value());
}

double SvgLengths::length(const pugi::xml_node& node, const char* name, std::size_t axis, std::string& problem) const {
  const std::string_view text = trimmed(node.attribute(name).value());
  if (text.empty() || text == "auto") return 0;
  const std::size_t end = text.find_last_of("0123456789.") + 1;
  std::string_view digits = text.substr(0, end);
  if (digits.starts_with('+')) digits.remove_prefix(1);
  const auto number = parse_number(digits);
  const std::string_view unit = text.substr(end);
  const double whole = axis == 2   ? std::sqrt((width() * width() + height() * height()) / 2)
                       : axis == 1 ? height()
                                   : width();
  const double factor = unit == "%" ? whole / 100 : pixels_of(unit);
  if (number && factor > 0 && std::fabs(*number * factor) <= kFarthest) return *number * factor;
  if (problem.empty()) problem = fmt::format("`{}` is no length: {}", name, text);
  return 0;
}

std::optional<std::array<double, 4>> view_box_of(const pugi::xml_node& node, std::string& problem) {
  std::string_view rest = node.attribute("viewBox").value();
  if (trimmed(rest).empty()) return std::nullopt;
  std::array<double, 4> box{};
  constexpr std::string_view kBetween = " \t\r\n,";
  bool good = true;
  for (double& number : box) {
    rest.remove_prefix(std::min(rest.find_first_not_of(kBetween), rest.size()));
    const std::string_view word = rest.substr(0, rest.find_first_of(kBetween));
    rest.remove_prefix(word.size());
    const auto read = parse_number(word);
    good &= read.has_value() && std::fabs(*read) <= kFarthest;
    number = read.value_or(0);
  }
  if (good && box[2] > 0 && box[3] > 0) return box;
  problem = "`viewBox` takes four numbers: x, y, width and height";
  return std::nullopt;
}

std::string translation(double x, double y) { return fmt::format("translate({} {})", to_text(x), to_text(y)); }

// As `preserveAspectRatio` is without a word of it: as large as fits, in the middle.
std::string viewport_transform(const pugi::xml_node& placed, const pugi::xml_node& inner, const SvgLengths& lengths,
                               std::string& problem) {
  const double x = lengths.length(placed, "x", 0, problem), y = lengths.length(placed, "y", 1, problem);
  const auto box = view_box_of(inner, problem);
  if (!box) return translation(x, y);
  const auto side = [&](const char* name, std::size_t axis, double whole) {
    const bool here = !placed.attribute(name).empty();
    if (!here && inner.attribute(name).empty()) return whole;
    return lengths.length(here ? placed : inner, name, axis, problem);
  };
  const double width = side("width", 0, lengths.width()), height = side("height", 1, lengths.height());
  const double scale = std::min(width / (*box)[2], height / (*box)[3]);
  const double left = x + (width - scale * (*box)[2]) / 2 - scale * (*box)[0];
  const double top = y + (height - scale * (*box)[3]) / 2 - scale * (*box)[1];
  return fmt::format("{} scale({})", translation(left, top), to_text(scale));
}

std::string path_data_of(const pugi::xml_node& node, std::string_view kind, const SvgLengths& lengths,
                         std::string& problem) {
  const auto length = [&](const char* name, std::size_t axis) { return lengths.length(node, name, axis, problem); };
  if (kind == "path") return std::string(trimmed(node.attribute("d").value()));
  if (kind == "rect") return rectangle(node, lengths, problem);
  if (kind == "circle") return ellipse(length("cx", 0), length("cy", 1), length("r", 2), length("r", 2));
  if (kind == "ellipse") {
    const bool has_x = !node.attribute("rx").empty(), has_y = !node.attribute("ry").empty();
    return ellipse(length("cx", 0), length("cy", 1), length(has_x ? "rx" : "ry", 0), length(has_y ? "ry" : "rx", 1));
  }
  if (kind == "line") {
    std::string data;
    put(data, 'M', {length("x1", 0), length("y1", 1)});
    put(data, 'L', {length("x2", 0), length("y2", 1)});
    return data;
  }
  const std::string_view points = trimmed(node.attribute("points").value());
  if (points.empty()) return {};
  return fmt::format("M{}{}", points, kind == "polygon" ? "Z" : "");
}

}  // namespace oscilla::assets
