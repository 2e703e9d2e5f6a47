#include "input/osc_packet.hpp"

#include <lo/lo.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace oscilla::input {
namespace {

constexpr std::string_view kBundle{"#bundle\0", 8};
constexpr std::size_t kBundleHead = 16;  ///< the word and a time tag
constexpr int kMostBundles = 8;          ///< inside each other

/// Arguments lie at multiples of four, whatever their size.
template <class T>
double read_as(const void* argument) {
  T value;
  std::memcpy(&value, argument, sizeof value);
  return static_cast<double>(value);
}

/// `argument` has no bytes where the type says it all.
std::optional<double> number_of(lo_type type, const void* argument) {
  switch (type) {
    case LO_INT32: return read_as<std::int32_t>(argument);
    case LO_INT64: return read_as<std::int64_t>(argument);
    case LO_FLOAT: return read_as<float>(argument);
    case LO_DOUBLE: return read_as<double>(argument);
    case LO_TRUE:
    case LO_INFINITUM: return 1;
    case LO_FALSE:
    case LO_NIL: return 0;
    default: return std::nullopt;
  }
}

/// Whether it was understood. A feed that has no room counts by itself.
bool read_message(std::span<std::byte> bytes, Feed& feed) {
  const char* path = lo_get_path(bytes.data(), static_cast<ssize_t>(bytes.size()));
  if (path == nullptr || path[0] != '/' || std::memchr(path, 0, bytes.size()) == nullptr) return false;
  int result = 0;
  const lo_message message = lo_message_deserialise(bytes.data(), bytes.size(), &result);
  if (message == nullptr) return false;
  std::array<double, 4> values;
  std::size_t count = 0;
  std::string_view key;
  bool good = true;
  const char* types = lo_message_get_types(message);
  lo_arg** arguments = lo_message_get_argv(message);
  for (int i = 0; i < lo_message_get_argc(message) && good; ++i) {
    const auto type = static_cast<lo_type>(types[i]);
    if (type == LO_STRING || type == LO_SYMBOL) {
      key = reinterpret_cast<const char*>(arguments[i]);
      continue;
    }
    const std::optional<double> number = number_of(type, arguments[i]);
    good = number && count < values.size();
    if (good) values[count++] = *number;
  }
  if (count == 0) values[count++] = 1;  // "/hit" alone, or with a key: it happens
  if (good) feed.write(path, std::span(values).first(count), key);
  lo_message_free(message);
  return good;
}

std::uint32_t read_packet(std::span<std::byte> packet, Feed& feed, int depth) {
  const std::string_view text(reinterpret_cast<const char*>(packet.data()), packet.size());
  if (!text.starts_with(kBundle)) return packet.empty() || !read_message(packet, feed) ? 1 : 0;
  if (packet.size() < kBundleHead || depth == kMostBundles) return 1;
  std::uint32_t bad = 0;
  for (packet = packet.subspan(kBundleHead); !packet.empty();) {
    if (packet.size() < 4) return bad + 1;
    std::uint32_t size = 0;
    for (std::size_t b = 0; b < 4; ++b) size = size << 8 | std::to_integer<std::uint32_t>(packet[b]);
    if (size > packet.size() - 4 || size % 4 != 0) return bad + 1;
    bad += read_packet(packet.subspan(4, size), feed, depth + 1);
    packet = packet.subspan(4 + std::size_t{size});
  }
  return bad;
}

}  // namespace

std::uint32_t read_osc_packet(std::span<std::byte> packet, Feed& feed) {
  if (packet.size() > kMostOscBytes) return 1;
  return read_packet(packet, feed, 0);
}

}  // namespace oscilla::input
