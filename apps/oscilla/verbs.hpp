// The verbs. Each declares its options below the program and, when the command line chooses it, sets the action that
// main runs once the whole line is understood. One file each.
#pragma once

#include <functional>

#include <CLI/CLI.hpp>

#include "oscilla/exit_code.hpp"

namespace oscilla::cli {

using Action = std::function<ExitCode()>;

void declare_render(CLI::App& program, Action& action);
void declare_check(CLI::App& program, Action& action);
void declare_fmt(CLI::App& program, Action& action);
void declare_edit(CLI::App& program, Action& action);
void declare_diff(CLI::App& program, Action& action);
void declare_dump(CLI::App& program, Action& action);
void declare_probe(CLI::App& program, Action& action);
void declare_why(CLI::App& program, Action& action);
void declare_doctor(CLI::App& program, Action& action);
void declare_trace(CLI::App& program, Action& action);
void declare_wires(CLI::App& program, Action& action);
void declare_fits(CLI::App& program, Action& action);
void declare_bench(CLI::App& program, Action& action);
void declare_live(CLI::App& program, Action& action);
void declare_play(CLI::App& program, Action& action);
void declare_replay(CLI::App& program, Action& action);
void declare_edit_storm(CLI::App& program, Action& action);
void declare_plot(CLI::App& program, Action& action);
void declare_blocks(CLI::App& program, Action& action);

}  // namespace oscilla::cli
