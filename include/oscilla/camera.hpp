// How the last frame's scene was seen: the way from the world to the screen, for whoever wants to go back to the world
// from a frame, in which everything is projected already.
#pragma once

namespace oscilla {

/// Orthographic: screen = world * scale + offset per axis, sizes * scale, depth = (far - z) / (far - near).
/// Perspective: rows . (x, y, z, 1) are the place that the eye sees, to the right, up and into the distance w; with
/// factor = 0.5 / (w * tan_half_fov): screen = 0.5 + place * factor, sizes * factor, depth = (w - near) / (far - near).
struct CameraView {
  bool perspective = false;
  float scale = 1, offset_x = 0, offset_y = 0;
  float near = -100, far = 100;
  float right[4] = {}, up[4] = {}, forward[4] = {};
  float tan_half_fov = 1;
};

}  // namespace oscilla
