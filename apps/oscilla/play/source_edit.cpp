#include "oscilla/play/source_edit.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "oscilla/patch_file.hpp"

namespace oscilla::cli::play {
namespace {

constexpr std::size_t kMostBytes = std::size_t{64} << 20;  // bytes of a patch

/// A slider of doubles takes no more than half of what a double holds.
SliderRange range_for(const NumberLiteral& literal) {
  constexpr double kLargest = std::numeric_limits<double>::max() / 4;
  SliderRange range = slider_range(literal);
  range.low = std::max(range.low, -kLargest);
  range.high = std::min(range.high, kLargest);
  return range;
}

}  // namespace

SourceEdit::SourceEdit(std::string path, std::string text) : path_(std::move(path)) { show(std::move(text)); }

void SourceEdit::show(std::string text) {
  if (is_turned() || text == written_) return;
  written_ = std::move(text);
  text_ = written_;
  std::vector<NumberLiteral> before = std::exchange(literals_, number_literals(text_));
  if (chosen_ && before.size() != literals_.size()) chosen_.reset();  // nobody knows which one it is now
  choose(chosen_);
}

void SourceEdit::choose(std::optional<std::size_t> literal) {
  chosen_ = literal && *literal < literals_.size() ? literal : std::nullopt;
  if (chosen_) range_ = range_for(literals_[*chosen_]);
}

bool SourceEdit::choose_at(const TextPosition& position) {
  const auto offset = text_offset(text_, position);
  const auto there = offset ? literal_at(text_, *offset) : std::nullopt;
  if (!there) return false;
  for (std::size_t i = 0; i < literals_.size(); ++i)
    if (literals_[i].span.begin == there->span.begin) choose(i);
  return true;
}

bool SourceEdit::turn(double value) {
  if (!chosen_) return false;
  const NumberLiteral& literal = literals_[*chosen_];
  if (literal.value == value) return false;
  std::string edited = with_number(text_, literal, value);
  std::vector<NumberLiteral> literals = number_literals(edited);
  if (literals.size() != literals_.size()) return false;
  // What it is shown as may have become simpler: a number turned to a whole one is no whole number for that.
  literals[*chosen_].whole = literal.whole;
  literals[*chosen_].decimals = literal.decimals;
  text_ = std::move(edited);
  literals_ = std::move(literals);
  return true;
}

std::expected<void, std::string> SourceEdit::let_go() {
  if (!is_turned()) return {};
  const std::string wanted = std::exchange(text_, written_);
  literals_ = number_literals(text_);
  const auto there = read_text(path_, kMostBytes);
  if (!there) return std::unexpected(fmt::format("{} cannot be read: the number was not written", path_));
  if (*there != written_) {
    show(*there);
    return std::unexpected(fmt::format("{} was saved meanwhile: the number was not written over it", path_));
  }
  if (auto written = rewrite_file(path_, wanted); !written) return written;
  show(wanted);
  return {};
}

}  // namespace oscilla::cli::play
