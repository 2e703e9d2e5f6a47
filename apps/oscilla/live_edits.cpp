#include "oscilla/live_edits.hpp"

#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "oscilla/patch_file.hpp"

namespace oscilla::cli {

void Requests::request(Session& session, Patch patch) {
  const std::lock_guard lock(mutex_);
  ++waiting_;
  const std::uint64_t generation = session.request_swap(patch);
  patches_.emplace(generation, std::move(patch));
}

std::optional<Patch> Requests::take(std::uint64_t generation) {
  const std::lock_guard lock(mutex_);
  auto found = patches_.extract(generation);
  if (!found) return std::nullopt;
  --waiting_;
  return std::move(found.mapped());
}

Reloader::Reloader(input::FileWatch watch, std::string path, Session& session, Requests& requests, Trouble trouble)
    : trouble_(std::move(trouble)),
      thread_([this, watch = std::move(watch), path = std::move(path), &session, &requests]() mutable {
        constexpr std::chrono::milliseconds kPatience(50);
        constexpr int kLooks = 10;  // so many times waited, it is looked whether the file is still there
        for (int waited = 0; !stopping_.load();) {
          if (watch.wait(kPatience)) reload(watch, path, session, requests);
          if (++waited % kLooks == 0) look_for(path);
        }
      }) {}

Reloader::~Reloader() {
  stopping_.store(true);
  thread_.join();
}

void Reloader::reload(input::FileWatch& watch, const std::string& path, Session& session, Requests& requests) {
  auto patch = try_read_patch(path);
  if (!patch) return trouble_(patch.error().sentence);
  there_ = true;
  watch.also(patch->files());
  requests.request(session, std::move(*patch));
}

/// A file that was deleted is said once; when it is saved again, it is read again.
void Reloader::look_for(const std::string& path) {
  std::error_code error;
  const bool there = std::filesystem::exists(path, error);
  if (there_ && !there) trouble_(fmt::format("{} is gone; its program runs on", path));
  there_ = there;
}

}  // namespace oscilla::cli
