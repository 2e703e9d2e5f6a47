// The colours of text over the picture: what is good, what is not, what is beside the point.
#pragma once

#include <imgui.h>

namespace oscilla::cli::play {

inline const ImVec4 kPlain{0.88f, 0.90f, 0.93f, 1};
inline const ImVec4 kFaint{0.60f, 0.64f, 0.70f, 1};
inline const ImVec4 kGood{0.52f, 0.86f, 0.56f, 1};
inline const ImVec4 kWarning{1, 0.78f, 0.36f, 1};
inline const ImVec4 kBad{1, 0.42f, 0.40f, 1};

}  // namespace oscilla::cli::play
