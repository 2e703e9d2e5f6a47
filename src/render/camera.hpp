// The numbers that a block needs to project with a camera. In: what the camera is made of, in 64 bits, from a Camera
// block or as the default camera has it. Out: uniforms, narrowed once. The default camera is the identity, bit for bit.
#pragma once

#include <array>

#include "ir/program.hpp"
#include "kernels/frame_kernels.hpp"

namespace oscilla::render {

/// By ir::CameraValue.
using CameraNumbers = std::array<double, ir::kCameraValues>;

/// Looks along -z from straight ahead; world (0.5, 0.5) is in the middle of the screen, at scale 1.
kernels::CameraUniforms default_camera();
/// What the default camera is made of: orthographic.
CameraNumbers default_numbers();

/// Numbers outside of what a camera may have are brought there. What is not finite in the result becomes 0; `replaced`
/// counts how often. Perspective: the axes of the view of an eye at center + distance (cos t sin y, sin t, cos t cos y)
/// that looks at the center: right, up, forward, each with what it adds to (x, y, z). Orthographic: screen = x s +
/// (0.5 - cx s).
kernels::CameraUniforms uniforms_of(bool perspective, const CameraNumbers& numbers, std::uint64_t& replaced);

}  // namespace oscilla::render
