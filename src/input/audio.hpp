// What is heard in a sound file, as writes to channels: computed before the first frame, so that a performance with
// music is as repeatable as one without. In: a file that libsndfile reads. Out: writes in order of time.
//
// Every 512 samples the last 1,024, mixed to one channel, with silence before and after, are looked at: `audio.rms` is
// their root mean square (1: a square wave at full scale; a sine has 0.707), `audio.low`, `audio.mid` and `audio.high`
// that of what lies between 20 and 250 Hz, 250 and 2,000 Hz, 2,000 and 16,000 Hz of them (Hann window, Parseval's sum).
// `audio.onset` is 1 where something begins: where the spectral flux (J. P. Bello and others, "A Tutorial on Onset
// Detection in Music Signals", 2005) of the roots of amplitudes is a peak well above the mean around it, and no onset
// was in the 80 ms before. Values are whole multiples of 1/65536, so that the last bits of a C library do not show.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "input/script.hpp"

namespace oscilla::input {

/// The error is a sentence without its full stop.
std::expected<std::vector<ScriptWrite>, std::string> analyse_audio(const std::string& path);

/// Whether a channel is one of these.
bool is_audio_channel(std::string_view channel);

}  // namespace oscilla::input
