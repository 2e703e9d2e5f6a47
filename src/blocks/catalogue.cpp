#include "blocks/catalogue.hpp"

#include <vector>

#include "blocks/categories.hpp"

namespace oscilla::blocks {
namespace {

std::vector<Row> all_rows() {
  std::vector<Row> all;
  for (const std::span<const Row> rows :
       {time_rows(),        input_rows(),  signal_rows(), curve_rows(),    state_rows(),   event_rows(),
        event_value_rows(), shape_rows(),  figure_rows(), instance_rows(), mesh_rows(),    voice_rows(),
        layout_rows(),      field_rows(),  lane_rows(),   move_rows(),     noise_rows(),   path_rows(),
        color_rows(),       render_rows(), camera_rows(), picture_rows(),  function_rows()}) {
    all.insert(all.end(), rows.begin(), rows.end());
  }
  return all;
}

}  // namespace

std::string_view name_of(Category category) {
  switch (category) {
    case Category::Time: return "time";
    case Category::Input: return "input";
    case Category::Signal: return "signal";
    case Category::State: return "state";
    case Category::Event: return "event";
    case Category::Shape: return "shape";
    case Category::Instance: return "instance";
    case Category::Layout: return "layout";
    case Category::Field: return "field";
    case Category::Color: return "color";
    case Category::Render: return "render";
    case Category::Function: return "function";
  }
  return "";
}

std::span<const Row> rows() {
  static const std::vector<Row> all = all_rows();
  return all;
}

const Row* find_kind(std::string_view name) {
  for (const Row& row : rows()) {
    if (row.category != Category::Function && row.name == name) return &row;
  }
  return nullptr;
}

const Row* find_function(std::string_view name, std::size_t arguments) {
  const Row* last = nullptr;
  for (const Row& row : rows()) {
    if (row.category != Category::Function || row.name != name) continue;
    last = &row;
    if (row.ports.size() == arguments) return last;
  }
  return last;
}

}  // namespace oscilla::blocks
