// Letters of names that people write in either case. Only those of ASCII, in every locale.
#pragma once

namespace oscilla {

constexpr char lower_case(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace oscilla
