#include "frame/digest.hpp"

#include <algorithm>
#include <array>

#include "frame/canonical_hash.hpp"

namespace oscilla::frame {
namespace {

constexpr std::uint32_t kCanonicalNan = 0x7fc00000;

bool is_nan_bits(std::uint32_t bits) { return (bits & 0x7fffffff) > 0x7f800000; }

bool any_nan(const float* values, std::size_t count) {
  std::uint32_t found = 0;
  for (std::size_t i = 0; i < count; ++i) found |= is_nan_bits(std::bit_cast<std::uint32_t>(values[i]));
  return found != 0;
}

Hash128 hash_scalars(const RenderFrame& frame) {
  CanonicalHash hash;
  hash.add(frame.version).add(frame.tick).add(frame.t_ms).add(frame.width).add(frame.height).add(frame.fit);
  hash.add_floats(frame.background.data(), frame.background.size());
  hash.add(static_cast<std::uint32_t>(frame.shapes.size()));
  for (const Shape& shape : frame.shapes) {
    hash.add(shape.kind).add_floats(shape.parameters.data(), shape.parameters.size());
    hash.add(shape.topology).add(shape.first_point);
  }
  hash.add(static_cast<std::uint32_t>(frame.topologies.size()));
  for (const Topology& topology : frame.topologies) {
    hash.add(static_cast<std::uint32_t>(topology.verbs.size()));
    for (const PathVerb verb : topology.verbs) hash.add(verb);
  }
  hash.add(static_cast<std::uint32_t>(frame.points.size())).add_floats(frame.points.data(), frame.points.size());
  return hash.finish();
}

Hash128 hash_header(const Pass& pass) {
  const Instances& instances = pass.instances;
  const unsigned present = (instances.rotation.empty() ? 0u : 1u) | (instances.shape.empty() ? 0u : 2u) |
                           (instances.order.empty() ? 0u : 4u) | (instances.scale.empty() ? 0u : 8u);
  CanonicalHash hash;
  hash.add(pass.name).add(pass.layer).add(pass.blend).add(instances.count).add(instances.visible);
  hash.add(static_cast<std::uint8_t>(present)).add(static_cast<std::uint32_t>(pass.batches.size()));
  for (const Batch& batch : pass.batches) hash.add(batch.first).add(batch.count).add(batch.shape);
  return hash.finish();
}

Hash128 hash_unit(const Instances& instances, std::uint32_t unit) {
  const std::size_t first = std::size_t{unit} * kDigestUnitLanes;
  const std::size_t lanes = std::min<std::size_t>(kDigestUnitLanes, instances.count - first);
  CanonicalHash hash;
  hash.add_floats(&instances.core[first].x, lanes * (sizeof(InstanceCore) / sizeof(float)));
  if (!instances.rotation.empty()) hash.add_floats(&instances.rotation[first], lanes);
  if (!instances.shape.empty()) hash.add(instances.shape.subspan(first, lanes));
  if (!instances.scale.empty()) hash.add_floats(&instances.scale[2 * first], 2 * lanes);
  return hash.finish();
}

/// The hash of a pass; `parts`, if given, gets what it is made of.
Hash128 hash_pass(const Pass& pass, PassDigest* parts) {
  const Hash128 header = hash_header(pass);
  const Hash128 order = CanonicalHash().add(pass.instances.order).finish();
  const std::uint32_t units =
      pass.instances.count / kDigestUnitLanes + (pass.instances.count % kDigestUnitLanes != 0 ? 1 : 0);
  if (parts) parts->units.reserve(units);
  CanonicalHash hash;
  hash.add(header).add(order).add(units);
  for (std::uint32_t unit = 0; unit < units; ++unit) {
    const Hash128 part = hash_unit(pass.instances, unit);
    hash.add(part);
    if (parts) parts->units.push_back(part);
  }
  const Hash128 result = hash.finish();
  if (parts) {
    parts->pass = result;
    parts->header = header;
    parts->order = order;
  }
  return result;
}

/// The hash of a frame; `parts`, if given, gets what it is made of.
Hash128 hash_frame(const RenderFrame& frame, FrameDigest* parts) {
  const Hash128 scalars = hash_scalars(frame);
  if (parts) {
    parts->scalars = scalars;
    parts->passes.resize(frame.passes.size());
  }
  CanonicalHash hash;
  hash.add(scalars).add(static_cast<std::uint32_t>(frame.passes.size()));
  for (std::size_t i = 0; i < frame.passes.size(); ++i) {
    hash.add(hash_pass(frame.passes[i], parts ? &parts->passes[i] : nullptr));
  }
  return hash.finish();
}

}  // namespace

CanonicalHash& CanonicalHash::add_floats(const float* values, std::size_t count) {
  if (!any_nan(values, count)) return add_bytes(values, count * sizeof(float));
  std::array<std::uint32_t, 256> chunk;
  for (std::size_t done = 0; done < count; done += chunk.size()) {
    const std::size_t size = std::min(chunk.size(), count - done);
    for (std::size_t i = 0; i < size; ++i) {
      const auto bits = std::bit_cast<std::uint32_t>(values[done + i]);
      chunk[i] = is_nan_bits(bits) ? kCanonicalNan : bits;
    }
    add_bytes(chunk.data(), size * sizeof(std::uint32_t));
  }
  return *this;
}

FrameDigest digest_tree(const RenderFrame& frame) {
  FrameDigest tree;
  tree.frame = hash_frame(frame, &tree);
  return tree;
}

Hash128 digest(const RenderFrame& frame) { return hash_frame(frame, nullptr); }

}  // namespace oscilla::frame
