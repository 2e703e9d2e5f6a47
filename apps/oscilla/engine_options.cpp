#include "oscilla/engine_options.hpp"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

namespace oscilla::cli {
namespace {

constexpr std::uint32_t kMostThreads = 256;

std::expected<std::string, std::string> read_isa(const std::string& text) {
  const std::vector<std::string> known = available_isas();
  if (std::find(known.begin(), known.end(), text) != known.end()) return text;
  return std::unexpected(
      fmt::format("\"{}\" is not here; this machine and build have: {}", text, fmt::join(known, ", ")));
}

std::expected<std::uint32_t, std::string> read_seed(const std::string& text) {
  const auto seed = read_integer(text, 0, 0xffffffff);
  if (seed) return static_cast<std::uint32_t>(*seed);
  return std::unexpected(fmt::format("\"{}\" is not a seed from 0 to 4294967295", text));
}

std::expected<std::uint32_t, std::string> read_threads(const std::string& text) {
  const auto threads = read_integer(text, 1, kMostThreads);
  if (threads) return static_cast<std::uint32_t>(*threads);
  return std::unexpected(fmt::format("\"{}\" is not a number of threads from 1 to {}", text, kMostThreads));
}

std::expected<FrameSet, std::string> read_frames(const std::string& text) { return FrameSet::parse(text); }

std::expected<FrameSet, std::string> read_frame(const std::string& text) {
  const auto frame = read_integer(text, 0, kLastFrame);
  if (frame) return FrameSet::one(*frame);
  return std::unexpected(fmt::format("\"{}\" is not a frame number from 0 to {}", text, kLastFrame));
}

}  // namespace

std::uint32_t EngineOptions::thread_count() const {
  return threads ? threads : std::clamp(std::thread::hardware_concurrency(), 1u, kMostThreads);
}

SessionOptions EngineOptions::session_options() const {
  SessionOptions session;
  session.isa = isa;
  session.threads = thread_count();
  return session;
}

void add_patch_argument(CLI::App& verb, std::string& path) {
  verb.add_option("PATCH", path, "the patch's file; - is standard input")->required();
}

void add_seed_option(CLI::App& verb, EngineOptions& options) {
  add_read_option(verb, "--seed", options.seed, read_seed, "beats the patch's seed")->type_name("N");
}

void add_inputs_option(CLI::App& verb, EngineOptions& options) {
  verb.add_option("--inputs", options.inputs, R"(what to write to inputs, {"time": ms, "channel", "value"} a line)")
      ->type_name("FILE");
  verb.add_option("--audio", options.audio, "a sound that inputs listen to: audio.rms, low, mid, high, onset")
      ->type_name("FILE");
}

void add_rate_option(CLI::App& verb, EngineOptions& options) {
  add_read_option(verb, "--fps", options.rate, read_rate, "beats the patch's frames per second: 60, 30000/1001")
      ->type_name("RATE");
}

CLI::Option* add_isa_option(CLI::App& verb, const std::string& name, std::string& isa, const std::string& help) {
  return add_read_option(verb, name, isa, read_isa, help)->type_name("NAME");
}

void add_machine_options(CLI::App& verb, EngineOptions& options, const std::string& default_threads) {
  add_read_option(verb, "--threads", options.threads, read_threads,
                  fmt::format("default: {}; never changes the result", default_threads))
      ->type_name("N");
  add_isa_option(verb, "--isa", options.isa, "the instruction set to use; never changes the result")
      ->envname("OSCILLA_ISA");
}

void add_frame_options(CLI::App& verb, std::optional<FrameSet>& frames, bool lists) {
  auto* one = add_read_option(verb, "--frame", frames, read_frame, "one frame, from 0; frame n is at n / fps seconds");
  one->type_name("N");
  add_read_option(verb, "--frames", frames, read_frames,
                  lists ? "frames A to B, without B; or a list: 0,30,60:90" : "frames A to B, without B")
      ->type_name("A:B")
      ->excludes(one);
}

}  // namespace oscilla::cli
