// Every limit of the language that reading a text can meet (docs/language.md, section 6).
#pragma once

#include <cstddef>
#include <cstdint>

namespace oscilla::lang {

inline constexpr std::uint32_t kNewestVersion = 1;
inline constexpr std::size_t kMaxFileBytes = 1u << 20;
inline constexpr std::size_t kMaxLibraryBytes = 8u << 20;  ///< of a patch and all files that it uses
inline constexpr std::size_t kMaxFiles = 64;
inline constexpr std::size_t kMaxFileDepth = 8;
inline constexpr std::size_t kMaxNameBytes = 64;
inline constexpr std::size_t kMaxStringBytes = 4096;  ///< between the quotes
inline constexpr std::size_t kMaxNumberDigits = 32;
inline constexpr double kMaxInt = 2147483647.0;
inline constexpr double kMaxSeed = 4294967295.0;
inline constexpr std::uint32_t kMaxNesting = 64;
inline constexpr std::uint32_t kMaxHeight = 256;
inline constexpr std::uint32_t kMaxArguments = 1024;
inline constexpr std::uint32_t kMaxDefinitions = 65536;

}  // namespace oscilla::lang
