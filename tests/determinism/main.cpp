// determinism OPTION...: runs the bundle on standard input (scenes.hpp). Exit codes: 0 it ran, 2 it could not.
#include <cstdio>
#include <string>

#include "scenes.hpp"

int main(int argc, char** argv) {
  std::string options, bundle;
  for (int i = 1; i < argc; ++i) options += std::string(argv[i]) + " ";
  for (int c; (c = std::getchar()) != EOF;) bundle += static_cast<char>(c);
  const oscilla::determinism::Outcome outcome = oscilla::determinism::run_bundle(bundle, options);
  std::fputs(outcome.lines.c_str(), stdout);
  if (outcome.error.empty()) return 0;
  std::fprintf(stderr, "determinism: %s\n", outcome.error.c_str());
  return 2;
}
