// One random change of a patch's text, by kind. In: a patch and its values. Out: the new text; nothing where chance hit
// on a place that does not take the change. Whether the text still compiles is not known here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "live/edit_sites.hpp"
#include "live/random.hpp"
#include "oscilla/patch.hpp"
#include "oscilla/random_edits.hpp"

namespace oscilla::live {

/// A value that can be read, as it is written: "dots.t".
struct ReadableValue {
  std::string text;
  std::string type;
};

/// The text under edit, and what is known of it.
struct Material {
  Patch patch;
  std::vector<Site> sites;
  std::vector<ReadableValue> values;

  explicit Material(Patch text);
  std::string_view at(const Site& site) const;
  /// Empty if the site reads no value as a whole.
  std::string_view type_at(const Site& site) const;
  /// The text with `replacement` at a site.
  std::string with(const Site& site, std::string_view replacement) const;
};

struct TextChange {
  std::string text;
  std::string what;
};

/// `number` makes names of new blocks.
std::optional<TextChange> random_change(EditKind kind, const Material& material, std::size_t number, Random& random);

}  // namespace oscilla::live
