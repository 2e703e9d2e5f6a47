#include "live/step_names.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace oscilla::live {
namespace {

/// So many instances are called by name where their fields are one step.
constexpr std::uint32_t kNamedFields = 4;

}  // namespace

std::string step_name(const ir::Program& program, const ir::Step& step) {
  switch (step.kind) {
    case ir::StepKind::Scalars: return "scalars";
    case ir::StepKind::Events: return "events";
    case ir::StepKind::Voices: return "voices";
    case ir::StepKind::Fields: {
      std::string name = "fields";
      for (std::uint32_t i = 0; i < std::min(step.count, kNamedFields); ++i)
        name += fmt::format(" {}", program.instances[program.fields[step.first + i].instance.v].name);
      if (step.count > kNamedFields) name += fmt::format(" and {} more", step.count - kNamedFields);
      return name;
    }
    case ir::StepKind::Reduces: return "reduces";
    case ir::StepKind::Scans: return "scans";
    case ir::StepKind::Order: return "order";
    case ir::StepKind::Emit: return "emit";
    case ir::StepKind::Commit: return "commit";
  }
  return {};
}

}  // namespace oscilla::live
