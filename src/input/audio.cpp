#include "input/audio.hpp"

#include <kiss_fftr.h>
#include <sndfile.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <memory>
#include <numbers>
#include <optional>
#include <span>
#include <system_error>

#include <fmt/format.h>

namespace oscilla::input {
namespace {

constexpr std::size_t kWindow = 1024;
constexpr std::size_t kHop = 512;
constexpr std::size_t kBins = kWindow / 2 + 1;
constexpr sf_count_t kMostSamples = sf_count_t{48000} * 3600 * 4;
constexpr double kSteps = 65536;

struct Band {
  const char* channel;
  double from_hz, to_hz;
};
constexpr std::array<Band, 3> kBands{{{"audio.low", 20, 250}, {"audio.mid", 250, 2000}, {"audio.high", 2000, 16000}}};
constexpr const char* kRms = "audio.rms";
constexpr const char* kOnset = "audio.onset";

constexpr std::size_t kAround = 16;      ///< moments before one that it is compared with
constexpr double kAbove = 2.5;           ///< times their mean
constexpr double kLeastFlux = 0.002;     ///< below, it is silence
constexpr double kLeastDistanceMs = 80;  ///< between two onsets

/// All samples, mixed to one channel.
std::expected<std::vector<float>, std::string> read_samples(const std::string& path, int& rate) {
  std::error_code error;
  if (!std::filesystem::exists(path, error))
    return std::unexpected(fmt::format("cannot read {}: there is no such file", path));
  SF_INFO info{};
  const std::unique_ptr<SNDFILE, int (*)(SNDFILE*)> file(sf_open(path.c_str(), SFM_READ, &info), sf_close);
  if (!file) return std::unexpected(fmt::format("cannot read {} as sound: {}", path, sf_strerror(nullptr)));
  if (info.frames > kMostSamples) return std::unexpected(fmt::format("{} is longer than four hours", path));
  rate = info.samplerate;
  const auto channels = static_cast<std::size_t>(info.channels);
  std::vector<float> piece(kWindow * channels), samples;
  while (const sf_count_t read = sf_readf_float(file.get(), piece.data(), kWindow)) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(read); ++i) {
      double sum = 0;
      for (std::size_t c = 0; c < channels; ++c) sum += piece[i * channels + c];
      const auto mixed = static_cast<float>(sum / static_cast<double>(channels));
      samples.push_back(std::isfinite(mixed) ? mixed : 0);
    }
  }
  return samples;
}

/// Amplitudes of the last 1,024 samples, bin by bin.
class Spectrum {
 public:
  Spectrum() : plan_(kiss_fftr_alloc(kWindow, 0, nullptr, nullptr), kiss_fftr_free) {
    for (std::size_t i = 0; i < kWindow; ++i) {
      window_[i] = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i) / kWindow);
      squares_ += window_[i] * window_[i];
      sum_ += window_[i];
    }
  }

  void look_at(std::span<const float> samples) {
    for (std::size_t i = 0; i < kWindow; ++i) windowed_[i] = static_cast<float>(samples[i] * window_[i]);
    kiss_fftr(plan_.get(), windowed_.data(), bins_.data());
    for (std::size_t k = 0; k < kBins; ++k) {
      const double re = bins_[k].r, im = bins_[k].i;
      powers_[k] = (re * re + im * im) * (k == 0 || k == kBins - 1 ? 1 : 2);
    }
  }

  double rms(double from_hz, double to_hz, int rate) const {
    double sum = 0;
    for (std::size_t k = 0; k < kBins; ++k) {
      const double hz = static_cast<double>(k) * rate / kWindow;
      if (hz >= from_hz && hz < to_hz) sum += powers_[k];
    }
    return std::sqrt(sum / (kWindow * squares_));
  }

  /// The root of the amplitude of a sine there.
  double root(std::size_t bin) const { return std::sqrt(std::sqrt(2 * powers_[bin]) / sum_); }

 private:
  std::unique_ptr<kiss_fftr_state, void (*)(void*)> plan_;
  std::array<double, kWindow> window_;
  double squares_ = 0, sum_ = 0;
  std::array<float, kWindow> windowed_{};
  std::array<kiss_fft_cpx, kBins> bins_{};
  std::array<double, kBins> powers_{};
};

/// Writes a channel where it has another value than before.
class Writer {
 public:
  explicit Writer(std::vector<ScriptWrite>& writes) : writes_(writes) {}
  void write(double time_ms, const char* channel, double value, std::optional<double>& last) {
    const double stepped = std::round(value * kSteps) / kSteps;
    if (last == stepped) return;
    last = stepped;
    writes_.push_back({time_ms, channel, {stepped}, 0, {}});
  }

 private:
  std::vector<ScriptWrite>& writes_;
};

double rms_of(std::span<const float> samples) {
  double sum = 0;
  for (const float x : samples) sum += double{x} * x;
  return std::sqrt(sum / static_cast<double>(samples.size()));
}

/// The moments in which something begins.
std::vector<std::size_t> onsets_of(const std::vector<double>& flux, double hop_ms) {
  std::vector<std::size_t> onsets;
  for (std::size_t i = 0; i < flux.size(); ++i) {
    double mean = 0;
    const std::size_t first = i < kAround ? 0 : i - kAround;
    for (std::size_t k = first; k < i; ++k) mean += flux[k];
    mean /= static_cast<double>(std::max<std::size_t>(i - first, 1));
    const bool peak = (i == 0 || flux[i] > flux[i - 1]) && (i + 1 == flux.size() || flux[i] >= flux[i + 1]);
    const bool apart = onsets.empty() || static_cast<double>(i - onsets.back()) * hop_ms >= kLeastDistanceMs;
    if (peak && apart && flux[i] > kAbove * mean + kLeastFlux) onsets.push_back(i);
  }
  return onsets;
}

}  // namespace

bool is_audio_channel(std::string_view channel) {
  return channel == kRms || channel == kOnset ||
         std::ranges::any_of(kBands, [&](const Band& band) { return channel == band.channel; });
}

std::expected<std::vector<ScriptWrite>, std::string> analyse_audio(const std::string& path) {
  int rate = 0;
  auto samples = read_samples(path, rate);
  if (!samples) return std::unexpected(std::move(samples.error()));
  std::vector<float> all(kWindow, 0.0f);  // silence before the beginning
  all.insert(all.end(), samples->begin(), samples->end());
  all.resize(all.size() + kWindow + kHop);  // and after the end
  const double hop_ms = 1000.0 * kHop / rate;
  std::vector<ScriptWrite> writes;
  Writer writer(writes);
  Spectrum spectrum;
  std::optional<double> last_rms;
  std::array<std::optional<double>, kBands.size()> last;
  std::array<double, kBins> roots{};
  std::vector<double> flux;
  for (std::size_t at = 0; at + kWindow <= all.size(); at += kHop) {
    const std::span<const float> heard = std::span(all).subspan(at, kWindow);
    const double time_ms = hop_ms * static_cast<double>(flux.size());
    spectrum.look_at(heard);
    writer.write(time_ms, kRms, rms_of(heard), last_rms);
    for (std::size_t b = 0; b < kBands.size(); ++b)
      writer.write(time_ms, kBands[b].channel, spectrum.rms(kBands[b].from_hz, kBands[b].to_hz, rate), last[b]);
    double rise = 0;
    for (std::size_t k = 0; k < kBins; ++k) {
      const double root = spectrum.root(k);
      rise += std::max(root - roots[k], 0.0);
      roots[k] = root;
    }
    // A sound that is cut off does not begin there; one that is shorter than a step does.
    flux.push_back(at <= std::max(samples->size(), kHop) ? rise / kBins : 0);
  }
  for (const std::size_t onset : onsets_of(flux, hop_ms))
    writes.push_back({hop_ms * static_cast<double>(onset), kOnset, {1}, 0, {}});
  std::stable_sort(writes.begin(), writes.end(),
                   [](const ScriptWrite& a, const ScriptWrite& b) { return a.time_ms < b.time_ms; });
  return writes;
}

}  // namespace oscilla::input
