// What the inspector's panels share: what is open, searched, pinned, picked, held. In the window's thread.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "oscilla/play/inspection.hpp"
#include "oscilla/play/source_edit.hpp"
#include "oscilla/play/value_courses.hpp"

namespace oscilla::cli::play {

/// What the panels ask of whoever plays the patch.
struct InspectorHost {
  std::function<void(const std::string& input, std::vector<double> values)> set_input;
  std::function<void(const std::string& input)> send_event;
  /// The patch with this text takes over, but no file says it.
  std::function<void(const std::string& text)> try_text;
  /// A sentence to be shown over the picture.
  std::function<void(const std::string& sentence)> complain;
};

/// A figure of the picture that was clicked.
struct PickedElement {
  std::string sink;  ///< "draw"
  std::uint32_t lane = 0;
  std::string instance;  ///< whose lane; empty until it is known
};

enum class InspectorPanel : std::uint8_t { Frame, Values, Element, Inputs, Text, Health };
inline constexpr const char* kPanelTitles[] = {"Frame", "Values", "Element", "Inputs", "Text", "Health"};
inline constexpr std::size_t kInspectorPanels = std::size(kPanelTitles);

struct InspectorState {
  InspectorHost host;
  Inspection* inspection = nullptr;
  InspectorWishes wishes;
  bool wishes_changed = false;
  ValueCourses courses;
  std::deque<InspectedTick> ticks;  ///< of the last minute, each number once, ascending

  std::optional<InspectorPanel> wanted;  ///< to be brought to the front
  std::string search;
  bool focus_search = false;
  bool inner = false;  ///< inner steps are listed too
  std::vector<std::string> pinned;
  std::optional<PickedElement> picked;
  std::optional<Answer> answer;
  bool follow = true;   ///< the answer is asked for anew, again and again
  double asked_at = 0;  ///< seconds

  std::optional<std::pair<std::int64_t, std::int64_t>> held;  ///< the ticks on the time line, while it stands still
  std::int64_t scrubbed = 0;                                  ///< where it was gone back to

  std::optional<SourceEdit> source;
  bool scroll_to_chosen = false;
  double drag_begin = 0, dragged = 0;  ///< of the number that is dragged in the text
  double ticks_a_second = 0;           ///< 0: not known
  /// Where things under a hand are on the screen, for programs that press them: left, top, width, height.
  std::map<std::string, std::array<float, 4>> places;
  double scale = 1;
  double now = 0;  ///< seconds

  const InspectorView& view() const { return inspection->view(); }
  void ask(std::string value, std::uint32_t lane);
  void pick(std::optional<PickedElement> element);
  void hold();
  void resume();
  void go_back_to(std::int64_t tick);
};

/// A line of what is beside the point, as many lines as it takes.
void hint(std::string_view text);

/// Notes where the thing is that was drawn last.
void note_place(InspectorState& state, const char* name);

/// Five digits, as people read numbers.
std::string short_number(double value);

// The panels; each between ImGui's Begin and End.
void draw_frame_panel(InspectorState& state);
void draw_values_panel(InspectorState& state);
void draw_element_panel(InspectorState& state);
void draw_inputs_panel(InspectorState& state);
void draw_text_panel(InspectorState& state);
void draw_health_panel(InspectorState& state);
void draw_time_line(InspectorState& state);

}  // namespace oscilla::cli::play
