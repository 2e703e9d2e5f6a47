// A number of a patch's file under somebody's hands: while it is turned there are texts to try, and when it is let go
// the file says it. Never over what somebody else has saved in between.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "oscilla/literals.hpp"

namespace oscilla::cli::play {

class SourceEdit {
 public:
  /// A patch in text form; its text as it is in the file.
  SourceEdit(std::string path, std::string text);

  const std::string& path() const { return path_; }
  /// As it is shown: with the number that is turned.
  const std::string& text() const { return text_; }
  /// As the file says it, as far as is known.
  const std::string& written() const { return written_; }
  const std::vector<NumberLiteral>& literals() const { return literals_; }

  /// The file says something else by now. Left alone while a number is turned.
  void show(std::string text);

  /// The literal that is chosen: it has a slider. Nothing: none.
  std::optional<std::size_t> chosen() const { return chosen_; }
  void choose(std::optional<std::size_t> literal);
  /// By a place of the text. False if no number is there.
  bool choose_at(const TextPosition& position);
  /// Of the chosen literal; it stays while it is turned.
  const SliderRange& range() const { return range_; }

  /// Another number in the place of the chosen literal. True if the text is another one by that: it is to be tried.
  bool turn(double value);
  bool is_turned() const { return text_ != written_; }
  /// Writes the file if a number was turned. The error says why it could not be; the text is that of the file then.
  std::expected<void, std::string> let_go();

 private:
  std::string path_;
  std::string written_;  ///< what the file says, as far as is known
  std::string text_;
  std::vector<NumberLiteral> literals_;
  std::optional<std::size_t> chosen_;
  SliderRange range_;
};

}  // namespace oscilla::cli::play
