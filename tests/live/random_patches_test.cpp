// Patches that nobody wrote: every Kind, function and composite of the catalogue with any arguments, in any loops.
// Compiling one ends with a program or with an error, twice the same, and a program runs.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "oscilla/catalogue.hpp"
#include "patches.hpp"

namespace oscilla::test {
namespace {

/// Writes a patch from a list of numbers, so that a smaller list is a smaller patch; beyond its end everything is 0.
class Writer {
 public:
  explicit Writer(const std::vector<std::uint16_t>& choices) : choices_(choices) {}

  std::string patch() {
    std::string text = "oscilla 1\n";
    for (std::size_t i = choose(3); i-- > 0;) text += define(i);
    text += "time = TimeRoot(" + (choose(8) == 0 ? "energy: " + expression(2) : "") + ")\n";
    text += "dots = Array(Ellipse(), count: 5)\nbars = Array(Rect(), count: 3)\n";
    for (std::size_t i = 0; i < kNames; ++i) text += name(i) + " = " + expression(3) + "\n";
    text += "draw = RenderInstances2D(" + arguments(find("RenderInstances2D"), 2) + ")\n";
    text += "more = RenderInstances2D((0.5, 0.5), size: a, color: b, shape: dots, opacity: c, layer: 1)\n";
    return text;
  }

 private:
  static constexpr std::size_t kNames = 6;

  std::size_t choose(std::size_t count) {
    const std::size_t choice = at_ < choices_.size() ? choices_[at_] : 0;
    ++at_;
    return choice % count;
  }
  static std::string name(std::size_t i) { return std::string(1, static_cast<char>('a' + i)); }

  static const std::vector<BlockInfo>& blocks() {
    static const std::vector<BlockInfo> all = catalogue();
    return all;
  }
  static const BlockInfo& find(std::string_view name) {
    for (const BlockInfo& block : blocks())
      if (block.name == name) return block;
    return blocks().front();
  }

  std::string define(std::size_t i) {
    static constexpr const char* kTypes[] = {"float", "any", "phase", "vec2", "time", "color", "angle", "int", "bool"};
    const std::string kind(1, static_cast<char>('P' + i));
    std::string text = "define " + kind + "(a: " + kTypes[choose(9)] + ", b: " + kTypes[choose(9)] + " = " +
                       expression(1) + ") -> (c, d) {\n";
    for (const char* line : {"c", "d", "e"}) text += std::string("  ") + line + " = " + expression(2) + "\n";
    return text + "}\n";
  }

  std::string leaf() {
    static constexpr const char* kLeaves[] = {
        "1",      "0.5",    "2s",      "90deg", "0.25turn",    "#ff8800", "true",    "(1, 2)",        "(1, 2, 3)",
        "dots",   "dots.t", "bars.u",  "pi",    "time.phaseA", "time",    "time.dt", "canvas.aspect", "time.energy",
        "[1, 2]", "\"x\"",  "nothing", "-5",    "1000000"};
    const std::size_t choice = choose(std::size(kLeaves) + 2 * kNames);
    return choice < std::size(kLeaves) ? kLeaves[choice] : name(choice % kNames);
  }

  std::string arguments(const BlockInfo& block, int depth) {
    std::string text;
    const std::size_t count = std::min(block.inputs.size(), 1 + choose(4));
    for (std::size_t i = 0; i < count; ++i) {
      const PortInfo& port = block.inputs[choose(2) == 0 ? i : choose(block.inputs.size())];
      const bool word = port.type.starts_with("one of: ");
      const std::string value = word ? port.fallback : expression(depth);
      text += (text.empty() ? "" : ", ") + (choose(2) == 0 || i > 0 ? port.name + ": " : std::string()) + value;
    }
    return text;
  }

  std::string expression(int depth) {
    static constexpr const char* kOperators[] = {"+", "-", "*", "/", "%", "<", "==", "&&", "||"};
    static constexpr const char* kModes[] = {"sum",   "product", "average", "min", "max",
                                             "first", "last",    "or",      "and", "blend"};
    if (depth == 0) return leaf();
    switch (choose(9)) {
      case 0:
      case 1: return leaf();
      case 2: return "(" + expression(depth - 1) + " " + kOperators[choose(9)] + " " + expression(depth - 1) + ")";
      case 3: {
        const BlockInfo& block = blocks()[choose(blocks().size())];
        return block.name + "(" + arguments(block, depth - 1) + ")";
      }
      case 4: {
        const BlockInfo& block = blocks()[choose(blocks().size())];
        return "(" + expression(depth - 1) + " | " + block.name + "(" + (choose(2) == 0 ? "" : expression(depth - 1)) +
               "))";
      }
      case 5: return "(" + expression(depth - 1) + " ? " + expression(depth - 1) + " : " + expression(depth - 1) + ")";
      case 6:
        return std::string("combine(") + kModes[choose(10)] + ", " + expression(depth - 1) + ", " +
               expression(depth - 1) + ")";
      case 7:
        return std::string(1, static_cast<char>('P' + choose(3))) + "(" + expression(depth - 1) +
               ", b: " + expression(depth - 1) + ")" + (choose(2) == 0 ? "" : ".d");
      default: return choose(2) == 0 ? "-" + expression(depth - 1) : "UnitDelay(" + expression(depth - 1) + ")";
    }
  }

  const std::vector<std::uint16_t>& choices_;
  std::size_t at_ = 0;
};

RC_GTEST_PROP(RandomPatches, EndInAProgramOrAnError, ()) {
  const auto choices = *rc::gen::resize(600, rc::gen::arbitrary<std::vector<std::uint16_t>>());
  const std::string text = Writer(choices).patch();
  RC_LOG(text);
  const Patch patch = Patch::parse(text);
  const CompileResult result = compile_patch(patch);
  RC_ASSERT(result.program.has_value() != has_errors(result.diagnostics));
  RC_ASSERT(compile_patch(patch).diagnostics == result.diagnostics);
  for (const Diagnostic& d : result.diagnostics) {
    RC_ASSERT(d.span.end <= patch.text_of(d).size());
    RC_ASSERT(!d.message.empty());
  }
  if (!result.program || result.program->lanes() > 20000) return;
  Session session(*result.program);
  for (const double t_ms : {0.0, 16.0, 1e7}) RC_ASSERT(validate_frame(session.tick(t_ms)) == "");
}

}  // namespace
}  // namespace oscilla::test
