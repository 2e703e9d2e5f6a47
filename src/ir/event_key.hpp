// Keys of events: a text is found by its hash, and is a number too. In: a text. Out: what it is as a key.
#pragma once

#include <string_view>

#include "ir/program.hpp"

namespace oscilla::ir {

/// A text that is a number is that number; of any other it is 24 bits of its hash, which every float holds exactly.
double key_number(std::string_view text);
EventKey event_key(std::string_view text);
/// What the key is whose text is this number.
StableId number_key(std::uint32_t number);

}  // namespace oscilla::ir
