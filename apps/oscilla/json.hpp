// JSON as the verbs print it: keys in the order they are set, numbers that read back to the same bits.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace oscilla::cli {

using Json = nlohmann::ordered_json;

/// Whole numbers without a point; "nan", "inf" and "-inf" as strings, because JSON has no such numbers.
Json json_number(double value);

/// On one line. Bytes that are not UTF-8 become U+FFFD.
std::string json_line(const Json& value);

}  // namespace oscilla::cli
