// What the numbers of a picture can be: those of a camera, dashes, gradients and corners beyond it are drawn as the
// nearest that can. In: a program. Out: one row for each such number.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "ir/program.hpp"
#include "oscilla/runtime_error.hpp"

namespace oscilla::runtime {

struct PictureLimit {
  RuntimeErrorKind kind{};
  ir::SlotIx slot;
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
  bool ascends = false;       ///< and not less than the number of the row before, as it is used
  std::string block;          ///< full name
  std::string port;           ///< "view.distance"
  std::string_view list{};    ///< what it is one of: "dash", "stop"; empty: the port's own
  std::uint32_t element = 0;  ///< of the list, from 0
};

std::vector<PictureLimit> picture_limits(const ir::Program& program);

}  // namespace oscilla::runtime
