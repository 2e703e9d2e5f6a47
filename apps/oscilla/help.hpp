// What `oscilla --help`, `oscilla help VERB`, `oscilla --version` and a wrong command line print.
#pragma once

#include <CLI/CLI.hpp>

#include "oscilla/exit_code.hpp"
#include "oscilla/verbs.hpp"

namespace oscilla::cli {

/// Name, version, summary, examples, and the layout of every help page.
void describe_program(CLI::App& program);
void declare_help(CLI::App& program, Action& action);

/// The help or version that was asked for, to standard output.
ExitCode print_answer(const CLI::App& program, const CLI::Error& request);
/// What is wrong with the line and where to read on, to standard error.
ExitCode print_usage_error(const CLI::App& program, const CLI::ParseError& error);
/// For a line without a verb: the verbs and examples, to standard error.
ExitCode print_overview(const CLI::App& program);

}  // namespace oscilla::cli
