// What holds for every text whatever: reading it ends, formatting changes no meaning, formatting twice changes nothing
// more, and what could not be read keeps its bytes and its place.
#pragma once

#include <string>
#include <string_view>

#include "lang/format.hpp"
#include "lang/parse.hpp"
#include "structure.hpp"

namespace oscilla::test {

/// The law that `text` breaks, or empty.
inline std::string broken_law(std::string_view text) {
  const patch::Patch first = lang::parse(std::string(text));
  std::uint32_t end = 0;
  for (const patch::Statement& statement : first.statements) {
    if (statement.span.begin < end || statement.span.end > text.size()) return "statements stand in text order";
    end = statement.span.end;
  }
  std::uint32_t place = 0;
  for (const Diagnostic& diagnostic : first.diagnostics.list()) {
    if (diagnostic.span.begin < place || diagnostic.span.end > text.size()) return "diagnostics stand in text order";
    place = diagnostic.span.begin;
  }
  const std::string once = lang::format(first);
  const patch::Patch second = lang::parse(once);
  if (structure(first) != structure(second)) return "parse(format(p)) == parse(p)";
  if (lang::format(second) != once) return "format(format(p)) == format(p)";
  std::size_t at = 0;
  for (const patch::Statement& statement : first.statements) {
    if (!statement.broken) continue;
    const std::size_t found = once.find(first.at(statement.span), at);
    if (found == std::string::npos) return "a broken statement keeps its bytes";
    at = found + (statement.span.end - statement.span.begin);
  }
  return {};
}

}  // namespace oscilla::test
