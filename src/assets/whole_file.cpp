#include "assets/whole_file.hpp"

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace oscilla::assets {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

// What is no regular file may never end, or never begin.
std::expected<std::string, AssetProblem> whole_file(const std::string& path, std::size_t most) {
  const auto problem = [&](std::string_view what, std::string hint) {
    return std::unexpected(AssetProblem{fmt::format("{} {}", path, what), std::move(hint)});
  };
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error))
    return problem("is no file", "a path leads to a file, not to a folder");
  if (std::filesystem::file_size(path, error) > most << 20 && !error)
    return problem(fmt::format("is larger than {} MiB", most), "make what is in it simpler");
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (!file) return problem("cannot be opened", "its permissions may forbid it");
  std::string bytes;
  char piece[1 << 16];
  while (const std::size_t count = std::fread(piece, 1, sizeof piece, file.get())) {
    bytes.append(piece, count);
    if (bytes.size() > most << 20) return problem("grows while it is read", "save it again");
  }
  if (std::ferror(file.get()) != 0) return problem("cannot be read", "its disk may have failed");
  return bytes;
}

}  // namespace oscilla::assets
