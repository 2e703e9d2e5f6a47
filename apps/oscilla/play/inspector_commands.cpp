// What programs ask of the inspector, and tell it: an editor where its cursor is, a script what it wants to see.
#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "oscilla/json.hpp"
#include "oscilla/play/inspector.hpp"

namespace oscilla::cli::play {

std::optional<std::expected<std::string, std::string>> Inspector::command(std::string_view line) {
  const std::size_t space = line.find(' ');
  const std::string_view word = line.substr(0, space);
  const std::string rest(space == std::string_view::npos ? "" : line.substr(space + 1));
  const auto done = [](std::expected<void, std::string> result) -> std::expected<std::string, std::string> {
    if (!result) return std::unexpected(result.error());
    return std::string();
  };
  if (word == "inspect") return rest.empty() ? told() + "\n" : done(open(rest));
  if (word == "cursor") return done(cursor(rest));
  return std::nullopt;
}

std::expected<void, std::string> Inspector::open(const std::string& panel) {
  for (std::size_t i = 0; i < kInspectorPanels; ++i) {
    std::string title = kPanelTitles[i];
    title.front() = static_cast<char>(title.front() - 'A' + 'a');
    if (title != panel) continue;
    if (!shown()) show(true);
    state_.wanted = static_cast<InspectorPanel>(i);
    return {};
  }
  return std::unexpected("the panels are: frame, values, element, inputs, text, health");
}

std::expected<void, std::string> Inspector::cursor(const std::string& place) {
  const std::size_t column_at = place.rfind(':');
  const std::size_t line_at =
      column_at == std::string::npos || column_at == 0 ? std::string::npos : place.rfind(':', column_at - 1);
  if (line_at == std::string::npos) return std::unexpected("a cursor is FILE:LINE:COLUMN");
  const std::string file = place.substr(0, line_at);
  std::error_code error;
  if (!std::filesystem::equivalent(file, path_, error))
    return std::unexpected(fmt::format("{} is not what is played", file));
  if (!state_.source) return std::unexpected("the patch is in no text file");
  const auto number = [&](std::size_t begin, std::size_t end) {
    return static_cast<std::uint32_t>(std::strtoul(place.substr(begin, end - begin).c_str(), nullptr, 10));
  };
  if (!state_.source->choose_at({number(line_at + 1, column_at), number(column_at + 1, place.size())}))
    return std::unexpected(fmt::format("no number is at {}", place));
  if (!shown()) show(true);
  state_.wanted = InspectorPanel::Text;
  state_.scroll_to_chosen = true;
  return {};
}

std::string Inspector::told() const {
  const InspectorView& view = inspection_->view();
  Json json = {{"event", "inspector"},
               {"shown", shown()},
               {"panel", kPanelTitles[static_cast<std::size_t>(front_)]},
               {"search", state_.search},
               {"traces", shown() && view.table != nullptr},
               {"held", state_.held.has_value()},
               {"playing", view.transport.playing},
               {"tMs", json_number(view.transport.t_ms)}};
  if (view.table) json["values"] = rows_to_show(*view.table, state_.search, state_.pinned, state_.inner).size();
  if (shown() && view.table)
    for (const ChannelInfo& input : view.table->inputs)
      for (const InspectedRow& row : view.table->rows)
        if (row.name == input.name) json["inputs"][input.name] = json_number(point_of(view, row).value);
  if (view.restorable) json["kept"] = {view.restorable->first, view.restorable->second};
  if (state_.held) json["backTo"] = state_.scrubbed;
  if (state_.picked) json["picked"] = {{"sink", state_.picked->sink}, {"lane", state_.picked->lane}};
  if (state_.answer) {
    json["why"] = {{"value", state_.answer->question.value},
                   {"lane", state_.answer->question.lane},
                   {"problem", state_.answer->problem},
                   {"lines", Json::array()}};
    for (const WhyLine& line : state_.answer->lines)
      json["why"]["lines"].push_back(std::string(std::size_t{2} * line.depth, ' ') + line.text);
  }
  if (state_.source && state_.source->chosen()) {
    const NumberLiteral& literal = state_.source->literals()[*state_.source->chosen()];
    const TextPosition at = text_position(state_.source->text(), literal.span.begin);
    json["literal"] = {{"value", literal.value}, {"unit", literal.unit}, {"line", at.line}, {"column", at.column}};
  }
  json["errors"] = view.errors.size();
  for (const auto& [name, place] : state_.places) json["places"][name] = place;
  return json_line(json);
}

}  // namespace oscilla::cli::play
