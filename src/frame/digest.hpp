// The digest of a frame: a tree of hashes over its canonical bytes. Two frames have equal digests iff they are the same
// picture at the same moment, on every machine; where they differ, the tree says in which pass and which unit of lanes.
//
// Canonical bytes, in full, so that anybody can compute them. Numbers are little endian: u8, u32, i32, i64, f32, f64
// (IEEE 754). A NaN is written as 7fc00000 (f32) or 7ff8000000000000 (f64) whatever its payload; every other value, -0
// included, keeps its bits. Enumerators are u8, in the order of oscilla/frame.hpp. H is XXH3-128 with seed 0; where a
// hash is hashed, it is 16 bytes: the low 64 bits, then the high 64 bits, each little endian. No padding, no alignment.
//
// Where a frame uses nothing that version 2 added, its bytes are those of version 1: `version` is 1, and what is in
// [brackets] is left out. A frame uses it if background_fill is not Solid without stops, if there are layers, or if a
// pass has a stroke, or a style or weight other than the default.
//
//   fill    = u8 paint, 4 x f32 place, u32 number of stops, for each: f32 at, 4 x f32 color
//   scalars = H( u32 version, i64 tick, f64 t_ms, u32 width, u32 height, u8 fit, 4 x f32 background,
//                u32 number of shapes, for each: u8 kind, 4 x f32 parameters, u32 topology, u32 first_point,
//                u32 number of topologies, for each: u32 number of verbs, u8 each verb,
//                u32 number of floats in points, f32 each,
//                [ fill of the background, u32 number of layers, for each: i32 layer, u8 blend, f32 opacity, u32 clip,
//                  4 x f32 place ] )
//   header  = H( u32 bytes in name, the name's bytes, i32 layer, u8 blend, u32 count, u32 visible,
//                u8 arrays present (1 rotation + 2 shape + 4 order + 8 scale + 16 stroke + 32 a style +
//                64 a weight other than 1),
//                u32 number of batches, for each: u32 first, u32 count, u32 shape,
//                if there is a style other than the default: fill, u8 rule, u8 join, u8 cap, u32 number of dashes,
//                f32 each, f32 dash_offset; then, if there is a weight, f32 weight )
//   order   = H( u32 each entry of order )
//   unit k  = H( for lanes [4096 k, min(4096 (k + 1), count)): 8 x f32 core of each lane;
//                then, if rotation is present, f32 of each lane; then, if shape is present, u32 of each lane;
//                then, if scale is present, 2 x f32 of each lane; then, if stroke is present, 5 x f32 of each lane )
//   pass    = H( header, order, u32 number of units, unit 0, unit 1, ... )
//   frame   = H( scalars, u32 number of passes, pass 0, pass 1, ... )
#pragma once

#include <cstdint>
#include <vector>

#include "base/ids.hpp"
#include "oscilla/frame.hpp"

namespace oscilla::frame {

inline constexpr std::uint32_t kDigestUnitLanes = 4096;

struct PassDigest {
  Hash128 pass;
  Hash128 header;
  Hash128 order;
  std::vector<Hash128> units;
  bool operator==(const PassDigest&) const = default;
};

struct FrameDigest {
  Hash128 frame;
  Hash128 scalars;
  std::vector<PassDigest> passes;
  bool operator==(const FrameDigest&) const = default;
};

/// The whole tree.
FrameDigest digest_tree(const RenderFrame& frame);

/// The hashes that a frame's is made of, in the order of the canonical bytes.
enum class DigestPart : std::uint8_t { Scalars, Header, Order, Unit };

/// Who wants to see them; `pass` is null for the scalars.
struct DigestVisitor {
  void (*visit)(void* context, DigestPart part, const Pass* pass, Hash128 hash) = nullptr;
  void* context = nullptr;
};

/// The root only, without allocation; equal to digest_tree(frame).frame.
Hash128 digest(const RenderFrame& frame, DigestVisitor visitor = {});

/// How many units a pass of so many lanes has.
constexpr std::uint32_t digest_units(std::uint32_t lanes) {
  return lanes / kDigestUnitLanes + (lanes % kDigestUnitLanes != 0 ? 1 : 0);
}

}  // namespace oscilla::frame
