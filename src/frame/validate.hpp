// Proves that a frame is safe to draw. In: any frame, however broken. Out: nothing, or the first problem as a sentence.
//
// A valid frame: known version and enumerators; a canvas of at least one pixel; every number finite that is drawn
// (lanes that are not drawn may hold anything); every index in range; arrays as long as `count` (order: as `visible`)
// or empty where that is allowed; order names distinct lanes; batches are not empty, follow one another and cover [0,
// visible); a lane's own shape is the shape of its batch; paths begin with Move and their points lie inside
// RenderFrame::points; stops and layers ascend.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "oscilla/frame.hpp"

namespace oscilla::frame {

std::optional<std::string> validate(const RenderFrame& frame);

/// The same of one pass and the shapes that it draws, for backends that draw the rest of a frame even so.
std::optional<std::string> validate_pass(const RenderFrame& frame, const Pass& pass);
/// The same of one shape, and of everything that is neither.
std::optional<std::string> validate_shape(const RenderFrame& frame, std::uint32_t index);
std::optional<std::string> validate_picture(const RenderFrame& frame);

}  // namespace oscilla::frame
