#include "output/destination.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <utility>

#include "output/file_io.hpp"

namespace oscilla::output {
namespace {

class Nowhere final : public Destination {
 public:
  Outcome write(std::int64_t, std::span<const std::uint8_t>) override { return {}; }
  Outcome finish() override { return {}; }
};

class StandardOutput final : public Destination {
 public:
  Outcome write(std::int64_t, std::span<const std::uint8_t> bytes) override {
    if (const int error = write_all(STDOUT_FILENO, bytes)) {
      return std::unexpected("cannot write to standard output: " + system_reason(error));
    }
    return {};
  }
  Outcome finish() override { return {}; }
};

class StreamFile final : public Destination {
 public:
  explicit StreamFile(AtomicFile file) : file_(std::move(file)) {}
  Outcome write(std::int64_t, std::span<const std::uint8_t> bytes) override { return file_.write(bytes); }
  Outcome finish() override { return file_.commit(); }

 private:
  AtomicFile file_;
};

class Files final : public Destination {
 public:
  explicit Files(FilePattern pattern) : pattern_(std::move(pattern)) {}

  Outcome write(std::int64_t frame_number, std::span<const std::uint8_t> bytes) override {
    const std::string name = pattern_.name(frame_number);
    if (written_ && !pattern_.has_number()) {
      return std::unexpected(fmt::format("cannot write a second frame to {}: its name has no frame number", name));
    }
    auto file = AtomicFile::create(name);
    if (!file) return std::unexpected(std::move(file.error()));
    if (auto outcome = file->write(bytes); !outcome) return outcome;
    written_ = true;
    return file->commit();
  }
  Outcome finish() override { return {}; }

 private:
  FilePattern pattern_;
  bool written_ = false;
};

}  // namespace

std::unique_ptr<Destination> open_nowhere() { return std::make_unique<Nowhere>(); }

DestinationResult open_stream(const std::string& path) {
  if (path == "-") return std::make_unique<StandardOutput>();
  auto file = AtomicFile::create(path);
  if (!file) return std::unexpected(std::move(file.error()));
  return std::make_unique<StreamFile>(std::move(*file));
}

std::unique_ptr<Destination> open_files(FilePattern pattern) { return std::make_unique<Files>(std::move(pattern)); }

}  // namespace oscilla::output
