#include "live/recording_json.hpp"

#include <array>

#include "lang/characters.hpp"

namespace oscilla::live {
namespace {

constexpr std::string_view kDigits64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kDigits16 = "0123456789abcdef";

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = lang::decode(text, at).length;
    if (length == 0) return false;
    at += length;
  }
  return true;
}

}  // namespace

std::string to_base64(std::span<const std::byte> bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t b = 0; b < 3; ++b)
      group = group << 8 | (b < count ? std::to_integer<std::uint32_t>(bytes[i + b]) : 0u);
    for (std::size_t digit = 0; digit < 4; ++digit)
      text += digit <= count ? kDigits64[group >> (18 - 6 * digit) & 63] : '=';
  }
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && text.ends_with('=')) text.remove_suffix(1), ++padding;
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t group = 0;
  std::size_t bits = 0;
  for (const char c : text) {
    const std::size_t digit = kDigits64.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    group = group << 6 | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits >= 8) bits -= 8, bytes += static_cast<char>(group >> bits & 255);
  }
  return bytes;
}

Json text_json(std::string_view text) {
  if (is_utf8(text)) return std::string(text);
  return {{"base64", to_base64(std::as_bytes(std::span(text.data(), text.size())))}};
}

std::optional<std::string> read_text(const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  const Json& bytes = member(json, "base64");
  return bytes.is_string() ? from_base64(bytes.get_ref<const std::string&>()) : std::nullopt;
}

std::string to_hex(std::uint32_t hash) {
  std::string text;
  for (int shift = 28; shift >= 0; shift -= 4) text += kDigits16[hash >> shift & 15];
  return text;
}

std::optional<std::uint64_t> read_hex(std::string_view text, std::size_t digits) {
  if (text.size() != digits) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    const std::size_t digit = kDigits16.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    value = value << 4 | digit;
  }
  return value;
}

std::optional<Hash128> read_hash(const Json& json) {
  if (!json.is_string()) return std::nullopt;
  const std::string_view text = json.get_ref<const std::string&>();
  if (text.size() != 32) return std::nullopt;
  const auto high = read_hex(text.substr(0, 16), 16), low = read_hex(text.substr(16), 16);
  if (!high || !low) return std::nullopt;
  return Hash128{*low, *high};
}

const Json& member(const Json& json, const char* name) {
  static const Json kNone;
  if (!json.is_object()) return kNone;
  const auto found = json.find(name);
  return found == json.end() ? kNone : *found;
}

std::optional<double> read_double(const Json& json) {
  if (!json.is_number()) return std::nullopt;
  return json.get<double>();
}

std::optional<std::uint64_t> read_count(const Json& json, std::uint64_t most) {
  if (!json.is_number_unsigned() || json.get<std::uint64_t>() > most) return std::nullopt;
  return json.get<std::uint64_t>();
}

}  // namespace oscilla::live
