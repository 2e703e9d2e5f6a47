// libFuzzer: any bytes at all are a patch. Reading and formatting them must end and must keep the laws of
// tests/lang/laws.hpp.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "../lang/laws.hpp"

namespace {

void check(std::string_view text) {
  const std::string law = oscilla::test::broken_law(text);
  if (law.empty()) return;
  std::fprintf(stderr, "broken: %s\n", law.c_str());
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check({reinterpret_cast<const char*>(data), size});
  return 0;
}
