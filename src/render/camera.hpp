// A camera as an artist thinks of it, and the numbers that a block needs to project with it. In: 64-bit parameters.
// Out: uniforms, narrowed once. The default camera is the identity, bit for bit.
#pragma once

#include "kernels/frame_kernels.hpp"

namespace oscilla::render {

/// Looks along -z. World (x, y) = (center_x, center_y) is in the middle of the screen; `scale` is screen per world.
struct OrthographicCamera {
  double center_x = 0.5;
  double center_y = 0.5;
  double scale = 1;
  double near = -100;
  double far = 100;
};

kernels::CameraUniforms uniforms_of(const OrthographicCamera& camera);

}  // namespace oscilla::render
