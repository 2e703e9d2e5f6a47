// Diagnostics as SARIF 2.1.0, the form that code review tools and editors read. In: patches and what was found in them.
// Out: one log with one run; rules are the codes of the one table.
#pragma once

#include <vector>

#include "oscilla/diagnostic.hpp"
#include "oscilla/json.hpp"
#include "oscilla/patch.hpp"

namespace oscilla::cli {

class SarifLog {
 public:
  SarifLog();
  void add(const Patch& patch, const std::vector<Diagnostic>& diagnostics);
  Json finish() &&;

 private:
  Json results_ = Json::array();
  Json rules_ = Json::array();
};

}  // namespace oscilla::cli
