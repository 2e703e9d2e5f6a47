// Ctrl-C, kill and a closed terminal end the program at once; but while a file is half written, the first one only asks
// the verb to stop, so that the file is removed or completed, and the second one ends it (of kill and a closed terminal
// one that comes a second later: they come twice by themselves).
#pragma once

namespace oscilla::cli {

void catch_interrupts();
/// Whether one came while it was held.
bool interrupted();
/// Ends the program as if the signal had never been caught. Does nothing if none came.
void end_if_interrupted();

/// While any of these lives, an interrupt is remembered and interrupted() tells. Any thread.
class HeldInterrupts {
 public:
  HeldInterrupts();
  ~HeldInterrupts();
  HeldInterrupts(const HeldInterrupts&) = delete;
  HeldInterrupts& operator=(const HeldInterrupts&) = delete;
};

}  // namespace oscilla::cli
