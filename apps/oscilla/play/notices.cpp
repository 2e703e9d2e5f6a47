#include "oscilla/play/notices.hpp"

#include <algorithm>
#include <utility>

namespace oscilla::cli::play {
namespace {

constexpr double kFadeSeconds = 0.6;

/// Long enough to be read.
double seconds_of(const Notices::Notice& notice) {
  const double reading = 1.5 + 0.04 * static_cast<double>(notice.text.size());
  return std::min(notice.tone == Notices::Tone::Bad ? 2 * reading : reading, 12.0);
}

}  // namespace

void Notices::add(Tone tone, std::string text, double now) {
  if (!notices_.empty() && notices_.back().text == text) {
    notices_.back().born = now;
    ++notices_.back().count;
    return;
  }
  notices_.push_back({tone, std::move(text), now});
  if (notices_.size() > kMost) notices_.pop_front();
}

void Notices::age(double now) {
  std::erase_if(notices_, [now](const Notice& notice) { return opacity(notice, now) <= 0; });
}

double Notices::opacity(const Notice& notice, double now) {
  const double left = notice.born + seconds_of(notice) + kFadeSeconds - now;
  return std::clamp(left / kFadeSeconds, 0.0, 1.0);
}

}  // namespace oscilla::cli::play
