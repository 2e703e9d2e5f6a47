#include "oscilla/play/overlays.hpp"

#include <imgui.h>

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "oscilla/play/actions.hpp"
#include "oscilla/play/palette.hpp"

namespace oscilla::cli::play {
namespace {

constexpr ImGuiWindowFlags kQuiet = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoInputs |
                                    ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav |
                                    ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings;

ImVec4 colour_of(Notices::Tone tone) {
  switch (tone) {
    case Notices::Tone::Good: return kGood;
    case Notices::Tone::Bad: return kBad;
    case Notices::Tone::Plain: break;
  }
  return kPlain;
}

void say(std::string_view text) { ImGui::TextUnformatted(text.data(), text.data() + text.size()); }
void say(std::string_view text, const ImVec4& colour) {
  ImGui::PushStyleColor(ImGuiCol_Text, colour);
  say(text);
  ImGui::PopStyleColor();
}

/// " 8 | text" and "   |  ^^^" are faint and green, what names a place is in the colour of its severity.
ImVec4 colour_of_line(std::string_view line) {
  if (line.find(": error[") != std::string_view::npos || line.find(": fatal[") != std::string_view::npos) return kBad;
  if (line.find(": warning[") != std::string_view::npos) return kWarning;
  const std::size_t bar = line.find('|');
  const bool is_source = bar != std::string_view::npos && std::ranges::all_of(line.substr(0, bar), [](unsigned char c) {
                           return std::isdigit(c) || std::isspace(c);
                         });
  if (is_source && line.find_first_not_of(" ^~", bar + 1) == std::string_view::npos) return kGood;
  return line.find("hint: ") != std::string_view::npos ? kFaint : kPlain;
}

}  // namespace

void draw_notices(const Notices& notices, double now, double scale) {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const auto gap = static_cast<float>(12 * scale);
  float y = size.y - gap;
  std::size_t number = notices.all().size();
  for (auto notice = notices.all().rbegin(); notice != notices.all().rend(); ++notice) {
    const auto opacity = static_cast<float>(Notices::opacity(*notice, now));
    ImGui::SetNextWindowPos({gap, y}, ImGuiCond_Always, {0, 1});
    ImGui::PushStyleVar(ImGuiStyleVar_Alpha, std::max(opacity, 0.01f));
    ImGui::Begin(fmt::format("##notice{}", number--).c_str(), nullptr, kQuiet);
    const std::string text =
        notice->count > 1 ? fmt::format("{} ({} times)", notice->text, notice->count) : notice->text;
    ImGui::PushTextWrapPos(size.x - 5 * gap);
    say(text, colour_of(notice->tone));
    ImGui::PopTextWrapPos();
    y -= ImGui::GetWindowHeight() + gap / 2;
    ImGui::End();
    ImGui::PopStyleVar();
  }
}

void draw_diagnostics(std::string_view title, std::string_view text, double scale) {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const auto gap = static_cast<float>(12 * scale);
  ImGui::SetNextWindowPos({size.x / 2, gap}, ImGuiCond_Always, {0.5f, 0});
  ImGui::SetNextWindowSizeConstraints({0, 0}, {size.x - 2 * gap, size.y * 0.75f});
  const ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_AlwaysAutoResize |
                                 ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav |
                                 ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_HorizontalScrollbar;
  if (ImGui::Begin("##diagnostics", nullptr, flags & ~ImGuiWindowFlags_NoScrollbar)) {
    say(title, kFaint);
    ImGui::Separator();
    for (std::string_view rest = text; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string_view line = rest.substr(0, end);
      const bool is_head = line.find(": ") != std::string_view::npos && line.find('|') == std::string_view::npos;
      if (is_head) ImGui::PushTextWrapPos(size.x - 4 * gap);  // lines of the patch stay whole, so that carets fit
      say(line, colour_of_line(line));
      if (is_head) ImGui::PopTextWrapPos();
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  ImGui::End();
}

std::optional<std::size_t> draw_choice(std::string_view question, const std::vector<std::string>& lines,
                                       std::optional<std::size_t> chosen, double scale) {
  std::optional<std::size_t> clicked;
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const auto gap = static_cast<float>(12 * scale);
  ImGui::SetNextWindowPos({size.x / 2, gap}, ImGuiCond_Always, {0.5f, 0});
  ImGui::SetNextWindowSizeConstraints({0, 0}, {size.x - 2 * gap, size.y * 0.75f});
  const ImGuiWindowFlags flags = ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                                 ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings |
                                 ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoFocusOnAppearing;
  if (ImGui::Begin("##choice", nullptr, flags)) {
    say(question, kGood);
    for (std::size_t i = 0; i < lines.size(); ++i)
      if (ImGui::Selectable(fmt::format("{}  {}", i + 1, lines[i]).c_str(), chosen == i)) clicked = i;
  }
  ImGui::End();
  return clicked;
}

void draw_help(const std::function<std::string(std::string_view key)>& key_of, double scale) {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({size.x / 2, size.y / 2}, ImGuiCond_Always, {0.5f, 0.5f});
  ImGui::SetNextWindowSizeConstraints({0, 0}, {size.x - static_cast<float>(24 * scale), size.y * 0.95f});
  ImGui::SetNextWindowBgAlpha(0.97f);  // over the inspector it must be readable too
  const ImGuiWindowFlags flags = ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                                 ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings |
                                 ImGuiWindowFlags_NoNav;
  if (ImGui::Begin("##help", nullptr, flags)) {
    for (const ActionRow& row : action_rows()) {
      const std::string key = key_of(row.key);
      say(fmt::format("{:<12}", key), key.empty() ? kFaint : kGood);
      ImGui::SameLine();
      say(fmt::format("{:<12}", row.name), kFaint);
      ImGui::SameLine();
      say(row.help);
    }
  }
  ImGui::End();
}

void draw_status(std::string_view status, bool recording, double scale) {
  if (status.empty()) return;
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const auto gap = static_cast<float>(12 * scale);
  ImGui::SetNextWindowPos({size.x - gap, gap}, ImGuiCond_Always, {1, 0});
  if (ImGui::Begin("##status", nullptr, kQuiet)) say(status, recording ? kBad : kPlain);
  ImGui::End();
}

}  // namespace oscilla::cli::play
