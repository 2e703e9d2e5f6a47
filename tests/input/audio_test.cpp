// Sounds that are made here, and what is heard in them.
#include "input/audio.hpp"

#include <gtest/gtest.h>
#include <sndfile.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <functional>
#include <map>
#include <numbers>

namespace oscilla::input {
namespace {

constexpr int kRate = 44100;

/// A file of this sound, gone with this object.
class Sound {
 public:
  Sound(double seconds, int channels, const std::function<double(double t, int channel)>& sound)
      : path_(
            (std::filesystem::temp_directory_path() / ("oscilla-" + std::to_string(::getpid()) + "-" +
                                                       std::to_string(reinterpret_cast<std::uintptr_t>(this)) + ".wav"))
                .string()) {
    SF_INFO info{};
    info.samplerate = kRate;
    info.channels = channels;
    info.format = SF_FORMAT_WAV | SF_FORMAT_FLOAT;
    SNDFILE* file = sf_open(path_.c_str(), SFM_WRITE, &info);
    for (int i = 0; i < static_cast<int>(seconds * kRate); ++i) {
      std::array<float, 2> samples{};
      for (int c = 0; c < channels; ++c)
        samples[static_cast<std::size_t>(c)] = static_cast<float>(sound(static_cast<double>(i) / kRate, c));
      EXPECT_EQ(sf_writef_float(file, samples.data(), 1), 1);
    }
    sf_close(file);
  }
  ~Sound() { std::filesystem::remove(path_); }
  Sound(const Sound&) = delete;
  Sound& operator=(const Sound&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::vector<ScriptWrite> analysed(const Sound& sound) {
  auto writes = analyse_audio(sound.path());
  EXPECT_TRUE(writes) << writes.error();
  return *writes;
}

/// What the channels are at a time.
std::map<std::string, double> at(const std::vector<ScriptWrite>& writes, double time_ms) {
  std::map<std::string, double> values;
  for (const ScriptWrite& write : writes)
    if (write.time_ms <= time_ms) values[write.channel] = write.values[0];
  return values;
}

std::vector<double> onsets(const std::vector<ScriptWrite>& writes) {
  std::vector<double> times;
  for (const ScriptWrite& write : writes)
    if (write.channel == "audio.onset") times.push_back(write.time_ms);
  return times;
}

double sine(double t, double hz) { return std::sin(2 * std::numbers::pi * hz * t); }

TEST(Audio, SinesAreInTheirBands) {
  const std::pair<double, const char*> cases[] = {{100, "audio.low"}, {1000, "audio.mid"}, {5000, "audio.high"}};
  for (const auto& [hz, band] : cases) {
    const Sound sound(0.5, 2, [hz = hz](double t, int) { return 0.5 * sine(t, hz); });
    auto values = at(analysed(sound), 400);
    EXPECT_NEAR(values["audio.rms"], 0.5 / std::numbers::sqrt2, 0.01) << hz;
    for (const char* name : {"audio.low", "audio.mid", "audio.high"})
      EXPECT_NEAR(values[name], name == std::string_view(band) ? 0.5 / std::numbers::sqrt2 : 0, 0.02)
          << hz << " " << name;
  }
}

TEST(Audio, ChannelsAreMixedAndSilenceIsSilent) {
  const Sound opposite(0.3, 2, [](double t, int c) { return (c == 0 ? 1 : -1) * sine(t, 440); });
  const auto writes = analysed(opposite);
  EXPECT_EQ(at(writes, 250)["audio.rms"], 0);
  EXPECT_TRUE(onsets(writes).empty());
  const Sound broken(0.3, 1, [](double t, int) { return t > 0.1 ? NAN : 0.25; });
  EXPECT_EQ(at(analysed(broken), 250)["audio.rms"], 0);
}

TEST(Audio, EndsInSilence) {
  const Sound sound(0.5, 1, [](double t, int) { return 0.5 * sine(t, 440); });
  auto values = at(analysed(sound), 10'000);
  for (const char* name : {"audio.rms", "audio.low", "audio.mid", "audio.high"}) EXPECT_EQ(values[name], 0) << name;
  // Shorter than a step.
  const Sound click(0.0068, 1, [](double t, int) { return 0.5 * sine(t, 1000); });
  const auto writes = analysed(click);
  EXPECT_GT(at(writes, 12)["audio.rms"], 0.1);
  EXPECT_EQ(onsets(writes).size(), 1u);
}

TEST(Audio, HearsWhatBegins) {
  // A beat every half second over a steady tone, each a burst that dies away.
  std::uint32_t random = 1;
  const Sound sound(4, 1, [&](double t, int) {
    random = random * 1664525 + 1013904223;
    const double noise = random / 2147483648.0 - 1;
    const double since = t - 0.5 * std::floor(t / 0.5);
    return 0.1 * sine(t, 220) + (t >= 0.5 ? 0.6 * noise * std::exp(-since * 40) : 0);
  });
  const std::vector<double> times = onsets(analysed(sound));
  std::vector<double> beats;
  for (const double time : times)
    if (time > 100) beats.push_back(time);  // the tone itself begins too
  ASSERT_EQ(beats.size(), 7u);
  for (std::size_t i = 0; i < beats.size(); ++i) EXPECT_NEAR(beats[i], 500.0 * static_cast<double>(i + 1), 25) << i;
}

TEST(Audio, IsTheSameEveryTime) {
  const Sound sound(0.5, 1, [](double t, int) { return sine(t * t, 800); });
  const auto first = analysed(sound), second = analysed(sound);
  ASSERT_EQ(first.size(), second.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].time_ms, second[i].time_ms);
    EXPECT_EQ(first[i].channel, second[i].channel);
    EXPECT_EQ(first[i].values, second[i].values);
    EXPECT_TRUE(is_audio_channel(first[i].channel));
    EXPECT_EQ(first[i].values[0] * 65536, std::floor(first[i].values[0] * 65536));
  }
}

TEST(Audio, SaysWhatIsNoSound) {
  EXPECT_EQ(analyse_audio("/nowhere.wav").error(), "cannot read /nowhere.wav: there is no such file");
}

}  // namespace
}  // namespace oscilla::input
