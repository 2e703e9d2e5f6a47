// oscilla VERB PATCH ...: the command line. Declares the verbs, understands the line, runs the one that was chosen.
#include <new>
#include <string>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "oscilla/console.hpp"
#include "oscilla/help.hpp"
#include "oscilla/interrupt.hpp"
#include "oscilla/verbs.hpp"

namespace oscilla::cli {
namespace {

void declare_verbs(CLI::App& program, Action& action) {
  declare_render(program, action);
  declare_check(program, action);
  declare_fmt(program, action);
  declare_edit(program, action);
  declare_diff(program, action);
  declare_dump(program, action);
  declare_probe(program, action);
  declare_why(program, action);
  declare_doctor(program, action);
  declare_trace(program, action);
  declare_wires(program, action);
  declare_fits(program, action);
  declare_bench(program, action);
  declare_live(program, action);
  declare_play(program, action);
  declare_replay(program, action);
  declare_edit_storm(program, action);
  declare_plot(program, action);
  declare_blocks(program, action);
  declare_help(program, action);
}

ExitCode run(int count, char** words) {
  CLI::App program;
  Action action;
  describe_program(program);
  declare_verbs(program, action);
  try {
    program.parse(count, words);
  } catch (const CLI::Success& success) {
    return print_answer(program, success);
  } catch (const CLI::ParseError& error) {
    return print_usage_error(program, error);
  }
  return action ? action() : print_overview(program);
}

}  // namespace
}  // namespace oscilla::cli

int main(int count, char** words) {
  using namespace oscilla::cli;
  catch_interrupts();
  ExitCode code = ExitCode::InputOutput;
  try {
    code = run(count, words);
  } catch (const std::bad_alloc&) {
    complain("not enough memory");
  }
  end_if_interrupted();
  return static_cast<int>(code);
}
