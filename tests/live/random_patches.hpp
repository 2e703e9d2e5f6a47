// Patches that nobody wrote, made of a list of numbers, so that a smaller list is a smaller patch; beyond its end
// everything is 0.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "oscilla/catalogue.hpp"

namespace oscilla::test {

class RandomWriter {
 public:
  explicit RandomWriter(const std::vector<std::uint16_t>& choices) : choices_(choices) {}

 protected:
  static constexpr std::size_t kNames = 6;

  std::size_t choose(std::size_t count) {
    const std::size_t choice = at_ < choices_.size() ? choices_[at_] : 0;
    ++at_;
    return choice % count;
  }
  template <class T, std::size_t N>
  const T& one_of(const T (&all)[N]) {
    return all[choose(N)];
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

 private:
  const std::vector<std::uint16_t>& choices_;
  std::size_t at_ = 0;
};

/// Every Kind, function and composite of the catalogue with any arguments, in any loops: hardly ever right.
class WildWriter : public RandomWriter {
 public:
  using RandomWriter::RandomWriter;

  std::string patch() {
    std::string text = "oscilla 1\ninput hit = Trigger()\ninput level = Value(0)\n";
    for (std::size_t i = choose(3); i-- > 0;) text += define(i);
    text += "time = TimeRoot(" + (choose(8) == 0 ? "energy: " + expression(2) : "") + ")\n";
    text += "dots = Array(Ellipse(), count: 5)\nbars = Array(Rect(), count: 3)\nbeat = ClockPulse()\n";
    for (std::size_t i = 0; i < kNames; ++i) text += name(i) + " = " + expression(3) + "\n";
    text += "draw = RenderInstances2D(" + arguments(find("RenderInstances2D"), 2) + ")\n";
    text += "more = RenderInstances2D((0.5, 0.5), size: a, color: b, shape: dots, opacity: c, layer: 1)\n";
    return text;
  }

 private:
  std::string define(std::size_t i) {
    static constexpr const char* kTypes[] = {"float", "any",   "phase", "vec2", "time",
                                             "color", "angle", "int",   "bool", "event"};
    const std::string kind(1, static_cast<char>('P' + i));
    std::string text = "define " + kind + "(a: " + one_of(kTypes) + ", b: " + one_of(kTypes) + " = " + expression(1) +
                       ") -> (c, d) {\n";
    for (const char* line : {"c", "d", "e"}) text += std::string("  ") + line + " = " + expression(2) + "\n";
    return text + "}\n";
  }

  std::string leaf() {
    static constexpr const char* kLeaves[] = {
        "1",      "0.5",    "2s",      "90deg", "0.25turn",    "#ff8800", "true",    "(1, 2)",        "(1, 2, 3)",
        "dots",   "dots.t", "bars.u",  "pi",    "time.phaseA", "time",    "time.dt", "canvas.aspect", "time.energy",
        "[1, 2]", "\"x\"",  "nothing", "-5",    "1000000",     "beat",    "hit",     "level"};
    const std::size_t choice = choose(std::size(kLeaves) + 2 * kNames);
    return choice < std::size(kLeaves) ? kLeaves[choice] : name(choice % kNames);
  }

  std::string arguments(const BlockInfo& block, int depth) {
    std::string text;
    const std::size_t count = std::min(block.inputs.size(), 1 + choose(4));
    for (std::size_t i = 0; i < count; ++i) {
      const PortInfo& port = block.inputs[choose(2) == 0 ? i : choose(block.inputs.size())];
      const std::string value = port.words.empty() ? expression(depth) : port.words[choose(port.words.size())];
      text += (text.empty() ? "" : ", ") + (choose(2) == 0 || i > 0 ? port.name + ": " : std::string()) + value;
    }
    return text;
  }

  std::string expression(int depth) {
    static constexpr const char* kOperators[] = {"+", "-", "*", "/", "%", "<", "==", "&&", "||"};
    static constexpr const char* kModes[] = {"sum",  "product", "average", "min",   "max", "first",
                                             "last", "or",      "and",     "blend", "any", "all"};
    if (depth == 0) return leaf();
    switch (choose(9)) {
      case 0:
      case 1: return leaf();
      case 2: {
        const std::string left = expression(depth - 1);
        return "(" + left + " " + one_of(kOperators) + " " + expression(depth - 1) + ")";
      }
      case 3: {
        const BlockInfo& block = blocks()[choose(blocks().size())];
        return block.name + "(" + arguments(block, depth - 1) + ")";
      }
      case 4: {
        const std::string left = expression(depth - 1);
        const BlockInfo& block = blocks()[choose(blocks().size())];
        return "(" + left + " | " + block.name + "(" + (choose(2) == 0 ? "" : expression(depth - 1)) + "))";
      }
      case 5: {
        const std::string condition = expression(depth - 1), yes = expression(depth - 1);
        return "(" + condition + " ? " + yes + " : " + expression(depth - 1) + ")";
      }
      case 6: {
        const std::string mode = one_of(kModes), first = expression(depth - 1);
        return "combine(" + mode + ", " + first + ", " + expression(depth - 1) + ")";
      }
      case 7: {
        const std::string kind(1, static_cast<char>('P' + choose(3))), a = expression(depth - 1);
        return kind + "(" + a + ", b: " + expression(depth - 1) + ")" + (choose(2) == 0 ? "" : ".d");
      }
      default: return choose(2) == 0 ? "-" + expression(depth - 1) : "UnitDelay(" + expression(depth - 1) + ")";
    }
  }
};

/// What fits, most of the time: every argument is of the type that its port takes, so that most patches run.
class TypedWriter : public RandomWriter {
 public:
  using RandomWriter::RandomWriter;

  std::string patch() {
    std::string text =
        "oscilla 1\ninput hit = Trigger()\ntime = TimeRoot()\ndots = Array(Ellipse(), count: 5)\n"
        "beat = ClockPulse(period: 30ms)\n";
    for (; defined_ < kNames; ++defined_) text += name(defined_) + " = " + value(kTypes[defined_], 3) + "\n";
    text += "draw = RenderInstances2D(" + arguments(find("RenderInstances2D"), 2) + ")\n";
    text += "more = RenderInstances2D(" + value("vec2", 3) + ", size: " + value("float", 2) +
            ", color: " + value("color", 2) + ", shape: dots, layer: 1)\n";
    return text;
  }

 private:
  /// Of the definitions a, b, ...
  static constexpr std::string_view kTypes[kNames] = {"float", "vec2", "color", "bool", "float", "event"};

  /// Ports that take several types get one and the same.
  std::string arguments(const BlockInfo& block, int depth) {
    std::string text;
    std::string several;
    for (const PortInfo& port : block.inputs) {
      if (!port.fallback.empty() && choose(3) != 0) continue;
      const bool takes_several = concrete(port.type) != port.type && port.type.find("or") != std::string::npos;
      if (takes_several && several.empty()) several = concrete(port.type);
      const std::string given = port.words.empty() ? argument(port, takes_several ? several : port.type, depth)
                                                   : port.words[choose(port.words.size())];
      if (given.empty()) continue;
      text += (text.empty() ? "" : ", ") + port.name + ": " + given;
    }
    return text;
  }

  std::string argument(const PortInfo& port, const std::string& type, int depth) {
    if (port.type == "text") return port.fallback.empty() ? "\"M0 0L1 0L1 1Z\"" : "";
    if (port.type.starts_with("list"))
      return !port.fallback.empty() ? "" : port.type.ends_with("color") ? "[#ff0000, #0000ff]" : "[0.2, 0.5, 0.9]";
    if (port.lanes == "signal") return signal(type);
    if (port.lanes != "constant") return value(type, depth);
    if (port.type == "int" || port.type == "float") {
      const double low = port.minimum.value_or(0), high = std::min(port.maximum.value_or(10), low + 20);
      return std::to_string(static_cast<int>(low) + static_cast<int>(choose(static_cast<std::size_t>(high - low) + 1)));
    }
    return signal(type);
  }

  /// One value for all lanes.
  std::string signal(const std::string& wanted) {
    const std::string type = concrete(wanted);
    if (type == "int") return "3";
    if (type == "bool") return "true";
    if (type == "vec2") return "(0.3, 0.5)";
    if (type == "vec3") return "(0.3, 0.5, 0.7)";
    if (type == "color") return "#ff8800";
    if (type == "shape") return "Rect()";
    if (type == "time") return "120ms";
    return type == "event" ? "hit" : "0.5";
  }

  /// The names of a port's type that this type is written as.
  std::string concrete(std::string_view type) {
    static constexpr const char* kNumbers[] = {"float", "vec2", "color", "vec3"};
    if (type == "number or vector" || type == "anything") return one_of(kNumbers);
    if (type == "number, vector or bool") return choose(4) == 0 ? "bool" : one_of(kNumbers);
    if (type == "number, vec2 or vec3") return choose(2) == 0 ? "vec2" : "float";
    if (type == "vec2 or vec3") return choose(4) == 0 ? "vec3" : "vec2";
    if (type == "norm" || type == "degrees" || type == "angle" || type == "phase") return "float";
    return std::string(type);
  }

  std::string leaf(std::string_view type) {
    static constexpr const char* kFloats[] = {"0.5", "dots.t", "dots.u", "2", "-0.25", "time.phaseA / 1turn"};
    for (std::size_t i = 0; i < defined_; ++i)
      if (kTypes[i] == type && choose(3) == 0) return name(i);
    if (type == "float") return one_of(kFloats);
    if (type == "int") return choose(2) == 0 ? "3" : "dots.index";
    if (type == "bool") return "true";
    if (type == "vec2") return "(dots.t, 0.5)";
    if (type == "vec3") return "(0.2, dots.u, 0.4)";
    if (type == "color") return "#ff8800";
    if (type == "shape") return choose(2) == 0 ? "Ellipse()" : "Rect()";
    if (type == "time") return choose(2) == 0 ? "120ms" : "time.dt";
    if (type == "event") return choose(2) == 0 ? "beat" : "hit";
    if (type == "any field") return "dots";
    return "1";
  }

  /// A call of something whose first output is of the type; a leaf if the catalogue has none.
  std::string call(std::string_view type, int depth) {
    std::vector<const BlockInfo*> fitting;
    for (const BlockInfo& block : blocks()) {
      const bool apart = block.category == "time" || block.category == "input" || block.category == "instance";
      if (!apart && !block.outputs.empty() && block.outputs[0].type == type) fitting.push_back(&block);
    }
    if (fitting.empty()) return leaf(type);
    const BlockInfo& block = *fitting[choose(fitting.size())];
    return block.name + "(" + arguments(block, depth - 1) + ")";
  }

  std::string value(std::string_view wanted, int depth) {
    static constexpr const char* kOperators[] = {"+", "-", "*"};
    const std::string type = concrete(wanted);
    if (depth == 0) return leaf(type);
    const bool number = type == "float" || type == "vec2" || type == "color" || type == "vec3";
    switch (choose(8)) {
      case 0:
      case 1: return leaf(type);
      case 2:
        if (number) {
          const std::string left = value(type, depth - 1);
          return "(" + left + " " + one_of(kOperators) + " " + value(type, depth - 1) + ")";
        }
        if (type == "bool") return "(" + value("float", depth - 1) + " < 0.5)";
        return leaf(type);
      case 3:
        if (number) {  // reads what comes later too
          const std::size_t defined = std::exchange(defined_, kNames);
          const std::string delayed = "UnitDelay(" + value(type, depth - 1) + ")";
          defined_ = defined;
          return delayed;
        }
        if (type == "event") return "combine(any, beat, " + value(type, depth - 1) + ")";
        return leaf(type);
      case 4: {
        if (!number) return leaf(type);
        const std::string condition = value("bool", depth - 1), yes = value(type, depth - 1);
        return "(" + condition + " ? " + yes + " : " + value(type, depth - 1) + ")";
      }
      case 5:
        if (number) return "combine(last, " + value(type, depth - 1) + ", " + leaf(type) + ")";
        return leaf(type);
      default: return call(type, depth);
    }
  }

  std::size_t defined_ = 0;  ///< definitions that may be read
};

}  // namespace oscilla::test
