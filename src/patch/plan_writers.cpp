// Writers of a combine(), in their order.
#include <algorithm>

#include <fmt/format.h>

#include "patch/plan_edit.hpp"
#include "patch/target.hpp"

namespace oscilla::patch {
namespace {

Plan no_writer(const Target& target, std::string_view path, std::size_t index, std::size_t count) {
  return refuse(Code::E_EDIT_WRITER, target.whole, fmt::format("`{}` has no writer {}", path, index),
                fmt::format("it has {}, counted from 0", count));
}

Plan add_writer(const Patch& patch, const Edit& edit, const Target& target, NodeIx combine) {
  std::vector<Replacement> plan;
  if (!target.value.valid()) {
    append_argument(patch, target.call.call, fmt::format("{}: combine({}, {})", target.port_name, edit.mode, edit.text),
                    plan);
  } else if (!combine.valid()) {
    const Span span = patch[target.value].span;
    const bool first = edit.index == 0;
    plan.push_back(
        {{span.begin, span.begin}, fmt::format("combine({}, {}", edit.mode, first ? edit.text + ", " : ""), true});
    plan.push_back({{span.end, span.end}, first ? ")" : fmt::format(", {})", edit.text), true});
  } else {
    const auto arguments = patch.arguments_of(patch[combine]);
    const std::size_t count = arguments.empty() ? 0 : arguments.size() - 1;
    if (edit.index != Edit::kLast && edit.index > count) return no_writer(target, edit.target, edit.index, count);
    if (edit.index >= count) {
      append_argument(patch, combine, edit.text, plan);
    } else {
      const std::uint32_t begin = arguments[edit.index + 1].span.begin;
      plan.push_back({{begin, begin}, edit.text + ", ", true});
    }
  }
  return plan;
}

Plan move_writer(const Patch& patch, const Edit& edit, const Target& target, NodeIx combine) {
  const auto arguments = patch.arguments_of(patch[combine]);
  const std::size_t count = arguments.size() - 1;
  const std::size_t to = edit.to == Edit::kLast ? count - 1 : edit.to;
  if (to >= count) return no_writer(target, edit.target, to, count);
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < count; ++i)
    if (i != edit.index) order.push_back(i);
  order.insert(order.begin() + static_cast<std::ptrdiff_t>(to), edit.index);
  std::vector<Replacement> plan;
  for (std::size_t i = 0; i < count; ++i)
    if (order[i] != i)
      plan.push_back({arguments[i + 1].span, std::string(patch.at(arguments[order[i] + 1].span)), true});
  return plan;
}

}  // namespace

Plan plan_writers(const Patch& patch, const Edit& edit, const Signatures& signatures) {
  const FoundTarget target = find_target(patch, edit.target, signatures);
  if (!target) return std::unexpected(target.error());
  const NodeIx combine = target->value.valid() ? combine_of(patch, target->value) : NodeIx{};
  const bool has_value = target->value.valid() || target->is_port();
  if (edit.kind == Edit::Kind::AddWriter && has_value) return add_writer(patch, edit, *target, combine);
  const auto arguments = combine.valid() ? patch.arguments_of(patch[combine]) : std::span<const Argument>{};
  if (arguments.empty())
    return refuse(Code::E_EDIT_WRITER, target->whole, fmt::format("`{}` has no writers", edit.target),
                  "a port or definition with several is a combine(mode, a, b, ...)");
  const std::size_t count = arguments.size() - 1;
  if (edit.index >= count) return no_writer(*target, edit.target, edit.index, count);
  if (edit.kind == Edit::Kind::MoveWriter) return move_writer(patch, edit, *target, combine);
  if (count == 1)
    return refuse(Code::E_EDIT_WRITER, target->whole, fmt::format("`{}` has only this writer", edit.target),
                  "clear the port, or remove the definition");
  std::vector<Replacement> plan;
  drop_argument(patch, combine, edit.index + 1, plan);
  return plan;
}

}  // namespace oscilla::patch
