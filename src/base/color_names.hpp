// Colours by name, as style sheets have them: only to say how they are written here.
#pragma once

#include <string>
#include <string_view>

namespace oscilla {

/// "#ff0000" for "red"; empty if `name` is none of the common ones. Case does not count.
std::string_view color_named(std::string_view name);

/// How the colour `name` is written, such as "a colour is written `#ff0000`"; empty if it is none.
std::string color_hint(std::string_view name);

}  // namespace oscilla
