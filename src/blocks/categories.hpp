// The catalogue by category: each file of rows gives them through one function here; catalogue.cpp joins them.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "blocks/catalogue.hpp"
#include "ir/expr.hpp"

namespace oscilla::blocks {

std::span<const Row> time_rows();
std::span<const Row> input_rows();
std::span<const Row> signal_rows();
std::span<const Row> state_rows();
std::span<const Row> event_rows();        // what makes events and what passes them on
std::span<const Row> event_value_rows();  // of events too: what makes values of them
std::span<const Row> shape_rows();
std::span<const Row> figure_rows();  // of shapes too
std::span<const Row> instance_rows();
std::span<const Row> mesh_rows();   // instances too
std::span<const Row> voice_rows();  // instances too
std::span<const Row> layout_rows();
std::span<const Row> field_rows();
std::span<const Row> lane_rows();  // of fields too
std::span<const Row> move_rows();
std::span<const Row> noise_rows();
std::span<const Row> curve_rows();
std::span<const Row> path_rows();
std::span<const Row> color_rows();
std::span<const Row> render_rows();
std::span<const Row> camera_rows();
std::span<const Row> picture_rows();
std::span<const Row> function_rows();

// What blocks that make an instance have in common.
inline constexpr double kMostLanes = 4194304;
inline constexpr std::string_view kElementDoc = "what there are many of; a small disc if left out";
/// What was given at a port, or a disc.
Value element_of(Lowering& lower, std::size_t port);
/// Their first five outputs: elements, index, t, u, active.
void lower_elements(Lowering& lower, const Value& element);

// Lowerings that a Kind and a function share.
/// HsvToRgb and hsv: hue, saturation, value, alpha -> color.
void lower_hsv(Lowering& lower);
/// Noise and noise: gradient noise at input 0, whose hills and dales come from `bits`.
void lower_noise_of(Lowering& lower, ir::ExprId bits);

}  // namespace oscilla::blocks
