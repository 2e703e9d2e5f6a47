#include "kernels/reduce.hpp"

namespace oscilla::kernels {

double reduce_identity(Reduction reduction) {
  switch (reduction) {
    case Reduction::Sum: return 0.0;
    case Reduction::Minimum: return __builtin_inf();
    case Reduction::Maximum: return -__builtin_inf();
  }
  return 0.0;
}

void reduce_begin(Reduction reduction, ReducePartial* partial) {
  for (double& accumulator : partial->accumulators) accumulator = reduce_identity(reduction);
}

double reduce_join(Reduction reduction, double earlier, double later) {
  switch (reduction) {
    case Reduction::Sum: return earlier + later;
    case Reduction::Minimum: return later < earlier ? later : earlier;
    case Reduction::Maximum: return later > earlier ? later : earlier;
  }
  return earlier;
}

double reduce_finish(Reduction reduction, const ReducePartial& partial) {
  ReducePartial joined = partial;
  for (int step = 8; step > 0; step /= 2) {
    for (int i = 0; i < step; ++i) {
      joined.accumulators[i] = reduce_join(reduction, joined.accumulators[i], joined.accumulators[i + step]);
    }
  }
  return joined.accumulators[0];
}

}  // namespace oscilla::kernels
