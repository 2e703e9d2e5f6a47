// The terminal and the pipes: results go to standard output, everything said to people goes to standard error. A reader
// of standard output that went away (`| head`) ends the program quietly.
#pragma once

#include <string>
#include <string_view>

#include "oscilla/exit_code.hpp"

namespace oscilla::cli {

/// Standard output, collected and written in large pieces. After a failure everything is dropped; finish() tells.
class StandardOutput {
 public:
  void write(std::string_view text);
  /// Ok, or InputOutput after having said why.
  ExitCode finish();
  bool failed() const { return error_ != 0; }

 private:
  void flush();

  std::string waiting_;
  int error_ = 0;
};

/// Says one sentence to people: "oscilla: ...".
void complain(std::string_view sentence);
/// Text to standard error as it is.
void say(std::string_view text);
/// Says the sentence of a failed output, unless the reader just went away.
void complain_about_output(std::string_view sentence);

bool output_is_terminal();
bool error_is_terminal();
/// Whether text may be coloured there: a terminal, and neither NO_COLOR nor a dumb one.
bool colour_on_output();
bool colour_on_error();

}  // namespace oscilla::cli
