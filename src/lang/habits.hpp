// What people write by the habits of other languages and programs, and what is said about it. In: words of a text that
// the grammar has no place for. Out: hints; empty where nothing is known.
#pragma once

#include <string>
#include <string_view>

namespace oscilla::lang {

/// Of letters behind a number that are no unit: `px`, `Hz`. `digits` is the number.
std::string unit_habit(std::string_view digits, std::string_view suffix);

/// Of a word that begins a line but no statement: `for`, `import`.
std::string_view statement_habit(std::string_view word);

/// Of a word in capitals that stands without brackets, as constants and colours do elsewhere.
std::string capital_habit(std::string_view word);

/// Of two words or signs that stand behind each other in an expression: `x and`, `not x`, `dots[`.
std::string_view expression_habit(std::string_view before, std::string_view after);

}  // namespace oscilla::lang
