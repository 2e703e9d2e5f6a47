#include "oscilla/play/inspector.hpp"

#include <imgui.h>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "oscilla/pace.hpp"
#include "oscilla/patch_file.hpp"
#include "oscilla/play/palette.hpp"
#include "output/pick.hpp"
#include "output/view.hpp"

namespace oscilla::cli::play {
namespace {

constexpr double kSlack = 5;  // pixels beside a small figure that still are a click on it
constexpr std::size_t kMostOfPatch = std::size_t{64} << 20;  // bytes of a patch
constexpr std::int64_t kMostTicks = 60 * 240;
constexpr double kUnderWay = 5;  // seconds that a text that was tried may take

constexpr void (*kPanels[kInspectorPanels])(InspectorState&) = {
    draw_frame_panel, draw_values_panel, draw_element_panel, draw_inputs_panel, draw_text_panel, draw_health_panel};

}  // namespace

Inspector::Inspector(std::string path, CompileOptions compile) : path_(std::move(path)), compile_(std::move(compile)) {}

void Inspector::attach(Engine& engine) {
  engine_ = &engine;
  inspection_ = std::make_unique<Inspection>(
      engine.pace().budget_nanoseconds(), compile_,
      [&engine](Session& session, std::int64_t tick) { return engine.go_back(session, tick); });
  running_ = std::make_unique<Program>(engine.session().program());
  state_.inspection = inspection_.get();
  state_.ticks_a_second = 1e9 / static_cast<double>(engine.pace().budget_nanoseconds());
  const auto number_of = [this](const std::string& name) -> std::optional<std::uint32_t> {
    const std::vector<ChannelInfo> inputs = running_->channels();
    const auto found = std::ranges::find(inputs, name, &ChannelInfo::name);
    if (found == inputs.end()) return std::nullopt;
    return static_cast<std::uint32_t>(found - inputs.begin());
  };
  state_.host.set_input = [this, number_of](const std::string& name, std::vector<double> values) {
    if (const auto number = number_of(name))
      engine_->post([number, values = std::move(values)](Session& session) { session.set(*number, values); });
  };
  state_.host.send_event = [this, number_of](const std::string& name) {
    if (const auto number = number_of(name))
      engine_->post([number, name](Session& session) { session.send(*number, name, 1); });
  };
  state_.host.try_text = [this](const std::string& text) { try_text(text); };
  state_.host.complain = [this](const std::string& sentence) {
    engine_->tell(NoticeNews{NoticeNews::Kind::Trouble, sentence});
  };
  read_source();
}

void Inspector::read_source() {
  if (form_of(path_) == PatchForm::Json) return;
  auto text = read_text(path_, kMostOfPatch);
  if (!text) return;
  if (state_.source)
    state_.source->show(std::move(*text));
  else
    state_.source.emplace(path_, std::move(*text));
}

void Inspector::before_tick(Session& session, double host_ms) { inspection_->before_tick(session, host_ms); }

void Inspector::after_tick(Session& session, const EngineState& state) {
  const FrameCost cost{state.tick_nanoseconds, 0, state.dropped - std::exchange(dropped_, state.dropped)};
  inspection_->after_tick(session, {state.tick, state.transport.t_ms}, cost, steady_nanoseconds());
}

void Inspector::show(bool shown) {
  state_.wishes.open = shown;
  state_.wishes_changed = true;
  if (!shown && state_.held) state_.resume();
  send_wishes();
}

void Inspector::search() {
  if (!shown()) show(true);
  state_.focus_search = true;
  state_.wanted = InspectorPanel::Values;
}

bool Inspector::click(const InspectedPicture& picture, double x, double y) {
  if (!shown() || picture.frame == nullptr || !(picture.width >= 1) || !(picture.height >= 1)) return false;
  const output::PicturePoint point{static_cast<std::uint32_t>(picture.width),
                                   static_cast<std::uint32_t>(picture.height), x - picture.x, y - picture.y};
  const std::vector<output::Hit> hits = output::hits_near(*picture.frame, point, kSlack * state_.scale);
  if (hits.empty()) return false;
  const Pass& pass = picture.frame->passes[hits.front().pass];
  state_.pick(PickedElement{std::string(pass.name), hits.front().lane, {}});
  state_.wanted = InspectorPanel::Element;
  send_wishes();
  return true;
}

void Inspector::take(const EditNews& news) {
  *running_ = news.running;
  read_source();
  if (!tried_ || !news.patch || news.patch->text() != *tried_) return;
  tried_.reset();
  if (std::exchange(waits_, false) && state_.source && state_.source->is_turned()) try_text(state_.source->text());
}

/// While a number is turned there is one at a time: the newest follows when it is known what came of the last.
void Inspector::try_text(const std::string& text) {
  waits_ = tried_ && state_.source && state_.source->is_turned() && state_.now - tried_at_ < kUnderWay;
  if (waits_) return;
  tried_ = text;
  tried_at_ = state_.now;
  engine_->request(running_->patch().with_text(text));
}

bool Inspector::is_own(const EditNews& news) const {
  if (!news.patch) return state_.held.has_value() && news.report.outcome != SwapOutcome::Refused;
  const bool tried = state_.source && news.patch->text() != state_.source->written() &&
                     (state_.source->is_turned() || state_.now - tried_at_ < kUnderWay);
  return tried && news.report.outcome != SwapOutcome::Refused;
}

void Inspector::take_views() {
  while (inspection_->take()) {
    const InspectorView& view = inspection_->view();
    state_.courses.add(view);
    const auto count = std::min<std::uint64_t>(view.ticks_made, InspectorView::kTicks);
    for (std::uint64_t i = view.ticks_made - count; i < view.ticks_made; ++i) {
      const InspectedTick& tick = view.ticks[i % InspectorView::kTicks];
      if (state_.ticks.empty() || tick.number > state_.ticks.back().number) state_.ticks.push_back(tick);
    }
    while (static_cast<std::int64_t>(state_.ticks.size()) > kMostTicks) state_.ticks.pop_front();
  }
  auto answer = inspection_->take_answer();
  if (!answer || state_.wishes.question != answer->question) return;
  const std::string folder = path_.substr(0, path_.rfind('/') + 1);  // everybody knows which it is
  for (WhyLine& line : answer->lines)
    if (const std::size_t at = line.text.find(path_); at != std::string::npos) line.text.erase(at, folder.size());
  state_.answer = std::move(answer);
}

void Inspector::send_wishes() {
  if (!std::exchange(state_.wishes_changed, false)) return;
  inspection_->wish(state_.wishes);
}

void Inspector::draw(const InspectedPicture& picture, double scale) {
  if (!shown()) return;
  state_.scale = scale;
  state_.now = static_cast<double>(steady_nanoseconds()) * 1e-9;
  state_.places.clear();
  take_views();
  look_at_input(picture);
  draw_picked(picture);
  draw_panels();
  send_wishes();
}

/// What is clicked beside the panels, and "/".
void Inspector::look_at_input(const InspectedPicture& picture) {
  const ImGuiIO& io = ImGui::GetIO();
  if (ImGui::IsMouseClicked(0) && !io.WantCaptureMouse) click(picture, io.MousePos.x, io.MousePos.y);
  if (!io.WantTextInput && std::ranges::find(io.InputQueueCharacters, ImWchar('/')) != io.InputQueueCharacters.end())
    search();
}

void Inspector::draw_panels() {
  const auto text = static_cast<float>(state_.scale);
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({8 * text, 8 * text}, ImGuiCond_FirstUseEver);
  ImGui::SetNextWindowSize({std::min(560 * text, screen.x - 16 * text), screen.y - 16 * text}, ImGuiCond_FirstUseEver);
  if (ImGui::Begin("Inspector")) {
    const float foot = 4.2f * ImGui::GetFrameHeight();
    ImGui::BeginChild("panels", {0, -foot});
    if (ImGui::BeginTabBar("tabs")) {
      for (std::size_t i = 0; i < kInspectorPanels; ++i) {
        const bool wanted = state_.wanted && static_cast<std::size_t>(*state_.wanted) == i;
        if (!ImGui::BeginTabItem(kPanelTitles[i], nullptr, wanted ? ImGuiTabItemFlags_SetSelected : 0)) continue;
        if (wanted) state_.wanted.reset();
        front_ = static_cast<InspectorPanel>(i);
        kPanels[i](state_);
        ImGui::EndTabItem();
      }
      ImGui::EndTabBar();
    }
    ImGui::EndChild();
    ImGui::Separator();
    draw_time_line(state_);
  }
  ImGui::End();
}

/// A ring round what was clicked.
void Inspector::draw_picked(const InspectedPicture& picture) const {
  if (!state_.picked || picture.frame == nullptr || !(picture.height >= 1)) return;
  for (const Pass& pass : picture.frame->passes) {
    if (pass.name != state_.picked->sink || pass.weight < 1 || state_.picked->lane >= pass.instances.count) continue;
    const output::View view(picture.frame->fit, static_cast<std::uint32_t>(picture.width),
                            static_cast<std::uint32_t>(picture.height));
    const InstanceCore& core = pass.instances.core[state_.picked->lane];
    const ImVec2 at{static_cast<float>(picture.x + view.x(core.x)), static_cast<float>(picture.y + view.y(core.y))};
    ImDrawList& draw = *ImGui::GetBackgroundDrawList();
    const auto text = static_cast<float>(state_.scale);
    draw.AddCircle(at, 14 * text, IM_COL32(0, 0, 0, 160), 0, 4 * text);
    draw.AddCircle(at, 14 * text, IM_COL32(255, 200, 90, 255), 0, 2 * text);
    const std::string name = fmt::format("{}[{}]", state_.picked->sink, state_.picked->lane);
    draw.AddText({at.x + 18 * text, at.y - 8 * text}, IM_COL32(255, 200, 90, 255), name.c_str());
    return;
  }
}

}  // namespace oscilla::cli::play
