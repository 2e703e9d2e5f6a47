// How the outputs say whether something worked: nothing, or a sentence for people that names the file and the reason.
#pragma once

#include <expected>
#include <string>

namespace oscilla::output {

using Outcome = std::expected<void, std::string>;

}  // namespace oscilla::output
