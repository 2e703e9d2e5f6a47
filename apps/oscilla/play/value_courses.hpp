// What values were in the last seconds, as the inspector draws them. In: views, as they come. Out: a course by the
// value's name, which goes on when another program takes over that has a value of that name.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "oscilla/play/inspector_view.hpp"

namespace oscilla::cli::play {

/// A value over some ticks: where it was at last, and between what. Of a field without a lane the mean of all lanes,
/// and the smallest and the largest lane.
struct CoursePoint {
  double value = 0, low = 0, high = 0;
};

class Course {
 public:
  static constexpr std::size_t kPoints = 240;  ///< twelve seconds at twenty a second

  void add(const CoursePoint& point) { points_[added_++ % kPoints] = point; }
  std::size_t size() const { return added_ < kPoints ? added_ : kPoints; }
  /// The oldest first.
  const CoursePoint& operator[](std::size_t i) const { return points_[(added_ - size() + i) % kPoints]; }
  bool is_still() const;

 private:
  std::array<CoursePoint, kPoints> points_{};
  std::size_t added_ = 0;
};

/// What a row is now.
CoursePoint point_of(const InspectorView& view, const InspectedRow& row);

class ValueCourses {
 public:
  /// A view that is newer than the last one.
  void add(const InspectorView& view);
  /// Null: it has none.
  const Course* of(const InspectedRow& row) const;

 private:
  static constexpr std::size_t kMost = 4'000;  ///< courses; then those that go on no more are forgotten
  struct Kept {
    Course course;
    std::uint64_t last = 0;
  };
  static std::string key_of(const InspectedRow& row);

  std::map<std::string, Kept, std::less<>> courses_;
  std::uint64_t views_ = 0;
  const InspectedTable* table_ = nullptr;
  std::vector<Kept*> by_row_;
};

/// The rows that a list shows: those whose name, block, kind or type has every word of `search` in it, capitals or
/// not; inner steps only if they are asked for; what is pinned first. Indices into the table's rows.
std::vector<std::size_t> rows_to_show(const InspectedTable& table, std::string_view search,
                                      const std::vector<std::string>& pinned, bool inner);

}  // namespace oscilla::cli::play
