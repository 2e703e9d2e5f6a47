#include "oscilla/play/screenshots.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "output/frame_writer.hpp"
#include "window/frame_exchange.hpp"

namespace oscilla::cli::play {
namespace {

output::Outcome write(const RenderFrame& frame, Size size, const std::string& path) {
  output::OutputOptions options;
  options.path = path;
  options.width = size.width;
  options.height = size.height;
  auto writer = output::FrameWriter::open(options);
  if (!writer) return std::unexpected(writer.error());
  output::EncodeScratch scratch;
  std::vector<std::uint8_t> bytes;
  if (auto drawn = writer->encode(0, frame, scratch, bytes); !drawn) return drawn;
  if (auto written = writer->write(0, bytes); !written) return written;
  return writer->finish();
}

}  // namespace

void Screenshots::look_after() {
  std::erase_if(pending_, [this](Pending& each) {
    if (each.written.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return false;
    failed_ |= !each.written.get();
    return true;
  });
}

bool Screenshots::take(const RenderFrame& frame, Size size, std::string path) {
  look_after();
  if (pending_.size() >= kMost) return false;
  auto copy = std::make_shared<window::FrameExchange>();
  copy->publish(frame);
  copy->take();
  std::future<bool> written = std::async(std::launch::async, [this, copy, size, path] {
    const output::Outcome outcome = write(copy->current(), size, path);
    tell_(outcome.has_value(), outcome ? fmt::format("wrote {}", path) : outcome.error());
    return outcome.has_value();
  });
  pending_.push_back({std::move(path), std::move(written)});
  return true;
}

bool Screenshots::is_writing(const std::string& path) const {
  return std::ranges::find(pending_, path, &Pending::path) != pending_.end();
}

bool Screenshots::finish() {
  for (Pending& each : pending_) failed_ |= !each.written.get();
  pending_.clear();
  return !failed_;
}

}  // namespace oscilla::cli::play
