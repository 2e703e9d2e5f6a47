// c0 + c1 x + c2 x^2 + ... by Horner's rule: every product and every sum rounded on its own.
#pragma once

namespace oscilla::kernels {

template <class F, class... Rest>
F polynomial(F x, double c0, Rest... rest) {
  if constexpr (sizeof...(rest) == 0) {
    return c0;
  } else {
    return polynomial(x, rest...) * x + F(c0);
  }
}

}  // namespace oscilla::kernels
