#include "oscilla/play/screenshots.hpp"

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

Screenshots::~Screenshots() {
  for (std::future<void>& each : pending_) each.wait();
}

void Screenshots::take(const RenderFrame& frame, Size size, std::string path) {
  std::erase_if(pending_, [](const std::future<void>& each) {
    return each.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  });
  auto copy = std::make_shared<window::FrameExchange>();
  copy->publish(frame);
  copy->take();
  pending_.push_back(std::async(std::launch::async, [this, copy, size, path = std::move(path)] {
    const output::Outcome outcome = write(copy->current(), size, path);
    tell_(outcome.has_value(), outcome ? fmt::format("wrote {}", path) : outcome.error());
  }));
}

}  // namespace oscilla::cli::play
