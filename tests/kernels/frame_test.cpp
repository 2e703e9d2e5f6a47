// The kernels around the ops: finite checks, projection, packing; on every ISA level.
#include <gtest/gtest.h>

#include <utility>

#include "kernels/frame_kernels.hpp"
#include "plane_fixture.hpp"

namespace oscilla::kernels {
namespace {

// ---- Finite ----

TEST(Finite, AgreesWithALookAtEveryLane) {
  for (const Isa isa : available_isas()) {
    for (std::uint32_t lanes = 1; lanes <= 64; ++lanes) {
      AlignedBuffer<float> a = plane_of(ordinary_values(lanes, -1, 1, lanes)),
                           b = plane_of(std::vector<float>(lanes, 3e38f));
      for (std::uint32_t i = lanes; i < lanes + kLanePadding; ++i) a[i] = NAN;  // padding does not count
      const float* planes[] = {a.data(), b.data()};
      EXPECT_TRUE(frame_kernels(isa).all_finite(planes, 2, lanes));
      b[lanes - 1] = lanes % 2 ? NAN : -INFINITY;
      EXPECT_FALSE(frame_kernels(isa).all_finite(planes, 2, lanes));
    }
  }
}

TEST(Finite, CopyReplacesAndCounts) {
  const std::vector<float> values = awkward_values(1000, 3);
  for (const Isa isa : available_isas()) {
    AlignedBuffer<float> in = plane_of(values);
    std::fill(in.data() + 1000, in.data() + 1000 + kLanePadding, NAN);
    std::uint32_t replaced = 0;
    for (const float value : values) replaced += !std::isfinite(value);
    EXPECT_EQ(frame_kernels(isa).copy_finite(in.data(), in.data(), 1000), replaced);
    for (std::size_t i = 0; i < values.size(); ++i) EXPECT_EQ(in[i], std::isfinite(values[i]) ? values[i] : 0.0f);
  }
}

TEST(State, TinyValuesBecomeZero) {
  for (const Isa isa : available_isas()) {
    AlignedBuffer<float> in = plane_of({1e-31f, -9e-31f, 1e-30f, -2e-30f, 1, 1e-45f}), out(32);
    EXPECT_TRUE(frame_kernels(isa).store_state(in.data(), out.data(), out.data(), 6));
    const float want[] = {0, 0, 1e-30f, -2e-30f, 1, 0};
    for (int i = 0; i < 6; ++i) EXPECT_EQ(out[i], want[i]);
    EXPECT_FALSE(frame_kernels(isa).store_state(in.data(), out.data(), out.data(), 6)) << "it has come to rest";
  }
}

TEST(State, IsSeenToMoveInTheLanesThatCount) {
  for (const Isa isa : available_isas()) {
    for (std::uint32_t lanes = 1; lanes <= 64; ++lanes) {
      const AlignedBuffer<float> in = plane_of(ordinary_values(lanes, 1, 2, lanes));
      AlignedBuffer<float> previous(lanes + kLanePadding), next(lanes + kLanePadding);
      std::copy_n(in.data(), lanes, previous.data());
      for (std::uint32_t i = lanes; i < lanes + kLanePadding; ++i) previous[i] = 7;  // padding does not count
      const auto moved = [&] { return frame_kernels(isa).store_state(in.data(), previous.data(), next.data(), lanes); };
      EXPECT_FALSE(moved()) << lanes;
      for (std::uint32_t i = 0; i < lanes; ++i) EXPECT_EQ(next[i], in[i]);
      for (const std::uint32_t lane : {0u, lanes / 2, lanes - 1}) {
        const float kept = std::exchange(previous[lane], 0.0f);
        EXPECT_TRUE(moved()) << lane << " of " << lanes;
        previous[lane] = kept;
      }
    }
  }
}

TEST(Fill, KeepsRawBits) {
  for (const Isa isa : available_isas()) {
    AlignedBuffer<float> out(32);
    frame_kernels(isa).fill(out.data(), 0x7f812345u, 17);  // a signalling not-a-number
    for (int i = 0; i < 32; ++i) EXPECT_EQ(std::bit_cast<std::uint32_t>(out[i]), 0x7f812345u);
  }
}

// ---- Projection ----

/// Eight input planes, the packed records, the keys.
struct Scene {
  explicit Scene(std::uint32_t count)
      : lanes(count), core(8 * (count + 2 * kLanePadding)), keys(count + 2 * kLanePadding) {
    for (std::uint32_t k = 0; k < 8; ++k) planes.push_back(plane_of(ordinary_values(count, -1, 2, k + 1)));
  }
  void run(Isa isa, const CameraUniforms& camera, bool streaming, bool with_z = true, bool flat = false) {
    const EpilogueBlock block = {planes[0].data(),
                                 planes[1].data(),
                                 with_z ? planes[2].data() : nullptr,
                                 planes[3].data(),
                                 planes[4].data(),
                                 planes[5].data(),
                                 planes[6].data(),
                                 planes[7].data(),
                                 core.data(),
                                 keys.data(),
                                 lanes,
                                 flat};
    finite = frame_kernels(isa).epilogue(camera, block, streaming);
  }
  float at(std::uint32_t lane, std::uint32_t k) const { return core[8 * lane + k]; }

  std::uint32_t lanes;
  bool finite = false;  ///< what the epilogue said
  std::vector<AlignedBuffer<float>> planes;
  AlignedBuffer<float> core;
  AlignedBuffer<std::uint32_t> keys;
};

TEST(Projection, DefaultOrthographicIsTheIdentityBitForBit) {
  for (const Isa isa : available_isas()) {
    for (const bool streaming : {false, true}) {
      for (const std::uint32_t lanes : {1u, 5u, 16u, 100u, 256u}) {
        Scene scene(lanes);
        scene.run(isa, CameraUniforms(), streaming, false);
        for (std::uint32_t i = 0; i < lanes; ++i) {
          EXPECT_EQ(scene.at(i, 0), scene.planes[0][i]);
          EXPECT_EQ(scene.at(i, 1), scene.planes[1][i]);
          EXPECT_EQ(scene.at(i, 2), 0.5f);  // z = 0 halfway between near and far
          for (std::uint32_t k = 3; k < 8; ++k) EXPECT_EQ(scene.at(i, k), scene.planes[k][i]);
          EXPECT_EQ(scene.keys[i], scene.keys[0]);
        }
      }
    }
  }
}

TEST(Projection, SeesWhatIsNotFinite) {
  for (const Isa isa : available_isas()) {
    for (const bool perspective : {false, true}) {
      CameraUniforms camera;
      camera.perspective = perspective;
      camera.forward[3] = 1;
      for (const bool flat : {false, true}) {
        if (flat && perspective) continue;
        Scene scene(70);
        scene.run(isa, camera, false, true, flat);
        EXPECT_TRUE(scene.finite);
        for (std::uint32_t k = 0; k < 8; ++k) {
          if (flat && k == 2) continue;  // one number for all lanes, which is finite
          const float kept = std::exchange(scene.planes[k][65], k % 2 == 0 ? NAN : INFINITY);
          scene.run(isa, camera, false, true, flat);
          EXPECT_FALSE(scene.finite) << k;
          scene.planes[k][65] = kept;
        }
      }
    }
  }
}

TEST(Projection, WhatIsEquallyFarAwayNeedsOneKey) {
  CameraUniforms camera;
  camera.scale_x = 1.5f, camera.offset_y = -0.25f, camera.near = -3;
  for (const Isa isa : available_isas()) {
    for (const float z : {0.0f, -7.25f, 4.0f}) {
      for (const bool streaming : {false, true}) {
        Scene each(100), all(100);
        for (Scene* scene : {&each, &all}) std::fill_n(scene->planes[2].data(), 112, z);
        each.run(isa, camera, streaming);
        all.run(isa, camera, streaming, true, true);
        for (std::uint32_t i = 0; i < 800; ++i) ASSERT_EQ(all.core[i], each.core[i]) << z << " " << i;
        EXPECT_EQ(all.keys[0], each.keys[99]);
      }
    }
  }
}

TEST(Projection, OrthographicIsInvisibleBeyondNearAndFar) {
  for (const Isa isa : available_isas()) {
    Scene scene(5);
    const float heights[] = {-100, -101, 100, 100.5f, 40};
    std::copy(heights, heights + 5, scene.planes[2].data());
    scene.run(isa, CameraUniforms(), false);
    EXPECT_EQ(scene.keys[1], kInvisibleKey);
    EXPECT_EQ(scene.keys[3], kInvisibleKey);
    EXPECT_EQ(scene.at(0, 2), 1.0f);
    EXPECT_EQ(scene.at(2, 2), 0.0f) << "+z is towards the viewer";
  }
}

struct GoldenView {
  double tilt, yaw, distance, fov;
  double point[3];
  double want[4];  // screen x, y, depth, radius column of .02 (twice the projected size)
};

CameraUniforms camera_of(const GoldenView& view) {
  const double degree = 3.14159265358979323846 / 180, tilt = view.tilt * degree, yaw = view.yaw * degree;
  const double eye[3] = {0.5 + view.distance * std::cos(tilt) * std::sin(yaw), 0.5 + view.distance * std::sin(tilt),
                         view.distance * std::cos(tilt) * std::cos(yaw)};
  const double forward[3] = {(0.5 - eye[0]) / view.distance, (0.5 - eye[1]) / view.distance, -eye[2] / view.distance};
  const double right_length = std::hypot(forward[0], forward[2]);
  const double right[3] = {-forward[2] / right_length, 0, forward[0] / right_length};
  const double up[3] = {right[1] * forward[2] - right[2] * forward[1], right[2] * forward[0] - right[0] * forward[2],
                        right[0] * forward[1] - right[1] * forward[0]};
  CameraUniforms camera;
  camera.perspective = true;
  camera.near = 0.01f;
  camera.far = 100;
  camera.tan_half_fov = static_cast<float>(std::tan(view.fov * degree / 2));
  const auto fill_row = [&](const double(&axis)[3], float(&row)[4]) {
    for (int k = 0; k < 3; ++k) row[k] = static_cast<float>(axis[k]);
    row[3] = static_cast<float>(-(axis[0] * eye[0] + axis[1] * eye[1] + axis[2] * eye[2]));
  };
  fill_row(right, camera.right);
  fill_row(up, camera.up);
  fill_row(forward, camera.forward);
  return camera;
}

TEST(Projection, PerspectiveGoldenVectors) {
  const GoldenView kViews[] = {
      {35, 0, 2, 45, {.5, .5, 0}, {.5, .5, .019901990, .024142136}},
      {35, 0, 2, 45, {0, 0, 0}, {.236069398, .283800708, .022770159, .021114448}},
      {35, 0, 2, 45, {1, 1, 0}, {.852293509, .788581948, .017033821, .028183481}},
      {35, 0, 2, 45, {.5, .5, .3}, {.5, .381596191, .017444288, .027524099}},
      {35, 0, 2, 45, {.25, .75, -.2}, {.350637857, .690886789, .020106374, .023897943}},
      {35, 0, .87, 60, {0, 0, 0}, {.125676770, .193372361, .011469029, .029945858}},
      {35, 0, .87, 60, {1, 1, 0}, {1.242462199, 1.108189428, .005732691, .059396976}},
      {45, 30, 2, 45, {0, 0, 0}, {.293429098, .415667782, .025205821, .019082203}},
      {45, 30, 2, 45, {.5, .5, .3}, {.400309868, .377905022, .018064689, .026584035}},
  };
  for (const Isa isa : available_isas()) {
    for (const GoldenView& view : kViews) {
      Scene scene(1);
      for (int k = 0; k < 3; ++k) scene.planes[static_cast<std::size_t>(k)][0] = static_cast<float>(view.point[k]);
      scene.planes[3][0] = 0.02f;
      scene.run(isa, camera_of(view), false);
      for (std::uint32_t k = 0; k < 3; ++k) EXPECT_NEAR(scene.at(0, k), view.want[k], 1e-6);
      EXPECT_NEAR(scene.at(0, 3), view.want[3] / 2, 1e-7);
      EXPECT_NE(scene.keys[0], kInvisibleKey);
    }
  }
}

TEST(Projection, BehindTheEyeThereIsNothing) {
  for (const Isa isa : available_isas()) {
    Scene scene(3);
    scene.planes[2][0] = 10;    // behind
    scene.planes[2][1] = -200;  // beyond far
    scene.planes[2][2] = 0;
    for (int i = 0; i < 3; ++i) scene.planes[0][i] = scene.planes[1][i] = 0.5f;
    scene.run(isa, camera_of({0, 0, 2, 45, {}, {}}), false);
    for (std::uint32_t i = 0; i < 2; ++i) {
      EXPECT_EQ(scene.keys[i], kInvisibleKey);
      for (std::uint32_t k = 0; k < 4; ++k) EXPECT_EQ(scene.at(i, k), 0.0f);
    }
    EXPECT_NE(scene.keys[2], kInvisibleKey);
  }
}

TEST(Projection, AllLevelsAndStoresGiveTheSameBytesAndFarComesFirst) {
  for (const bool perspective : {false, true}) {
    CameraUniforms camera = camera_of({35, 20, 2, 45, {}, {}});
    camera.perspective = perspective;
    Scene reference(1000);
    reference.run(Isa::Scalar, camera, false);
    for (const Isa isa : available_isas()) {
      for (const bool streaming : {false, true}) {
        Scene scene(1000);
        scene.run(isa, camera, streaming);
        EXPECT_TRUE(std::equal(scene.core.data(), scene.core.data() + 8000, reference.core.data()));
        EXPECT_TRUE(std::equal(scene.keys.data(), scene.keys.data() + 1000, reference.keys.data()));
      }
    }
    for (std::uint32_t i = 1; i < 1000; ++i) {
      if (reference.keys[i] == kInvisibleKey || reference.keys[i - 1] == kInvisibleKey) continue;
      EXPECT_EQ(reference.keys[i]<reference.keys[i - 1], reference.at(i, 2)> reference.at(i - 1, 2));
    }
  }
}

}  // namespace
}  // namespace oscilla::kernels
