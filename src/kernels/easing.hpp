// Easing curves (Robert Penner): t, clamped to [0, 1] -> progress, 0 at 0 and 1 at 1. A family is its `in` curve; `out`
// is that curve turned around (in a form of its own where 1 - t would lose digits), `in_out` one half of each.
#pragma once

#include "kernels/angles.hpp"

namespace oscilla::kernels {

template <class F>
F clamp_unit(F x) {
  return max(F(0.0), min(F(1.0), x));
}

struct Quad {
  template <class F>
  static F in(F t) {
    return t * t;
  }
};
struct Cubic {
  template <class F>
  static F in(F t) {
    return t * t * t;
  }
};
struct Quart {
  template <class F>
  static F in(F t) {
    return (t * t) * (t * t);
  }
};
struct Quint {
  template <class F>
  static F in(F t) {
    return (t * t) * (t * t) * t;
  }
};
struct Sine {
  template <class F>
  static F in(F t) {
    return F(1.0) - sin_cos_turns(t * 0.25).cosine;
  }
};
struct Expo {
  template <class F>
  static F in(F t) {
    return select(t == F(0.0), F(0.0), exp2((t - F(1.0)) * 10.0));
  }
};
struct Circ {
  template <class F>
  static F in(F t) {
    return F(1.0) - sqrt((F(1.0) - t) * (F(1.0) + t));
  }
  template <class F>
  static F out(F t) {
    return sqrt(t * (F(2.0) - t));
  }
};
struct Back {
  template <class F>
  static F in(F t) {
    return t * t * ((t - F(1.0)) * 1.70158 + t);
  }
};
struct Elastic {
  template <class F>
  static F in(F t) {
    const F swing = -(exp2((t - F(1.0)) * 10.0) * sin_cos_turns((t - F(1.1)) * 2.5).sine);
    return select((t == F(0.0)) | (t == F(1.0)), t, swing);
  }
};
struct Bounce {
  template <class F>
  static F out(F t) {
    const auto parabola = [&](double middle, double height) {
      const F u = t - F(middle);
      return u * u * 7.5625 + height;
    };
    return select(t < F(1 / 2.75), parabola(0.0, 0.0),
                  select(t < F(2 / 2.75), parabola(1.5 / 2.75, 0.75),
                         select(t < F(2.5 / 2.75), parabola(2.25 / 2.75, 0.9375), parabola(2.625 / 2.75, 0.984375))));
  }
  template <class F>
  static F in(F t) {
    return F(1.0) - out(F(1.0) - t);
  }
};

template <class Family, class F>
F ease_in(F t) {
  return Family::in(clamp_unit(t));
}

template <class Family, class F>
F ease_out(F t) {
  if constexpr (requires { Family::out(t); }) {
    return Family::out(clamp_unit(t));
  } else {
    return F(1.0) - Family::in(F(1.0) - clamp_unit(t));
  }
}

template <class Family, class F>
F ease_in_out(F t) {
  const F u = clamp_unit(t) * 2.0;
  const auto first = u < F(1.0);
  const F half = Family::in(select(first, u, F(2.0) - u)) * 0.5;
  return select(first, half, F(1.0) - half);
}

}  // namespace oscilla::kernels
