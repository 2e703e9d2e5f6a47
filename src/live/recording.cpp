#include "oscilla/recording.hpp"

#include <utility>

#include "live/performance.hpp"
#include "live/recording_text.hpp"

namespace oscilla {

std::expected<Recording, RecordingProblem> Recording::read(std::string_view text) {
  auto performance = live::read_recording(text);
  if (!performance) return std::unexpected(std::move(performance.error()));
  Recording recording;
  recording.performance_ = std::make_shared<const live::Performance>(std::move(*performance));
  return recording;
}

std::int64_t Recording::ticks() const { return static_cast<std::int64_t>(performance_->ticks.size()); }
std::size_t Recording::digests() const { return performance_->digests.size(); }
std::size_t Recording::swaps() const { return performance_->patches.size() - 1; }
bool Recording::complete() const { return performance_->complete; }
std::string_view Recording::trouble() const { return performance_->trouble; }
std::string_view Recording::engine() const { return performance_->engine; }
std::string_view Recording::patch_name() const { return performance_->patches[0].name; }
std::string_view Recording::patch_text() const { return performance_->patches[0].text; }
std::uint32_t Recording::frame_version() const { return performance_->frame_version; }
std::optional<std::uint32_t> Recording::seed() const { return performance_->seed; }

}  // namespace oscilla
