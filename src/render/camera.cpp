#include "render/camera.hpp"

namespace oscilla::render {

kernels::CameraUniforms uniforms_of(const OrthographicCamera& camera) {
  kernels::CameraUniforms uniforms;
  uniforms.perspective = false;
  uniforms.scale_x = static_cast<float>(camera.scale);
  uniforms.scale_y = uniforms.scale_x;
  uniforms.offset_x = static_cast<float>(0.5 - camera.center_x * camera.scale);
  uniforms.offset_y = static_cast<float>(0.5 - camera.center_y * camera.scale);
  uniforms.near = static_cast<float>(camera.near);
  uniforms.far = static_cast<float>(camera.far);
  return uniforms;
}

}  // namespace oscilla::render
