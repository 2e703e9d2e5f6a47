// Options that several verbs share, and the way verbs declare theirs.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "oscilla/frame_set.hpp"
#include "oscilla/program.hpp"
#include "oscilla/read_option.hpp"
#include "oscilla/session.hpp"

namespace oscilla::cli {

/// An option whose text `read` understands; what it does not is a usage error with its sentence.
template <class Target, class Value>
CLI::Option* add_read_option(CLI::App& verb, const std::string& names, Target& target,
                             std::expected<Value, std::string> (*read)(const std::string&), const std::string& help) {
  const std::string name = names.substr(0, names.find(','));
  return verb.add_option_function<std::string>(
      names,
      [&target, read, name](const std::string& text) {
        auto value = read(text);
        if (!value) throw CLI::ValidationError(name, value.error());
        target = std::move(*value);
      },
      help);
}

/// How a program is compiled and run. Nothing of it but seed, rate and inputs changes a bit of any frame.
struct EngineOptions {
  std::optional<std::uint32_t> seed;
  std::optional<Rate> rate;
  std::uint32_t threads = 0;  ///< 0: all cores
  std::string isa;
  std::string inputs;  ///< the file of inputs; empty: none
  std::string audio;   ///< a sound file; empty: none

  CompileOptions compile_options() const { return {seed, {}}; }
  SessionOptions session_options() const;
  std::uint32_t thread_count() const;
};

void add_patch_argument(CLI::App& verb, std::string& path);
void add_seed_option(CLI::App& verb, EngineOptions& options);
/// --inputs and --audio.
void add_inputs_option(CLI::App& verb, EngineOptions& options);
void add_rate_option(CLI::App& verb, EngineOptions& options);
/// An option that names an instruction set of this machine.
CLI::Option* add_isa_option(CLI::App& verb, const std::string& name, std::string& isa, const std::string& help);
/// --threads and --isa.
void add_machine_options(CLI::App& verb, EngineOptions& options, const std::string& default_threads = "all cores");
/// --frame and --frames; neither: `frames` stays as it is. `lists`: the help says that lists of frames are allowed.
void add_frame_options(CLI::App& verb, std::optional<FrameSet>& frames, bool lists = true);

}  // namespace oscilla::cli
