// The page that shows the figures. In: what a run has measured. Out: the text between the markers of the page, with the
// tables and rows of earlier runs wherever this one has measured nothing, so that a page can be made in pieces.
#pragma once

#include <string>

#include "report.hpp"

namespace oscilla::bench {

/// What stands between the markers: about the machine, the promises, then every table.
std::string figures_of(const std::string& machine, const Report& report, const std::string& earlier);

/// Renews what stands between the markers of the file, which must have them.
void write_figures(const std::string& path, const std::string& machine, const Report& report);

}  // namespace oscilla::bench
