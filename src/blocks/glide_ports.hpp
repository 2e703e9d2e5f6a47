// Settings that blocks of the picture have in common: how their numbers glide after an edit.
#pragma once

#include <cstddef>
#include <string_view>

#include "blocks/lowering.hpp"

namespace oscilla::blocks {

/// In the order of GlidePolicy.
inline constexpr std::string_view kPolicies[] = {"slew", "none", "preserve", "crossfade", "project"};
/// In the order of GlideGauge.
inline constexpr std::string_view kGauges[] = {"add", "mul", "affine"};

constexpr Port glide(std::string_view name, std::string_view doc) {
  return {name, PortType::Time, kAbsent, doc, Lanes::Setting, 0, 1e6};
}
constexpr Port policy(std::string_view name, std::string_view doc) {
  return {name, PortType::Int, number(0), doc, Lanes::Setting, 0, 4, kPolicies};
}
constexpr Port gauge(std::string_view name, std::string_view doc) {
  return {name, PortType::Int, number(0), doc, Lanes::Setting, 0, 2, kGauges};
}

/// What a glide in port `first` and the policy in the port behind it say.
inline ir::GlideSetting glide_setting(const Lowering& lower, std::size_t first, double time_ms) {
  return {static_cast<ir::GlidePolicy>(lower.word(first + 1)), lower.has(first) ? lower.setting(first) : time_ms,
          ir::GlideGauge::Add};
}

}  // namespace oscilla::blocks
