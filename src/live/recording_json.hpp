// Texts, numbers and hashes of a recording as JSON, and back.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/ids.hpp"

namespace oscilla::live {

using Json = nlohmann::ordered_json;

std::string to_base64(std::span<const std::byte> bytes);
/// Nothing if it is none: in groups of four, with `=` at the end where it must be.
std::optional<std::string> from_base64(std::string_view text);

/// A JSON string; {"base64": "..."} where the bytes are no UTF-8.
Json text_json(std::string_view text);
std::optional<std::string> read_text(const Json& json);

std::string to_hex(std::uint32_t hash);
/// Exactly so many hex digits.
std::optional<std::uint64_t> read_hex(std::string_view text, std::size_t digits);
std::optional<Hash128> read_hash(const Json& json);

/// The member of an object, or null.
const Json& member(const Json& json, const char* name);
/// A number; nothing if it is none.
std::optional<double> read_double(const Json& json);
/// A whole number from 0 to `most`.
std::optional<std::uint64_t> read_count(const Json& json, std::uint64_t most);

}  // namespace oscilla::live
