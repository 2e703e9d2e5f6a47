// Names in the order in which people count: draw2 before draw10.
#pragma once

#include <string_view>

namespace oscilla {

/// True if `a` comes before `b`: runs of digits compare as numbers, everything else by byte; ties by plain order.
bool natural_less(std::string_view a, std::string_view b);

}  // namespace oscilla
