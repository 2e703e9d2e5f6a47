#include "kernels/op_table.hpp"

namespace oscilla::kernels {
namespace {

constexpr OpRow kRows[] = {
#define OSCILLA_OP(id, name, layer, results, arity, payload, unit, purity, parameters, doc, source) \
  {Op::id,         name,           Layer::layer, results, arity, PayloadRule::payload,              \
   UnitRule::unit, Purity::purity, parameters,   doc,     source},
#include "kernels/op_table.def"
#undef OSCILLA_OP
};

constexpr bool rows_fit_limits() {
  for (const OpRow& row : kRows) {
    if (row.arity > kMaximumArity || row.results == 0 || row.results > kMaximumResults) return false;
  }
  return true;
}
static_assert(rows_fit_limits());

std::optional<Op> find_between(Op first, Op last, std::string_view name) {
  for (std::size_t i = static_cast<std::size_t>(first); i <= static_cast<std::size_t>(last); ++i) {
    if (kRows[i].name == name) return kRows[i].op;
  }
  return std::nullopt;
}

}  // namespace

std::span<const OpRow> op_rows() { return kRows; }

const OpRow& row_of(Op op) { return kRows[static_cast<std::size_t>(op)]; }

std::optional<Op> find_op(std::string_view name) {
  for (const OpRow& row : kRows) {
    if (row.callable() && row.name == name) return row.op;
  }
  return std::nullopt;
}

std::optional<Op> find_easing(std::string_view word) { return find_between(Op::EaseInQuad, Op::EaseInOutBounce, word); }

}  // namespace oscilla::kernels
