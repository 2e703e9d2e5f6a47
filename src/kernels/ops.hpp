// What every row of the op table computes: evaluate(Is<Op::X>, arguments...) -> result, or Results where there are
// several. Written once over F: Floats of an ISA level, or Number64. The table (op_table.def) says what each means;
// arguments that are bits come as raw words in F and are taken out with raw().
#pragma once

#include "kernels/ops_functions.hpp"
#include "kernels/ops_numbers.hpp"
#include "kernels/ops_signals.hpp"
