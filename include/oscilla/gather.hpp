// A pass's lanes in drawing order, for backends that hand them on as one array. A frame itself keeps its lanes where
// they are and says the order beside, which is all that most backends need.
#pragma once

#include <span>

#include "oscilla/frame.hpp"

namespace oscilla {

/// The visible lanes, far to near, into `out`, which has room for lanes.visible of them. Allocates nothing.
void gather_in_order(const Instances& lanes, std::span<InstanceCore> out);

}  // namespace oscilla
