// Which field programs have to run: one whose uniforms, states and planes are what they were when it ran last would
// give what it gave. Every memory has a version that goes up when it is written with something new. In: a program
// state. Out: whether a program's inputs have moved since it ran. Nothing is allocated here.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ir/program.hpp"

namespace oscilla::runtime {

class Versions {
 public:
  Versions() = default;
  explicit Versions(const ir::Program& program);

  /// True if a state or plane that the field program reads is another one than when it ran last, or it never ran.
  bool moved(std::uint32_t field) const;
  /// It runs, with what it reads as it is now.
  void note_run(std::uint32_t field);
  /// It has to run again whatever it reads.
  void forget(std::uint32_t field) { fields_[field].ran = false; }

  void state_moved(std::uint32_t state) { ++versions_[state]; }
  void plane_moved(std::uint32_t plane) { ++versions_[states_ + plane]; }
  bool scan_moved(std::uint32_t scan) const { return versions_[scan_source(scan)] != scans_seen_[scan]; }
  void note_scan(std::uint32_t scan) { scans_seen_[scan] = versions_[scan_source(scan)]; }

 private:
  struct Input {
    std::uint32_t memory = 0;  // states, then planes
    std::uint64_t seen = 0;
  };
  struct Field {
    bool ran = false;
    std::vector<Input> inputs;
  };
  std::uint32_t memory_of(const ir::Operand& operand) const {
    return operand.source == ir::Source::State ? operand.index : states_ + operand.index;
  }
  std::uint32_t scan_source(std::uint32_t scan) const { return scan_sources_[scan]; }

  std::uint32_t states_ = 0;
  std::vector<std::uint64_t> versions_;
  std::vector<Field> fields_;
  std::vector<std::uint32_t> scan_sources_;
  std::vector<std::uint64_t> scans_seen_;
};

}  // namespace oscilla::runtime
