#include "render/camera.hpp"

#include <cstddef>

#include "kernels/kernel_table.hpp"

namespace oscilla::render {
namespace {

using ir::CameraValue;

double at(const CameraNumbers& numbers, CameraValue value) { return numbers[static_cast<std::size_t>(value)]; }

/// As the ops do it: `least` where x is not a number.
double at_least(double x, double least) { return x > least ? x : least; }
double within(double x, double least, double most) { return at_least(x, least) < most ? at_least(x, least) : most; }

struct SinCos {
  double sin, cos;
};
SinCos sin_cos_turns(double turns) {
  double results[2] = {};
  std::uint32_t zero_divisor = 0;
  kernels::scalar_kernel(kernels::Op::SinCosTurns)(&turns, results, &zero_divisor);
  return {results[0], results[1]};
}
double tan_turns(double turns) {
  double result = 0;
  std::uint32_t zero_divisor = 0;
  kernels::scalar_kernel(kernels::Op::OscTan)(&turns, &result, &zero_divisor);
  return result;
}

/// Narrows, and counts what is not finite.
struct Narrow {
  std::uint64_t& replaced;
  float operator()(double value) const {
    const auto narrow = static_cast<float>(value);
    const bool finite = narrow - narrow == 0;
    replaced += finite ? 0 : 1;
    return finite ? narrow : 0;
  }
};

struct Axis {
  double x, y, z;
};

void set_row(float (&row)[4], Axis axis, double before, const CameraNumbers& numbers, const Narrow& narrow) {
  const double there = axis.x * at(numbers, CameraValue::CenterX) + axis.y * at(numbers, CameraValue::CenterY);
  row[0] = narrow(axis.x);
  row[1] = narrow(axis.y);
  row[2] = narrow(axis.z);
  row[3] = narrow(before - there);
}

}  // namespace

kernels::CameraUniforms default_camera() { return {}; }

CameraNumbers default_numbers() { return {0.5, 0.5, 2, 0, 0, 45, 1, -100, 100}; }

kernels::CameraUniforms uniforms_of(bool perspective, const CameraNumbers& numbers, std::uint64_t& replaced) {
  const Narrow narrow{replaced};
  kernels::CameraUniforms uniforms;
  uniforms.perspective = perspective;
  const double near = at_least(at(numbers, CameraValue::Near), perspective ? 1e-6 : -1e6);
  uniforms.near = narrow(near);
  uniforms.far = narrow(at_least(at(numbers, CameraValue::Far), near + 1e-6));
  if (!perspective) {
    const double scale = 1 / at_least(at(numbers, CameraValue::Height), 1e-6);
    uniforms.scale_x = uniforms.scale_y = narrow(scale);
    uniforms.offset_x = narrow(0.5 - at(numbers, CameraValue::CenterX) * scale);
    uniforms.offset_y = narrow(0.5 - at(numbers, CameraValue::CenterY) * scale);
    return uniforms;
  }
  const auto [st, ct] = sin_cos_turns(within(at(numbers, CameraValue::Tilt), -89.9, 89.9) / 360);
  const auto [sy, cy] = sin_cos_turns(at(numbers, CameraValue::Yaw) / 360);
  const double distance = at_least(at(numbers, CameraValue::Distance), 1e-4);
  set_row(uniforms.right, {cy, 0, -sy}, 0, numbers, narrow);
  set_row(uniforms.up, {-(sy * st), ct, -(cy * st)}, 0, numbers, narrow);
  set_row(uniforms.forward, {-(ct * sy), -st, -(ct * cy)}, distance, numbers, narrow);
  uniforms.tan_half_fov = narrow(tan_turns(within(at(numbers, CameraValue::FovY), 1, 179) / 720));
  return uniforms;
}

}  // namespace oscilla::render
