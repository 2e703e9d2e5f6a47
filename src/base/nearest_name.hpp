// "Did you mean": the nearest of some names.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace oscilla {

/// The candidate within two edits (insert, delete, replace, swap of neighbours; case ignored) of `name`, within one
/// where that has less than six letters, the first of the nearest; empty if none is that near or `name` is shorter than
/// two.
std::string_view nearest_name(std::string_view name, std::span<const std::string_view> candidates);

/// "did you mean `x`?", or empty.
std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates);

}  // namespace oscilla
