// The bits of every op are those of golden_digests.txt: a change there is a change of the engine version.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "digests.hpp"

namespace oscilla::kernels {
namespace {

constexpr const char* kGoldenFile = OSCILLA_SOURCE_DIR "/tests/kernels/golden_digests.txt";

std::string digests_of_all_ops(Isa isa) {
  std::string text =
      "# op, digest of 32-bit lanes, digest of 64-bit scalars; OSCILLA_UPDATE_GOLDEN=1 writes this file\n";
  for (const OpRow& row : op_rows()) {
    text += fmt::format("{} {:016x} {:016x}\n", row.name, digest_of_lanes(isa, row.op), digest_of_scalars(row.op));
  }
  return text;
}

TEST(Digests, AreTheGoldenOnesOnEveryLevel) {
  if (std::getenv("OSCILLA_UPDATE_GOLDEN")) std::ofstream(kGoldenFile) << digests_of_all_ops(Isa::Scalar);
  std::ifstream file(kGoldenFile);
  const std::string golden{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  for (const Isa isa : available_isas()) EXPECT_EQ(digests_of_all_ops(isa), golden) << name_of(isa);
}

}  // namespace
}  // namespace oscilla::kernels
