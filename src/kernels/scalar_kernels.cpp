// Every op on one 64-bit value per argument: what signals are computed with.
#include "kernels/kernel_table.hpp"
#include "kernels/ops.hpp"

namespace oscilla::kernels {
namespace {

void store(Number64 result, double* results) { results[0] = result.v; }
template <unsigned count>
void store(Results<Number64, count> values, double* results) {
  for (unsigned k = 0; k < count; ++k) results[k] = values.values[k].v;
}

template <Op op, unsigned arity>
void run(const double* args, double* results, std::uint32_t* zero_divisor) {
  if constexpr (kDivisorArgument<op> >= 0) {
    if (args[kDivisorArgument<op>] == 0.0) *zero_divisor = 1;
  }
  if constexpr (kOpPurity[static_cast<unsigned>(op)] == Purity::OfLane || op == Op::Gather) {
    results[0] = 0.0;  // a signal is one lane, the first; Op::Gather: and has no other
  } else if constexpr (arity == 1) {
    store(evaluate(Is<op>(), Number64(args[0])), results);
  } else if constexpr (arity == 2) {
    store(evaluate(Is<op>(), Number64(args[0]), Number64(args[1])), results);
  } else if constexpr (arity == 3) {
    store(evaluate(Is<op>(), Number64(args[0]), Number64(args[1]), Number64(args[2])), results);
  } else if constexpr (arity == 4) {
    store(evaluate(Is<op>(), Number64(args[0]), Number64(args[1]), Number64(args[2]), Number64(args[3])), results);
  } else if constexpr (arity == 5) {
    store(evaluate(Is<op>(), Number64(args[0]), Number64(args[1]), Number64(args[2]), Number64(args[3]),
                   Number64(args[4])),
          results);
  } else {
    static_assert(arity == 6);
    store(evaluate(Is<op>(), Number64(args[0]), Number64(args[1]), Number64(args[2]), Number64(args[3]),
                   Number64(args[4]), Number64(args[5])),
          results);
  }
}

constexpr ScalarKernel kKernels[] = {
#define OSCILLA_OP(id, name, layer, results, arity, ...) &run<Op::id, arity>,
#include "kernels/op_table.def"
#undef OSCILLA_OP
};

}  // namespace

ScalarKernel scalar_kernel(Op op) { return kKernels[static_cast<std::size_t>(op)]; }

}  // namespace oscilla::kernels
