// Explanations: over the whole gallery every link is the op table applied to what it says it was made of, and the value
// explained is the frame's, bit for bit.
#include "oscilla/why.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "kernels/kernel_table.hpp"
#include "live/compiled_patch.hpp"
#include "live/sabotaged_session.hpp"
#include "patches.hpp"

namespace oscilla {
namespace {

using kernels::Op;
using test::kFrame;

std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value == value ? value : 0.0 / 0.0); }

/// The names of all values of a patch that have numbers.
std::vector<std::string> values_of(const Program& program) {
  std::vector<std::string> names;
  for (const ir::PortBinding& port : program.compiled().program->ports)
    if (port.values[0].valid() && port.type.payload != ir::Payload::Shape) names.push_back(port.name);
  return names;
}

double apply_64(Op op, const std::vector<double>& args, std::uint8_t result) {
  std::array<double, kernels::kMaximumResults> results{};
  std::uint32_t zero_divisor = 0;
  kernels::scalar_kernel(op)(args.data(), results.data(), &zero_divisor);
  return results[result];
}

/// In the first lane of a block of its own. An argument is the raw 32 bits.
float apply_32(Op op, const std::vector<float>& args, std::uint8_t result, std::uint32_t lane) {
  constexpr std::size_t kLanes = kernels::kLanePadding;
  alignas(64) std::array<std::array<float, kLanes>, kernels::kMaximumArity + kernels::kMaximumResults> planes{};
  std::array<float*, kernels::kMaximumArity + kernels::kMaximumResults> pointers{};
  kernels::BlockInstr instr;
  for (std::size_t i = 0; i < planes.size(); ++i) pointers[i] = planes[i].data();
  for (std::size_t i = 0; i < args.size(); ++i) planes[i].fill(args[i]);
  for (std::uint16_t i = 0; i < kernels::kMaximumArity; ++i) instr.args[i] = i;
  for (std::uint16_t i = 0; i < kernels::kMaximumResults; ++i)
    instr.results[i] = static_cast<std::uint16_t>(kernels::kMaximumArity + i);
  std::uint32_t zero_divisor = 0;
  const kernels::BlockContext block{pointers.data(), nullptr, lane, 1, &zero_divisor};
  kernels::block_kernel(kernels::best_isa(), op, 0)(instr, block);
  return planes[kernels::kMaximumArity + result][0];
}

float narrow(const Cause& cause) {
  return cause.raw ? std::bit_cast<float>(static_cast<std::uint32_t>(cause.value)) : static_cast<float>(cause.value);
}

/// What is wrong with an operation; empty: it is what the op table makes of its causes.
std::string fault_of(const Explanation& explanation, const Cause& cause) {
  if (cause.kind != CauseKind::Operation) return {};
  const auto rows = kernels::op_rows();
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.name == cause.name; });
  if (row == rows.end()) return "no op: " + cause.name;
  double expected = 0;
  if (cause.single) {
    std::vector<float> args;
    for (const std::uint32_t i : cause.causes) args.push_back(narrow(explanation.causes[i]));
    const float result = apply_32(row->op, args, cause.part, *cause.lane);
    expected = cause.raw ? std::bit_cast<std::uint32_t>(result) : double{result};
  } else {
    std::vector<double> args;
    for (const std::uint32_t i : cause.causes) args.push_back(explanation.causes[i].value);
    expected = apply_64(row->op, args, cause.part);
  }
  if (bits(expected) == bits(cause.value)) return {};
  return fmt::format("{} (expression {}) is {}, its causes make {}", cause.name, cause.expression, cause.value,
                     expected);
}

std::string first_fault(const Explanation& explanation) {
  for (const Cause& cause : explanation.causes)
    if (std::string fault = fault_of(explanation, cause); !fault.empty()) return fault;
  return {};
}

struct Explained {
  Program plain, program;  ///< with the same probes; the second one can be explained
  std::vector<std::string> names;
};

Program compiled_with(const Patch& patch, const std::vector<std::string>& probes, bool explain) {
  CompileOptions options;
  options.probes = probes;
  options.explain = explain;
  return *compile_patch(patch, options).program;
}

Explained compile_both(const std::filesystem::path& path) {
  std::ifstream file(path);
  const Patch patch = test::parsed({std::istreambuf_iterator<char>(file), {}}, path.filename());
  const std::vector<std::string> names = values_of(compiled_with(patch, {}, false));
  return {compiled_with(patch, names, false), compiled_with(patch, names, true), names};
}

/// Random values, lanes and frames of a patch; the first thing wrong with what is said of them.
std::string look_at(const Explained& both, Session explaining, int looks, std::mt19937& random) {
  Session plain(both.plain);
  std::vector<std::uint32_t> frames;
  for (int i = 0; i < looks; ++i) frames.push_back(random() % 90);
  for (std::uint32_t frame = 0; frame < 90; ++frame) {
    plain.tick(frame * kFrame);
    explaining.tick(frame * kFrame);
    for (const std::uint32_t wanted : frames) {
      if (wanted != frame) continue;
      const auto probe = static_cast<std::uint32_t>(random() % both.names.size());
      const ProbeValue value = plain.probe()[probe];
      if (value.lanes == 0) continue;
      const auto lane = static_cast<std::uint32_t>(random() % value.lanes);
      const Explanation explanation = explain(explaining, probe, lane);
      const std::string where = fmt::format("{}[{}] in frame {}: ", both.names[probe], lane, frame);
      if (explanation.roots.empty()) return where + "nothing is said";
      if (std::string fault = first_fault(explanation); !fault.empty()) return where + fault;
      for (std::size_t c = 0; c < explanation.roots.size() && !value.event; ++c)
        if (bits(explanation.causes[explanation.roots[c]].value) != bits(value.data[lane * value.stride + c]))
          return where + "another value than the frame's";
    }
  }
  return {};
}

TEST(Why, EveryLinkIsTheOpTableAppliedToItsCauses) {
  std::mt19937 random(8);
  const std::vector<std::filesystem::path> paths = test::patch_files("patches");
  const int looks = 1000 / static_cast<int>(paths.size()) + 1;
  for (const std::filesystem::path& path : paths) {
    const Explained both = compile_both(path);
    EXPECT_EQ(look_at(both, Session(both.program), looks, random), "") << path;
  }
}

TEST(Why, AWrongOpIsFound) {
  std::mt19937 random(8);
  int found = 0;
  const std::vector<std::filesystem::path> paths = test::patch_files("patches");
  for (const std::filesystem::path& path : paths) {
    const Explained both = compile_both(path);
    Session wrong = live::SabotagedSession::make(both.program, {}, runtime::Sabotage::WrongOp);
    found += look_at(both, std::move(wrong), 20, random).empty() ? 0 : 1;
  }
  EXPECT_GT(found, static_cast<int>(paths.size() / 2));  // not every value is a product of something
}

TEST(Why, EveryValueOfTheGalleryHasAnAnswer) {
  for (const std::filesystem::path& path : test::patch_files("patches")) {
    const Explained both = compile_both(path);
    Session session(both.program);
    session.tick(0);
    const std::vector<ProbeValue> values = session.probe();
    for (std::uint32_t probe = 0; probe < both.names.size(); ++probe) {
      if (values[probe].lanes == 0) continue;
      const Explanation explanation = explain(session, probe, values[probe].lanes - 1);
      EXPECT_FALSE(explanation.roots.empty()) << path << " " << both.names[probe];
      for (const std::uint32_t root : explanation.roots)
        EXPECT_FALSE(explanation.causes[root].places.empty()) << path << " " << both.names[probe];
    }
  }
}

}  // namespace
}  // namespace oscilla
