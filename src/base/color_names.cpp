#include "base/color_names.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "base/lower_case.hpp"

namespace oscilla {
namespace {

struct NamedColor {
  std::string_view name;
  std::string_view written;
};

constexpr NamedColor kColors[] = {
    {"black", "#000000"},     {"white", "#ffffff"},      {"gray", "#808080"},      {"grey", "#808080"},
    {"silver", "#c0c0c0"},    {"red", "#ff0000"},        {"green", "#008000"},     {"blue", "#0000ff"},
    {"yellow", "#ffff00"},    {"cyan", "#00ffff"},       {"aqua", "#00ffff"},      {"magenta", "#ff00ff"},
    {"fuchsia", "#ff00ff"},   {"orange", "#ffa500"},     {"purple", "#800080"},    {"pink", "#ffc0cb"},
    {"hotpink", "#ff69b4"},   {"brown", "#a52a2a"},      {"gold", "#ffd700"},      {"violet", "#ee82ee"},
    {"indigo", "#4b0082"},    {"navy", "#000080"},       {"teal", "#008080"},      {"lime", "#00ff00"},
    {"olive", "#808000"},     {"maroon", "#800000"},     {"turquoise", "#40e0d0"}, {"coral", "#ff7f50"},
    {"salmon", "#fa8072"},    {"tomato", "#ff6347"},     {"crimson", "#dc143c"},   {"beige", "#f5f5dc"},
    {"ivory", "#fffff0"},     {"lavender", "#e6e6fa"},   {"khaki", "#f0e68c"},     {"plum", "#dda0dd"},
    {"orchid", "#da70d6"},    {"skyblue", "#87ceeb"},    {"steelblue", "#4682b4"}, {"royalblue", "#4169e1"},
    {"slategray", "#708090"}, {"tan", "#d2b48c"},        {"chocolate", "#d2691e"}, {"sienna", "#a0522d"},
    {"darkblue", "#00008b"},  {"darkgreen", "#006400"},  {"darkred", "#8b0000"},   {"lightblue", "#add8e6"},
    {"lightgray", "#d3d3d3"}, {"lightgreen", "#90ee90"}, {"deeppink", "#ff1493"},  {"firebrick", "#b22222"},
};

}  // namespace

std::string_view color_named(std::string_view name) {
  const auto found = std::find_if(std::begin(kColors), std::end(kColors), [&](const NamedColor& color) {
    return std::equal(color.name.begin(), color.name.end(), name.begin(), name.end(),
                      [](char a, char b) { return a == lower_case(b); });
  });
  return found == std::end(kColors) ? std::string_view() : found->written;
}

std::string color_hint(std::string_view name) {
  const std::string_view written = color_named(name);
  return written.empty() ? std::string() : fmt::format("a colour is written `{}`", written);
}

}  // namespace oscilla
