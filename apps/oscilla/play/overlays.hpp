// What lies over the picture: messages that fade, the diagnostics of a text that has errors, the help. Drawn with
// ImGui, between Overlay::begin() and end().
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "oscilla/play/engine_news.hpp"
#include "oscilla/play/notices.hpp"

namespace oscilla::cli::play {

/// In the lower left corner, the newest at the bottom.
void draw_notices(const Notices& notices, double now, double scale);

/// `text` is that of diagnostics: places, lines, carets, hints; `title` says what they mean for what runs.
void draw_diagnostics(std::string_view title, std::string_view text, double scale);

/// Lines of which one is to be chosen, numbered from 1; `chosen` has been. The one that was clicked.
std::optional<std::size_t> draw_choice(std::string_view question, const std::vector<std::string>& lines,
                                       std::optional<std::size_t> chosen, double scale);

/// What the keys do. `key_of` says which key an action has now.
void draw_help(const std::function<std::string(std::string_view key)>& key_of, double scale);

/// What is otherwise not to be seen: that it is paused, that it is recorded; nothing if there is nothing to say.
void draw_status(std::string_view status, bool recording, double scale);

}  // namespace oscilla::cli::play
