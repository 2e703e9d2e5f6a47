// What random changes have in common: how they choose a place, and what stands there.
#pragma once

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "live/random_changes.hpp"

namespace oscilla::live {

using patch::Node;
using patch::NodeIx;
using patch::NodeKind;
using Change = std::optional<TextChange>;

/// A site outside of composites, among those that `wanted` takes.
template <class Wanted>
const Site* pick(const Material& material, Random& random, Wanted wanted) {
  std::vector<const Site*> found;
  for (const Site& site : material.sites)
    if (!site.in_composite && wanted(site)) found.push_back(&site);
  return found.empty() ? nullptr : random.pick(found);
}

inline const Node& node_of(const Material& material, const Site& site) { return material.patch.model()[site.node]; }
inline NodeKind kind_of(const Material& material, const Site& site) { return node_of(material, site).kind; }

inline bool is_time(const Material& material, const Site& site) {
  return site.place.starts_with("time") && material.at(site).starts_with("TimeRoot");
}

inline TextChange replaced(const Material& material, const Site& site, const std::string& text) {
  return {material.with(site, text), fmt::format("`{}`: `{}` becomes `{}`", site.place, material.at(site), text)};
}

inline bool is_count(const Site& site) {
  static constexpr std::string_view kPorts[] = {"count", "rows", "cols", "columns", "maxCount", "points"};
  return std::ranges::find(kPorts, site.port) != std::end(kPorts);
}

/// Another value of the type, or nothing.
inline const ReadableValue* alike(const Material& material, std::string_view type, std::string_view text,
                                  Random& random) {
  std::vector<const ReadableValue*> found;
  for (const ReadableValue& value : material.values)
    if (value.type == type && value.text != text) found.push_back(&value);
  return found.empty() ? nullptr : random.pick(found);
}

inline bool is_value(const Material& material, const Site& site) {
  const NodeKind kind = kind_of(material, site);
  return kind != NodeKind::List && kind != NodeKind::Bool && !is_time(material, site) && !is_count(site);
}

}  // namespace oscilla::live
