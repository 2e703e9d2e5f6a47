#include "assets/whole_file.hpp"

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "assets/mesh_file.hpp"

namespace oscilla::assets {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

// What is no regular file may never end, or never begin.
std::expected<std::string, AssetProblem> whole_file(const std::string& path) {
  const auto problem = [&](std::string_view what, std::string hint) {
    return std::unexpected(AssetProblem{fmt::format("{} {}", path, what), std::move(hint)});
  };
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return problem("is no file", "a mesh is a file, not a folder");
  if (std::filesystem::file_size(path, error) > kMostBytes && !error)
    return problem(fmt::format("is larger than {} MiB", kMostBytes >> 20), "make the mesh simpler");
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (!file) return problem("cannot be opened", "its permissions may forbid it");
  std::string bytes;
  char piece[1 << 16];
  while (const std::size_t count = std::fread(piece, 1, sizeof piece, file.get())) {
    bytes.append(piece, count);
    if (bytes.size() > kMostBytes) return problem("grows while it is read", "save it again");
  }
  if (std::ferror(file.get()) != 0) return problem("cannot be read", "its disk may have failed");
  return bytes;
}

}  // namespace oscilla::assets
