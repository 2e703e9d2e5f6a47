// Hashes of one number: most of what mixing it in costs is bringing it into the form in which it is mixed in, its key
// (kernels/hash.hpp). In: nodes, and how many values they make. Out: nodes in which a field that several hashes mix in
// becomes its key once, before the first of them. The same bits.
#pragma once

#include <cstdint>
#include <vector>

#include "exec/optimise.hpp"

namespace oscilla::exec {

/// Returns how many values there are then.
std::uint32_t share_keys(std::vector<Node>& nodes, std::uint32_t values);

}  // namespace oscilla::exec
