// What draws the pixels of pictures and videos.
#pragma once

#include <cstdint>
#include <string_view>

namespace oscilla::output {

enum class Backend : std::uint8_t {
  Cairo,  ///< the reference
  Gl,     ///< OpenGL 3.3, on a graphics card or in software
};

/// In the order of Backend.
inline constexpr std::string_view kBackends[] = {"cairo", "gl"};

}  // namespace oscilla::output
