#include <algorithm>
#include <bit>

#include <fmt/format.h>

#include "contenders.hpp"
#include "render/camera.hpp"

namespace oscilla::bench {
namespace {

constexpr std::uint32_t kBlock = kernels::kBlockLanes;

}  // namespace

HandWritten::HandWritten(const Stage& stage, const FusedCode& code)
    : stage_(stage),
      code_(code),
      small_((code.places + ir::kRoles) * kBlock),
      memory_(stage.planes_before.size()),
      keys_(exec::padded_lanes(stage.scene.lanes())),
      scratch_(exec::padded_lanes(stage.scene.lanes()) * kernels::kSortScratchBytes) {
  const std::size_t padded = exec::padded_lanes(stage.scene.lanes());
  for (const AlignedBuffer<float>& plane : stage.planes_before) {
    planes_.emplace_back(padded);
    std::copy_n(plane.data(), padded, planes_.back().data());
  }
  for (std::size_t p = 0; p < code.places; ++p) places_.push_back(small_.data() + p * kBlock);
  for (std::size_t r = 0; r < ir::kRoles; ++r) targets_.push_back(small_.data() + (code.places + r) * kBlock);
  for (Buffers& buffers : buffers_) {
    buffers.core = AlignedBuffer<float>(padded * 8);
    buffers.order = AlignedBuffer<std::uint32_t>(padded);
  }
  for (const ir::Store& store : stage.scene.field().stores) {  // what is the same for all lanes is there once
    if (store.kind != ir::StoreKind::Target || store.value.source != ir::Source::Uniform) continue;
    const std::uint32_t bits = stage.uniforms[stage.scene.operands().uniform(store.value)];
    std::fill_n(targets_[store.part], kBlock, std::bit_cast<float>(bits));
    flat_ |= store.part == static_cast<std::uint8_t>(ir::Role::Z);
  }
}

FusedBlock HandWritten::block_at(std::uint32_t lane) {
  for (std::size_t m = 0; m < planes_.size(); ++m) memory_[m] = planes_[m].data() + lane;
  return {stage_.uniforms.data(), memory_.data(), places_.data(),
          targets_.data(),        lane,           std::min(kBlock, stage_.scene.lanes() - lane),
          &non_finite_,           &zero_divisor_};
}

/// No scene makes anything that is not finite; one that did would need the exact look here that the engine takes.
void HandWritten::finish_block(bool guarded, std::uint32_t lane) {
  if (guarded && non_finite_ != 0) fail(fmt::format("not finite near lane {}", lane));
}

void HandWritten::evaluate(std::size_t way, bool guarded) {
  for (std::uint32_t lane = 0; lane < stage_.scene.lanes(); lane += kBlock) {
    code_.evaluate[way](block_at(lane), guarded);
    finish_block(guarded, lane);
  }
}

void HandWritten::frame(std::size_t way, bool guarded) {
  const kernels::CameraUniforms camera = render::default_camera();
  const std::uint32_t lanes = stage_.scene.lanes();
  const bool streaming = std::size_t{lanes} * sizeof(InstanceCore) > stage_.state.options.streaming_bytes;
  turn_ = 1 - turn_;
  Buffers& to = buffers_[turn_];
  for (std::uint32_t lane = 0; lane < lanes; lane += kBlock) {
    const FusedBlock block = block_at(lane);
    float* core = to.core.data() + std::size_t{lane} * 8;
    std::uint32_t* keys = keys_.data() + lane;
    if (way == 0) {
      code_.at_once[streaming](block, camera, core, keys, guarded);
    } else {
      const kernels::EpilogueBlock epilogue{targets_[0], targets_[1], targets_[2], targets_[3],
                                            targets_[4], targets_[5], targets_[6], targets_[7],
                                            core,        keys,        block.lanes, flat_};
      code_.in_two[way - 1](block, epilogue, camera, streaming, guarded);
    }
    finish_block(guarded, lane);
  }
  if (streaming) kernels::frame_kernels(stage_.isa).finish_streaming();
  order_ = flat_ ? render::order_of_level(keys_.span().first(lanes))
                 : render::find_order(kernels::frame_kernels(stage_.isa).order, keys_.span().first(lanes),
                                      to.order.data(), scratch_.data());
}

std::span<const InstanceCore> HandWritten::core() const {
  return {reinterpret_cast<const InstanceCore*>(buffers_[turn_].core.data()), stage_.scene.lanes()};
}

std::span<const std::uint32_t> HandWritten::order() const {
  if (order_.identity) return {};
  return buffers_[turn_].order.span().first(order_.visible);
}

}  // namespace oscilla::bench
