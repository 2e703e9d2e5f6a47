// Gradient noise on the whole-number lattice: seed, coordinates -> a smooth number in [-1, 1], 0 at every lattice
// point. K. Perlin, "Improving noise" (2002): quintic fade, but gradients from an integer hash instead of a permutation
// table. The lattice repeats after 2^22 cells an axis, which no float can see beyond.
#pragma once

#include "kernels/hash.hpp"

namespace oscilla::kernels {

/// One axis of a lattice cell: the cell's number, the place in it, and the weight of its far side.
template <class F>
struct LatticeAxis {
  typename F::LaneBits cell;
  F near, far, weight;  // distances from the two sides, fade(near)

  explicit LatticeAxis(F x) {
    const F whole = floor(x);
    near = x - whole;
    far = near - 1.0;
    weight = near * near * near * (near * (near * 6.0 - 15.0) + 10.0);
    cell = cell_bits(whole - floor(whole * 0x1p-22) * 0x1p22);
  }

 private:
  template <Isa isa>
  static Bits<isa> cell_bits(Floats<isa> whole) {
    return raw(whole + 8388608.0) & 0x003fffffu;  // 2^23: the sum's unit is 1
  }
  static Bits<Isa::Scalar> cell_bits(Number64 whole) { return raw(whole); }
};

template <class F>
F lattice_mix(F a, F b, F weight) {
  return a + (b - a) * weight;
}

// Odd factors, one an axis, give every cell a number of its own; the seed enters by exclusive or, so that two seeds are
// never shifted copies of each other.
inline constexpr std::uint32_t kAxisX = 0x9e3779b1u, kAxisY = 0x85ebca77u, kAxisZ = 0xc2b2ae3du;

/// All bits but the sign, as a number in [-1, 1).
template <class F>
F signed_unit(typename F::LaneBits hash) {
  return F::of_integer(hash >> 8) * 0x1p-23 - F(1.0);
}

template <class F>
F noise1(typename F::LaneBits seed, F x) {
  const LatticeAxis<F> ax(x);
  const auto key = avalanche(seed), cell = ax.cell * kAxisX;
  const auto next = ((ax.cell + 1u) & 0x003fffffu) * kAxisX;
  const F a = signed_unit<F>(avalanche(cell ^ key)) * ax.near;
  const F b = signed_unit<F>(avalanche(next ^ key)) * ax.far;
  return lattice_mix(a, b, ax.weight) * 2.0;
}

/// The gradient of a hash times (x, y): u, +-(1 - |u|), directions all around.
template <class F>
F gradient2(typename F::LaneBits hash, F x, F y) {
  const F u = signed_unit<F>(hash);
  const F v = F(1.0) - abs(u);
  return u * x + select((hash & 1u) == typename F::LaneBits(0u), v, -v) * y;
}

template <class F>
F noise2(typename F::LaneBits seed, F x, F y) {
  const LatticeAxis<F> ax(x), ay(y);
  const auto key = avalanche(seed);
  const auto x0 = ax.cell * kAxisX, x1 = ((ax.cell + 1u) & 0x003fffffu) * kAxisX;
  const auto y0 = ay.cell * kAxisY, y1 = ((ay.cell + 1u) & 0x003fffffu) * kAxisY;
  const F a = lattice_mix(gradient2(avalanche((x0 + y0) ^ key), ax.near, ay.near),
                          gradient2(avalanche((x1 + y0) ^ key), ax.far, ay.near), ax.weight);
  const F b = lattice_mix(gradient2(avalanche((x0 + y1) ^ key), ax.near, ay.far),
                          gradient2(avalanche((x1 + y1) ^ key), ax.far, ay.far), ax.weight);
  return lattice_mix(a, b, ay.weight) * 1.868;  // the greatest value of this sum is 0.53528...
}

/// One of the twelve directions to the edges of a cube, times (x, y, z); four of them twice as likely (Perlin 2002).
template <class F>
F gradient3(typename F::LaneBits hash, F x, F y, F z) {
  using B = typename F::LaneBits;
  const B choice = hash >> 28;
  const F u = select(choice < B(8u), x, y);
  const F v = select(choice < B(4u), y, select((choice & 13u) == B(12u), x, z));
  return select((hash & 1u) == B(0u), u, -u) + select((hash & 2u) == B(0u), v, -v);
}

template <class F>
F noise3(typename F::LaneBits seed, F x, F y, F z) {
  using B = typename F::LaneBits;
  const LatticeAxis<F> ax(x), ay(y), az(z);
  const B key = avalanche(seed);
  const B x0 = ax.cell * kAxisX, x1 = ((ax.cell + 1u) & 0x003fffffu) * kAxisX;
  const auto row = [&](B yz, F ny, F nz) {
    return lattice_mix(gradient3(avalanche((x0 + yz) ^ key), ax.near, ny, nz),
                       gradient3(avalanche((x1 + yz) ^ key), ax.far, ny, nz), ax.weight);
  };
  const B y0 = ay.cell * kAxisY, y1 = ((ay.cell + 1u) & 0x003fffffu) * kAxisY;
  const auto sheet = [&](B cz, F nz) {
    return lattice_mix(row(y0 + cz, ay.near, nz), row(y1 + cz, ay.far, nz), ay.weight);
  };
  const B z0 = az.cell * kAxisZ, z1 = ((az.cell + 1u) & 0x003fffffu) * kAxisZ;
  // 0.9649...: the greatest value of this sum is 1.0363...
  return lattice_mix(sheet(z0, az.near), sheet(z1, az.far), az.weight) * 0.96492141485214233;
}

}  // namespace oscilla::kernels
