// What values a session's trace has, as the inspector lists them: whose they are, of which type, in which unit, in the
// order of the patch.
#pragma once

#include <memory>

#include "oscilla/play/inspector_view.hpp"

namespace oscilla::cli::play {

/// Of the rows of a frame of this session's trace.
std::shared_ptr<const InspectedTable> inspected_table(const Session& session, const TracedFrame& frame);

}  // namespace oscilla::cli::play
