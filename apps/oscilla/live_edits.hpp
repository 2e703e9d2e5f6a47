// Edits of a patch that runs: its files are watched, and what is saved is asked for.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "input/file_watch.hpp"
#include "oscilla/patch.hpp"
#include "oscilla/session.hpp"

namespace oscilla::cli {

/// The patches that were requested and not reported yet: their diagnostics point into their texts.
class Requests {
 public:
  void request(Session& session, Patch patch);
  /// Nothing if the request was no edit.
  std::optional<Patch> take(std::uint64_t generation);
  /// So many were requested and not taken; locks nothing.
  std::size_t waiting() const { return waiting_.load(); }

 private:
  std::atomic<std::size_t> waiting_{0};
  std::mutex mutex_;
  std::map<std::uint64_t, Patch> patches_;
};

/// Reads the file whenever it, or a file that it is made of, is saved, away from the frames.
class Reloader {
 public:
  /// Takes a sentence that says why a file cannot be read, or that it is gone; called by the thread that reads.
  using Trouble = std::function<void(const std::string& sentence)>;

  Reloader(input::FileWatch watch, std::string path, Session& session, Requests& requests, Trouble trouble);
  ~Reloader();
  Reloader(const Reloader&) = delete;
  Reloader& operator=(const Reloader&) = delete;

 private:
  void reload(input::FileWatch& watch, const std::string& path, Session& session, Requests& requests);
  void look_for(const std::string& path);

  Trouble trouble_;
  bool there_ = true;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace oscilla::cli
