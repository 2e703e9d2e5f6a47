#include "exec/registers.hpp"

#include <algorithm>
#include <functional>

namespace oscilla::exec {
namespace {

constexpr std::uint32_t kForEver = kNoValue - 1;

/// By value: the last node that reads it, kForEver if a store does, kNoValue if nobody.
std::vector<std::uint32_t> last_uses(std::span<const Node> nodes, std::span<const std::uint32_t> live_at_end,
                                     std::uint32_t values) {
  std::vector<std::uint32_t> last(values, kNoValue);
  for (std::uint32_t n = 0; n < nodes.size(); ++n) {
    for (std::size_t i = 0; i < nodes[n].arity; ++i) {
      if (nodes[n].args[i].source == ir::Source::Value) last[nodes[n].args[i].index] = n;
    }
  }
  for (const std::uint32_t value : live_at_end) last[value] = kForEver;
  return last;
}

/// The registers that hold nothing; the lowest goes first, so that few are touched.
class FreeRegisters {
 public:
  std::uint32_t take() {
    if (free_.empty()) return used_++;
    std::pop_heap(free_.begin(), free_.end(), std::greater());
    const std::uint32_t lowest = free_.back();
    free_.pop_back();
    return lowest;
  }
  void give_back(std::uint32_t index) {
    free_.push_back(index);
    std::push_heap(free_.begin(), free_.end(), std::greater());
  }
  std::uint32_t used() const { return used_; }

 private:
  std::vector<std::uint32_t> free_;  // a heap
  std::uint32_t used_ = 0;
};

}  // namespace

Allocation allocate_registers(std::span<const Node> nodes, std::span<const std::uint32_t> live_at_end,
                              std::uint32_t values) {
  std::vector<std::uint32_t> last = last_uses(nodes, live_at_end, values);
  Allocation allocation;
  allocation.register_of.assign(values, kNoValue);
  allocation.results.resize(nodes.size());
  FreeRegisters free;
  std::vector<std::uint32_t> unread;
  for (std::uint32_t n = 0; n < nodes.size(); ++n) {
    const Node& node = nodes[n];
    for (std::size_t i = 0; i < node.arity; ++i) {
      const ir::Operand& arg = node.args[i];
      if (arg.source != ir::Source::Value || last[arg.index] != n) continue;
      free.give_back(allocation.register_of[arg.index]);
      last[arg.index] = kNoValue;  // once, even if it is read twice
    }
    unread.clear();
    for (std::size_t k = 0; k < node.results; ++k) {
      const std::uint32_t taken = free.take();
      const std::uint32_t value = node.values[k];
      allocation.results[n][k] = static_cast<std::uint16_t>(taken);
      if (value != kNoValue) allocation.register_of[value] = taken;
      if (value == kNoValue || last[value] == kNoValue) unread.push_back(taken);
    }
    for (const std::uint32_t index : unread) free.give_back(index);
  }
  allocation.registers = free.used();
  return allocation;
}

}  // namespace oscilla::exec
