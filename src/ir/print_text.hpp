// Pieces of text that dumps of a program are made of.
#pragma once

#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/number_text.hpp"
#include "ir/program.hpp"

namespace oscilla::ir {

template <class... Args>
void line(std::string& out, fmt::format_string<Args...> text, Args&&... args) {
  out += fmt::format(text, std::forward<Args>(args)...);
  out += '\n';
}

/// "v3", "s7", "draw.Lag[1]": a value, a uniform, a state's previous value.
std::string operand_text(const Program& program, const Operand& operand);
/// "state lag[0]", "target draw.x", "reduction 0", "probe dots.t[0]".
std::string destination_text(const Program& program, const Store& store);

/// Lines about figures, sinks, background, layers and camera.
void print_picture(std::string& out, const Program& program);

}  // namespace oscilla::ir
