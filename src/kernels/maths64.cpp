#include "kernels/maths64.hpp"

namespace oscilla::kernels {
namespace {

// 64 zero bits, then 2/pi, most significant bit first: enough for the greatest exponent of a double.
constexpr std::uint64_t kTwoOverPi[] = {
    0x0000000000000000u, 0xa2f9836e4e441529u, 0xfc2757d1f534ddc0u, 0xdb6295993c439041u, 0xfe5163abdebbc561u,
    0xb7246e3a424dd2e0u, 0x06492eea09d1921cu, 0xfe1deb1cb129a73eu, 0xe88235f52ebb4484u, 0xe99c7026b45f7e41u,
    0x3991d639835339f4u, 0x9c845f8bbdf9283bu, 0x1ff897ffde05980fu, 0xef2f118b5a0a6d1fu, 0x6d367ecf27cb09b7u,
    0x4f463f669e5fea2du, 0x7527bac7ebe5f17bu, 0x3d0739f78a5292eau, 0x6bfb5fb11f8d5d08u, 0x56033046fc7b6babu,
    0xf0cfbc209af4361du};

__extension__ typedef unsigned __int128 Word128;

std::uint64_t bits_from(unsigned position) {
  const unsigned word = position / 64, shift = position % 64;
  return shift == 0 ? kTwoOverPi[word] : kTwoOverPi[word] << shift | kTwoOverPi[word + 1] >> (64 - shift);
}

/// A fraction of a quadrant in [0, 1/2), given by its first 128 bits, as a double-double.
DoubleDouble fraction_of(std::uint64_t high, std::uint64_t low) {
  if (high == 0) return {static_cast<double>(low) * 0x1p-128, 0.0};
  const int zeros = __builtin_clzll(high);
  if (zeros > 0) high = high << zeros | low >> (64 - zeros), low <<= zeros;
  const double first = static_cast<double>(high >> 11) * 0x1p-53;
  const double second = static_cast<double>((high & 0x7ff) << 42 | low >> 22) * 0x1p-106;
  const double scale = scale_by_power(1.0, -zeros);
  return exact_ordered_sum(first * scale, second * scale);
}

}  // namespace

ReducedAngle reduce_radians(double x) {
  const std::uint64_t bits = __builtin_bit_cast(std::uint64_t, x);
  const std::uint64_t mantissa = (bits & 0x000fffffffffffffu) | 0x0010000000000000u;
  const int exponent = static_cast<int>(bits >> 52 & 0x7ff) - 1075;  // |x| = mantissa * 2^exponent
  const unsigned start = static_cast<unsigned>(exponent - 2 + 64);
  // |x| * 2/pi mod 4 = (mantissa * window mod 2^192) * 2^-190
  const Word128 product0 = static_cast<Word128>(mantissa) * bits_from(start + 128);
  const Word128 product1 = static_cast<Word128>(mantissa) * bits_from(start + 64) + (product0 >> 64);
  const std::uint64_t word2 = mantissa * bits_from(start) + static_cast<std::uint64_t>(product1 >> 64);
  const std::uint64_t word1 = static_cast<std::uint64_t>(product1);
  std::uint64_t high = word2 << 2 | word1 >> 62;
  std::uint64_t low = word1 << 2 | static_cast<std::uint64_t>(product0) >> 62;
  std::uint32_t quadrant = static_cast<std::uint32_t>(word2 >> 62);
  bool negative = false;
  if (high >> 63) {  // nearer to the next quadrant
    ++quadrant;
    negative = true;
    low = ~low + 1;
    high = ~high + (low == 0);
  }
  DoubleDouble angle = multiply(fraction_of(high, low), kHalfPi);
  if (x < 0) {
    negative = !negative;
    quadrant = 0u - quadrant;
  }
  if (negative) angle = {-angle.high, -angle.low};
  return {angle, quadrant};
}

SplitLogarithm split_logarithm(double x) {
  double bias = -1023.0;
  if (x < 0x1p-1022) {
    x *= 0x1p54;
    bias = -1077.0;
  }
  const std::uint64_t shifted = __builtin_bit_cast(std::uint64_t, x) + (0x3ff0000000000000u - 0x3fe6a09e667f3bcdu);
  const double m = __builtin_bit_cast(double, (shifted & 0x000fffffffffffffu) + 0x3fe6a09e667f3bcdu);
  // s = (m - 1) / (m + 1) in two parts; log m = 2 s (1 + z/3 + z^2 P(z)), z = s^2
  const double numerator = m - 1.0, sum = m + 1.0;
  const double sum_low = m - (sum - 1.0);
  const double quotient = numerator / sum;
  const DoubleDouble back = exact_product(quotient, sum);
  const double quotient_low = (((numerator - back.high) - back.low) - quotient * sum_low) / sum;
  const DoubleDouble s = exact_ordered_sum(quotient, quotient_low);
  const DoubleDouble z = multiply(s, s);
  const double p = polynomial(z.high, 0x1.999999999999ap-3, 0x1.2492492492491p-3, 0x1.c71c71c71cfdbp-4,
                              0x1.745d1745133b6p-4, 0x1.3b13b1bc86c2ep-4, 0x1.1110dfa7db53ep-4, 0x1.e1f7fc3779f07p-5,
                              0x1.ac4a626200195p-5, 0x1.b8d598213fa38p-5);
  const DoubleDouble third = multiply(z, {0x1.5555555555555p-2, 0x1.5555555555555p-56});
  const DoubleDouble series = exact_ordered_sum(third.high, third.low + z.high * z.high * p);
  const DoubleDouble tail = multiply(s, series);
  const DoubleDouble total = exact_ordered_sum(s.high, tail.high);
  const DoubleDouble logarithm = exact_ordered_sum(total.high, total.low + (s.low + tail.low));
  return {static_cast<double>(shifted >> 52) + bias, {2.0 * logarithm.high, 2.0 * logarithm.low}};
}

}  // namespace oscilla::kernels
