#include "oscilla/play/value_courses.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace oscilla::cli::play {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : lower(text)) {
    if (c != ' ')
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

}  // namespace

bool Course::is_still() const {
  for (std::size_t i = 0; i < size(); ++i)
    if ((*this)[i].low != (*this)[0].low || (*this)[i].high != (*this)[0].high) return false;
  return true;
}

CoursePoint point_of(const InspectorView& view, const InspectedRow& row) {
  constexpr std::uint32_t kMin = 2, kMax = 3, kMean = 4;
  const auto at = [&](const std::vector<double>& numbers, std::uint32_t part) {
    return row.first + part < numbers.size() ? numbers[row.first + part] : 0;
  };
  if (row.is_summary()) return {at(view.numbers, kMean), at(view.low, kMin), at(view.high, kMax)};
  return {at(view.numbers, 0), at(view.low, 0), at(view.high, 0)};
}

std::string ValueCourses::key_of(const InspectedRow& row) {
  return fmt::format("{} {}", static_cast<int>(row.kind), row.name);
}

void ValueCourses::add(const InspectorView& view) {
  ++views_;
  if (table_ != view.table.get()) {
    table_ = view.table.get();
    by_row_.clear();
    if (courses_.size() > kMost) std::erase_if(courses_, [&](const auto& one) { return one.second.last + 1 < views_; });
    if (table_ != nullptr)
      for (const InspectedRow& row : table_->rows) by_row_.push_back(&courses_[key_of(row)]);
  }
  for (std::size_t i = 0; i < by_row_.size(); ++i) {
    by_row_[i]->course.add(point_of(view, table_->rows[i]));
    by_row_[i]->last = views_;
  }
}

const Course* ValueCourses::of(const InspectedRow& row) const {
  const auto found = courses_.find(key_of(row));
  return found != courses_.end() ? &found->second.course : nullptr;
}

std::vector<std::size_t> rows_to_show(const InspectedTable& table, std::string_view search,
                                      const std::vector<std::string>& pinned, bool inner) {
  const std::vector<std::string> words = words_of(search);
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const InspectedRow& row = table.rows[i];
    const bool is_pinned = std::ranges::find(pinned, row.name) != pinned.end();
    if (row.inner && !inner && !is_pinned) continue;
    const auto info = words.empty() ? table.values.end() : std::ranges::find(table.values, row.value, &ValueInfo::name);
    const std::string told = lower(fmt::format("{} {} {} {} {}", row.name, row.block, row.type, name_of(row.kind),
                                               info == table.values.end() ? std::string() : info->kind));
    const auto has = [&](const std::string& word) { return told.find(word) != std::string::npos; };
    if (is_pinned || std::ranges::all_of(words, has)) shown.push_back(i);
  }
  std::ranges::stable_partition(
      shown, [&](std::size_t i) { return std::ranges::find(pinned, table.rows[i].name) != pinned.end(); });
  return shown;
}

}  // namespace oscilla::cli::play
