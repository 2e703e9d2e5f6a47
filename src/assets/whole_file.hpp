// A file's bytes.
#pragma once

#include <cstddef>
#include <expected>
#include <string>

#include "oscilla/asset.hpp"

namespace oscilla::assets {

/// All of them; a file that cannot be read, or is larger than `most` MiB, is a problem.
std::expected<std::string, AssetProblem> whole_file(const std::string& path, std::size_t most);

}  // namespace oscilla::assets
