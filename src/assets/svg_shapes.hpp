// Elements of SVG as path data: what an element is, its lengths, where a viewport puts what is in it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <pugixml.hpp>

namespace oscilla::assets {

/// Definition: what is in it is drawn by `use` only. Other: nothing is read of it.
enum class ElementForm : std::uint8_t { Figure, Group, Definition, Other };

/// The name of an element without the prefix of its namespace.
std::string_view kind_of(const pugi::xml_node& node);
ElementForm form_of(std::string_view kind);
/// A property that an element itself says, in `style` or as an attribute; else empty.
std::string_view property_of(const pugi::xml_node& node, std::string_view name);

/// Lengths in the units of a page: x, y, width and height of it; all 0: percentages are problems.
class SvgLengths {
 public:
  explicit SvgLengths(const std::array<double, 4>& page) : page_(page) {}
  /// `axis`: of what a percentage is, 0 width, 1 height, 2 both. 0 where there is no such attribute; a length that
  /// cannot be read is a sentence in `problem`.
  double length(const pugi::xml_node& node, const char* name, std::size_t axis, std::string& problem) const;
  double width() const { return page_[2]; }
  double height() const { return page_[3]; }

 private:
  std::array<double, 4> page_;
};

std::optional<std::array<double, 4>> view_box_of(const pugi::xml_node& node, std::string& problem);
std::string translation(double x, double y);
std::string viewport_transform(const pugi::xml_node& placed, const pugi::xml_node& inner, const SvgLengths& lengths,
                               std::string& problem);
/// The path data of a figure; empty where there is nothing to be seen.
std::string path_data_of(const pugi::xml_node& node, std::string_view kind, const SvgLengths& lengths,
                         std::string& problem);

}  // namespace oscilla::assets
