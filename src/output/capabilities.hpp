// What those that make pictures can do: one table of features by makers. A frame, or an option, asks for features; what
// its maker lacks is an error with a name, never left out in silence. docs/frames.md shows the table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "oscilla/frame.hpp"
#include "output/format.hpp"

namespace oscilla::output {

/// What a picture can ask for. Transparency is asked for by an option, all else by frames.
enum class Feature : std::uint8_t {
  Ellipses,
  Rectangles,
  RoundCorners,
  Paths,
  OwnAxes,
  LinearGradients,
  RadialGradients,
  EvenOdd,
  Lines,
  Dashes,
  Multiply,
  Screen,
  Add,
  Overlay,
  Darken,
  Lighten,
  Difference,
  Weights,
  LayerBlends,
  LayerOpacity,
  LayerClips,
  BackgroundGradients,
  Stretch,
  Transparency,
};
inline constexpr std::size_t kFeatures = 24;

struct FeatureName {
  std::string_view name;  ///< as a sentence calls it: "X has no NAME"
  std::string_view what;  ///< what of a frame asks for it
};
/// In the order of Feature.
std::span<const FeatureName> feature_names();

class FeatureSet {
 public:
  constexpr FeatureSet() = default;
  constexpr FeatureSet(std::initializer_list<Feature> features) {
    for (const Feature feature : features) add(feature);
  }
  constexpr void add(Feature feature) { bits_ |= bit(feature); }
  constexpr void add(FeatureSet other) { bits_ |= other.bits_; }
  constexpr bool has(Feature feature) const { return (bits_ & bit(feature)) != 0; }
  constexpr bool is_empty() const { return bits_ == 0; }
  constexpr FeatureSet operator&(FeatureSet other) const {
    other.bits_ &= bits_;
    return other;
  }
  constexpr bool operator==(const FeatureSet&) const = default;

 private:
  static constexpr std::uint32_t bit(Feature feature) { return 1u << static_cast<unsigned>(feature); }
  std::uint32_t bits_ = 0;
};

/// Who makes pictures: what draws, and what is written of pixels.
enum class Maker : std::uint8_t { Cairo, Gl, Svg, Png, Raw, Webm, Gif, Mp4 };

struct Capabilities {
  std::string_view name;  ///< as the command line has it
  bool draws = true;      ///< itself; else it takes pixels
  FeatureSet lacks = {};
  std::string_view instead = {};  ///< what to do about that
};
/// In the order of Maker: the whole table.
std::span<const Capabilities> makers();
const Capabilities& capabilities_of(Maker maker);

FeatureSet features_of(const RenderFrame& frame, const Pass& pass);
/// All of its passes', and its own.
FeatureSet features_of(const RenderFrame& frame);

/// The sentence about what is asked for and lacking; nothing if nothing is. `who` asks for it.
std::optional<std::string> lacking(const Capabilities& maker, FeatureSet asked, std::string_view who);
/// That of the first pass, or of the frame, that asks for what is lacking.
std::optional<std::string> lacking(const Capabilities& maker, const RenderFrame& frame);

/// That of `--transparent` for a format.
std::optional<std::string> transparency_problem(Format format);

}  // namespace oscilla::output
