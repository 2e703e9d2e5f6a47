// The numbers that a block needs to project with a camera. In: 64-bit parameters, worked out by the program (a Camera
// block) or those of the default camera. Out: uniforms, narrowed once. The default camera is the identity, bit for bit.
#pragma once

#include <array>

#include "ir/program.hpp"
#include "kernels/frame_kernels.hpp"

namespace oscilla::render {

/// Looks along -z from straight ahead; world (0.5, 0.5) is in the middle of the screen, at scale 1.
kernels::CameraUniforms default_camera();

/// `values` by ir::CameraValue. What is not finite becomes 0; `replaced` counts how often.
kernels::CameraUniforms uniforms_of(bool perspective, const std::array<double, ir::kCameraValues>& values,
                                    std::uint64_t& replaced);

}  // namespace oscilla::render
