// Runs scenes and says which frames came out, the same way on every machine. In: a bundle, which is scenes and the
// patches they start; options. Out: a line "scene frame digest" for some frames and one over all of them. Sees the
// public headers only, so that the program and the WebAssembly module have this code in common.
//
// A bundle (tests/determinism/bundle writes it) is made of
//   scene NAME          what follows, up to the next scene or file, are its steps
//   FRAME start PATH    a new session of this patch begins before that frame
//   FRAME clock MS      from that frame on the host's clock is so many milliseconds further
//   FRAME swap PATH     this patch takes over from the running one before that frame
//   FRAME rehearse PATH the same, two frames later at most
//   FRAME replay PATH   a recording is played from that frame on; its digests must be those of the frames
//   FRAME input NAME X  writes to an input; X is a number or several with commas between
//   FRAME pause, play, speed X, seek MS  the transport
//   file PATH BYTES     and so many bytes of text
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "oscilla/session.hpp"

namespace oscilla::determinism {

struct RunOptions {
  SessionOptions session;
  std::int64_t frames = 60;
  bool record = false;  ///< what comes out is a recording of the scene, with the digest of every frame
};

struct Outcome {
  std::string lines;
  std::string error;  ///< empty if everything ran
};

/// "frames=60 isa=sse2 threads=2 block=64 chunk=64 parallel=0 optimise=0 record=1", any of them, separated by spaces.
/// An unknown word is an error.
Outcome run_bundle(std::string_view bundle, std::string_view options);

}  // namespace oscilla::determinism
