#include "oscilla/play/spool.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace oscilla::cli::play {
namespace {

/// Whether the last of these lines ends the recording.
bool is_over(std::string_view lines) {
  const std::size_t before = lines.size() < 2 ? std::string_view::npos : lines.rfind('\n', lines.size() - 2);
  const std::string_view last = lines.substr(before == std::string_view::npos ? 0 : before + 1);
  return last.starts_with("{\"end\"") || last.starts_with("{\"lost\"");
}

/// Where a recording is saved that its own place has no room for.
std::string save_elsewhere(const GrowingFile& take, const GrowingFile& all, const std::string& last_line) {
  std::error_code error;
  const std::filesystem::path name = std::filesystem::path(take.path()).filename();
  for (const std::filesystem::path& folder :
       {std::filesystem::temp_directory_path(error), std::filesystem::path("/var/tmp"), std::filesystem::path(".")}) {
    auto other = GrowingFile::create((folder / name).string());
    if (!other) continue;
    other->append_all_of(all);
    other->append(last_line);
    other->flush();
    if (other->trouble().empty()) return other->path();
    std::filesystem::remove(other->path(), error);
  }
  return {};
}

/// A path as one word for a shell, in quotes where it needs them.
std::string as_word(const std::string& path) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./+,:@%=";
  if (path.find_first_not_of(kPlain) == std::string::npos) return path;
  std::string word = "'";
  for (const char c : path) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

}  // namespace

Spool::Spool(Tell tell) : tell_(std::move(tell)), all_(GrowingFile::nameless()) {}

void Spool::write(std::string_view lines) {
  const std::lock_guard lock(mutex_);
  complete_ = is_over(lines);
  lines_ += std::ranges::count(lines, '\n') - (complete_ ? 1 : 0);
  all_.append(lines);
  note(all_, all_troubled_);
  if (!take_) return;
  take_->append(lines);
  note(*take_, take_troubled_);
}

/// Says it once, and when it is over.
void Spool::note(GrowingFile& file, bool& troubled) {
  const bool now = !file.trouble().empty();
  if (std::exchange(troubled, now) == now) return;
  if (now) tell_(false, fmt::format("{}; what is recorded waits in memory", file.trouble()));
  if (!now) tell_(true, fmt::format("{} can be written again; nothing was lost", file.path()));
}

std::expected<void, std::string> Spool::begin(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (take_) return std::unexpected(fmt::format("{} is being recorded already", take_->path()));
  if (complete_) return std::unexpected("nothing is written down any more; why has been said");
  if (all_.lost()) return std::unexpected("the beginning of this performance could not be kept: the disk is full");
  auto file = GrowingFile::create(path);
  if (!file) return std::unexpected(file.error());
  take_.emplace(std::move(*file));
  take_->append_all_of(all_);
  take_troubled_ = false;
  note(*take_, take_troubled_);
  from_ = std::max<std::int64_t>(lines_ - 1, 0);
  return {};
}

std::optional<Take> Spool::end() {
  const std::lock_guard lock(mutex_);
  if (!take_) return {};
  const std::int64_t ticks = std::max<std::int64_t>(lines_ - 1, 0);
  Take take{take_->path(), from_, ticks, {}};
  const std::string last_line = complete_ ? "" : fmt::format("{{\"end\":{}}}\n", ticks);
  take_->append(last_line);
  take_->flush();
  if (!take_->trouble().empty() || take_->lost()) {
    const std::string elsewhere = all_.lost() ? "" : save_elsewhere(*take_, all_, last_line);
    take.trouble = elsewhere.empty() ? fmt::format("{}; it ends early", take_->trouble())
                                     : fmt::format("{}; it is whole in {}", take_->trouble(), elsewhere);
    if (!elsewhere.empty()) take.path = elsewhere;
  }
  take_.reset();
  return take;
}

bool Spool::records() const {
  const std::lock_guard lock(mutex_);
  return take_.has_value();
}

std::int64_t Spool::ticks() const {
  const std::lock_guard lock(mutex_);
  return std::max<std::int64_t>(lines_ - 1 - from_, 0);
}

std::string render_command(const Take& take, std::uint32_t canvas_width, std::uint32_t canvas_height) {
  constexpr std::uint32_t kRows = 2160;
  const std::uint32_t height = std::max(canvas_height, kRows) / 2 * 2;
  const auto width = static_cast<std::uint32_t>(std::uint64_t{canvas_width} * height / canvas_height) / 2 * 2;
  std::filesystem::path video(take.path);
  video.replace_extension("mp4");
  std::string command = fmt::format("oscilla replay {} --render {} --size {}x{}", as_word(take.path),
                                    as_word(video.string()), width, height);
  if (take.from > 0) command += fmt::format(" --from {}", take.from);
  return command;
}

std::string free_name(std::string_view patch_path, std::string_view extension,
                      const std::function<bool(const std::string& name)>& is_taken) {
  const std::string stem = std::filesystem::path(patch_path).stem().string();
  std::error_code error;
  for (int number = 1;; ++number) {
    std::string name = fmt::format("{}-{}.{}", stem, number, extension);
    if (!std::filesystem::exists(name, error) && !(is_taken && is_taken(name))) return name;
  }
}

}  // namespace oscilla::cli::play
