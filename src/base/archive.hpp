// Values to bytes and back, by one description: whoever has something to keep calls the same functions of an archive
// in the same order, which either writes the values or reads them. In: values, or bytes from anywhere. Out: bytes,
// little endian, nothing padded; or values. A reader trusts no byte: what does not fit ends it, and everything after is
// left as it is.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/ids.hpp"

namespace oscilla {

static_assert(std::endian::native == std::endian::little);

class Archive {
 public:
  /// Writes.
  Archive() = default;
  /// Reads; the bytes stay alive as long as it does.
  explicit Archive(std::span<const std::byte> bytes) : reads_(true), rest_(bytes) {}

  bool reads() const { return reads_; }
  /// False since something did not fit; never of a writer.
  bool sound() const { return sound_; }
  /// Refuses what is read unless it is so.
  void require(bool so) { sound_ &= !reads_ || so; }
  /// Whether a reader has come to the end, and everything fitted.
  bool finished() const { return sound_ && rest_.empty(); }
  /// Whether a reader has so many bytes left.
  bool holds(std::size_t bytes) const { return !reads_ || bytes <= rest_.size(); }
  std::vector<std::byte> take() { return std::move(written_); }

  /// Numbers, ids and truth, one after the other.
  template <class... Values>
  void operator()(Values&... values) {
    (value(values), ...);
  }

  /// One of the enumerators up to `last`.
  template <class Enum>
    requires std::is_enum_v<Enum>
  void choice(Enum& value, Enum last) {
    auto number = static_cast<std::uint8_t>(value);
    plain(number);
    require(number <= static_cast<std::uint8_t>(last));
    if (sound_) value = static_cast<Enum>(number);
  }

  /// Numbers, or structures of nothing but numbers of one size, as many as there are.
  template <class T>
    requires(std::is_trivially_copyable_v<T> && !std::is_same_v<T, bool>)
  void all(std::span<T> values) {
    bytes(values.data(), values.size_bytes());
  }
  template <class T>
  void all(std::vector<T>& values) {
    all(std::span(values));
  }

  /// A number that is known where it is read, and must be the one that was written.
  template <class T>
  void same(T value) {
    T found = value;
    (*this)(found);
    require(found == value);
  }

  /// How many there are: `now` if it writes, else what was written, at most `most`.
  std::uint32_t count(std::size_t now, std::size_t most) {
    auto number = static_cast<std::uint32_t>(now);
    plain(number);
    require(number <= most);
    return sound_ ? number : 0;
  }

  /// A list that has at most so many.
  template <class T>
  void list(std::vector<T>& values, std::size_t most) {
    const std::uint32_t size = count(values.size(), most);
    require(holds(size * sizeof(T)));
    if (reads_ && sound_) values.resize(size);
    all(values);
  }
  void text(std::string& text, std::size_t most) {
    const std::uint32_t size = count(text.size(), most);
    require(holds(size));
    if (reads_ && sound_) text.resize(size);
    bytes(text.data(), text.size());
  }

 private:
  void bytes(void* data, std::size_t size) {
    if (!reads_) {
      if (size == 0) return;
      const std::size_t end = written_.size();
      written_.resize(end + size);
      std::memcpy(written_.data() + end, data, size);
      return;
    }
    require(size <= rest_.size());
    if (!sound_ || size == 0) return;
    std::memcpy(data, rest_.data(), size);
    rest_ = rest_.subspan(size);
  }
  template <class T>
  void plain(T& value) {
    bytes(&value, sizeof value);
  }

  template <class T>
    requires std::is_arithmetic_v<T>
  void value(T& number) {
    plain(number);
  }
  void value(bool& truth) {
    auto number = static_cast<std::uint8_t>(truth);
    plain(number);
    require(number <= 1);
    if (sound_) truth = number == 1;
  }
  void value(StableId& id) { plain(id.v); }
  void value(Hash128& hash) {
    plain(hash.low);
    plain(hash.high);
  }
  template <class T, std::size_t N>
  void value(std::array<T, N>& values) {
    all(std::span<T>(values));
  }

  bool reads_ = false;
  bool sound_ = true;
  std::vector<std::byte> written_;
  std::span<const std::byte> rest_;
};

}  // namespace oscilla
