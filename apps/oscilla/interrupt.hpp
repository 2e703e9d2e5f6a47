// Ctrl-C, kill and a closed terminal: the first one asks the verb to stop, so that its half-written files are removed;
// the second one ends the program at once.
#pragma once

namespace oscilla::cli {

void catch_interrupts();
bool interrupted();
/// Ends the program as if the signal had never been caught. Does nothing if none came.
void end_if_interrupted();

}  // namespace oscilla::cli
