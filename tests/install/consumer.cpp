// Uses nothing but the public headers and the installed library.
#include <cstdio>
#include <string>

#include "oscilla/diagnostic.hpp"
#include "oscilla/frame.hpp"

int main() {
  const std::string text = "oscilla 1\nx = Nothing()\n";
  const oscilla::Diagnostic diagnostic{.code = "E_EXAMPLE", .span = {14, 21}, .message = "an example"};
  const std::string shown = oscilla::render_diagnostic(diagnostic, text, "example.oscilla");
  std::puts(shown.c_str());
  const bool right = shown.find("example.oscilla:2:5") != std::string::npos && oscilla::RenderFrame{}.passes.empty();
  return right ? 0 : 1;
}
