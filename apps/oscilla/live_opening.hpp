// What a patch that runs against the clock is made of, for `live` and for `play`.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "input/file_watch.hpp"
#include "oscilla/device_inputs.hpp"
#include "oscilla/engine_options.hpp"
#include "oscilla/exit_code.hpp"
#include "oscilla/program.hpp"
#include "oscilla/read_option.hpp"
#include "oscilla/scripted_inputs.hpp"

namespace oscilla::cli {

struct LiveParts {
  Program program;
  Rate rate;
  input::FileWatch watch;  ///< of all files that the patch is made of
  ScriptedInputs inputs;
  DeviceInputs devices;
};

/// Opens everything that `verb` needs to run the patch of this file. What cannot be opened is said.
std::expected<LiveParts, ExitCode> open_live(std::string_view verb, const std::string& path,
                                             const EngineOptions& engine, const DeviceOptions& devices);

/// The option --for.
std::expected<double, std::string> read_seconds(const std::string& text);

}  // namespace oscilla::cli
