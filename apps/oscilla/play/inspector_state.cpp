#include "oscilla/play/inspector_state.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace oscilla::cli::play {

void InspectorState::ask(std::string value, std::uint32_t lane) {
  wishes.question = Question{std::move(value), lane};
  ++wishes.question_number;
  wishes_changed = true;
  asked_at = now;
}

void InspectorState::pick(std::optional<PickedElement> element) {
  picked = std::move(element);
  wishes.lane = picked ? std::optional(picked->lane) : std::nullopt;
  wishes_changed = true;
  answer.reset();
  if (picked) ask(picked->sink + ".position", picked->lane);
}

void InspectorState::hold() {
  if (held || !view().restorable) return;
  held = view().restorable;
  scrubbed = held->second;
  wishes.held = true;
  wishes_changed = true;
}

void InspectorState::resume() {
  held.reset();
  wishes.held = false;
  wishes.back_to.reset();
  wishes_changed = true;
}

void InspectorState::go_back_to(std::int64_t tick) {
  hold();
  if (!held || tick == scrubbed) return;
  scrubbed = tick;
  wishes.back_to = tick;
  ++wishes.back_number;
  wishes_changed = true;
}

std::string value_of_row(const InspectedTable& table, const InspectedRow& row) {
  std::string name = row.name.substr(0, row.name.find('['));
  const auto is_named = [&](const std::string& value) {
    return std::ranges::find(table.values, value, &ValueInfo::name) != table.values.end();
  };
  if (is_named(name)) return name;
  if (const std::size_t dot = name.rfind('.'); dot != std::string::npos && is_named(name.substr(0, dot)))
    return name.substr(0, dot);  // a component
  return !row.port.empty() ? row.port : row.block;
}

std::string short_number(double value) { return fmt::format("{:.5g}", value); }

}  // namespace oscilla::cli::play
