// The voices of a program in a step of its own. In: the events that ask for them, time. Out: who sounds, and the planes
// that tell of it.
#pragma once

#include "runtime/program_state.hpp"

namespace oscilla::runtime {

void play_voices(ProgramState& state, const ir::Step& step);

}  // namespace oscilla::runtime
