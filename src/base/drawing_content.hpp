// The hash of what a drawing says: readers of files and of recordings must agree on it.
#pragma once

#include "base/ids.hpp"
#include "oscilla/asset.hpp"

namespace oscilla {

Hash128 drawing_content(const Drawing& drawing);

}  // namespace oscilla
