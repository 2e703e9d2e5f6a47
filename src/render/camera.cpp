#include "render/camera.hpp"

#include <cstddef>

namespace oscilla::render {

kernels::CameraUniforms default_camera() { return {}; }

kernels::CameraUniforms uniforms_of(bool perspective, const std::array<double, ir::kCameraValues>& values,
                                    std::uint64_t& replaced) {
  const auto at = [&](ir::CameraValue value, std::size_t offset = 0) {
    const auto narrow = static_cast<float>(values[static_cast<std::size_t>(value) + offset]);
    const bool finite = narrow - narrow == 0;
    replaced += finite ? 0 : 1;
    return finite ? narrow : 0;
  };
  kernels::CameraUniforms uniforms;
  uniforms.perspective = perspective;
  uniforms.near = at(ir::CameraValue::Near);
  uniforms.far = at(ir::CameraValue::Far);
  if (!perspective) {
    uniforms.scale_x = uniforms.scale_y = at(ir::CameraValue::Scale);
    uniforms.offset_x = at(ir::CameraValue::OffsetX);
    uniforms.offset_y = at(ir::CameraValue::OffsetY);
    return uniforms;
  }
  for (std::size_t i = 0; i < 4; ++i) {
    uniforms.right[i] = at(ir::CameraValue::Right, i);
    uniforms.up[i] = at(ir::CameraValue::Up, i);
    uniforms.forward[i] = at(ir::CameraValue::Forward, i);
  }
  uniforms.tan_half_fov = at(ir::CameraValue::TanHalfFov);
  return uniforms;
}

}  // namespace oscilla::render
