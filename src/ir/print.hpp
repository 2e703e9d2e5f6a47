// A program as text, made to be read and to be diffed: one line per thing, in the program's own order, with the names
// of the patch. The same program gives the same text on every machine.
#pragma once

#include <string>
#include <string_view>

#include "ir/program.hpp"

namespace oscilla::ir {

enum class Dump : std::uint8_t {
  Program,   // everything that runs: scalars, field programs with their stores, reductions
  Schedule,  // the steps in order, with what each does
  Slots,     // every scalar slot: what it is, and what it holds at the start
  State,     // what is remembered, with initial values and the places of the next ones
};

std::string print(const Program& program, Dump dump);

/// An expression as an artist might have written it, down to `depth` operations deep; "..." beyond.
std::string expression_text(const ExprTable& exprs, ExprId expr, int depth = 3);
/// "s3", and what is in it.
std::string slot_text(const Program& program, SlotIx slot);
/// "x", "y", "z", "size", "red" ...
std::string_view name_of(Role role);
std::string_view name_of(Reduction reduction);
std::string_view name_of(TimeValue value);
std::string_view name_of(MeshStream stream);
std::string_view name_of(VoicePart part);
std::string_view name_of(ChannelKind kind);
std::string_view name_of(EventOp op);
std::string_view name_of(EventPart part);

}  // namespace oscilla::ir
