// Writes whose times are known beforehand: of a script, of a sound.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "input/producer.hpp"
#include "input/script.hpp"

namespace oscilla::input {

/// Copies share the writes and go on from the same place.
class Timeline final : public Producer {
 public:
  Timeline() = default;
  /// In order of time.
  explicit Timeline(std::vector<ScriptWrite> writes);

  void drain(double t_ms, const TakePlayed& take) override;
  ProducerCounts counts() const override { return {.writes = next_}; }
  bool empty() const { return writes_ == nullptr; }

 private:
  std::shared_ptr<const std::vector<ScriptWrite>> writes_;
  std::size_t next_ = 0;
};

}  // namespace oscilla::input
