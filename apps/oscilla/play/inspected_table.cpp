#include "oscilla/play/inspected_table.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace oscilla::cli::play {
namespace {

/// The numbers of values by their names, in the order of the patch.
using Numbers = std::map<std::string_view, std::size_t>;

bool is_inner(const TraceRow& row) {
  return row.kind == TraceKind::Cache || row.kind == TraceKind::Glide || row.name.find(": ") != std::string::npos ||
         row.name.find(" #") != std::string::npos;
}

/// The value that a row belongs to, as `why` names it: one that has a name, or what arrives at a port.
std::string value_of(const TraceRow& row, const Numbers& numbers) {
  const std::string name = row.name.substr(0, row.name.find('['));
  if (numbers.contains(name)) return name;
  if (const std::size_t dot = name.rfind('.'); dot != std::string::npos && numbers.contains(name.substr(0, dot)))
    return name.substr(0, dot);  // a component
  return std::string(!row.port.empty() ? row.port : row.block);
}

std::string_view unit_of(std::string_view type) {
  if (type.starts_with("time")) return "ms";
  if (type.starts_with("phase")) return "turns";
  for (const std::string_view unit : {"deg", "rad"})
    if (type.starts_with(unit)) return unit;
  return {};
}

InspectedRow inspected(const TraceRow& row, const std::vector<ValueInfo>& values, const Numbers& numbers) {
  InspectedRow made;
  made.kind = row.kind;
  made.name = row.name;
  made.block = row.block;
  made.port = row.port;
  made.instance = row.instance;
  made.lane = row.lane;
  made.inner = is_inner(row);
  made.first = row.first;
  made.count = row.count;
  made.value = value_of(row, numbers);
  const auto found = numbers.find(made.value);
  const bool is_value = found != numbers.end() && (row.kind == TraceKind::Signal || row.kind == TraceKind::Field);
  made.type = is_value ? values[found->second].type : fmt::format("{}", name_of(row.kind));
  if (!made.instance.empty()) made.type += " of " + made.instance;
  if (is_value) made.unit = unit_of(values[found->second].type);
  return made;
}

}  // namespace

std::shared_ptr<const InspectedTable> inspected_table(const Session& session, const TracedFrame& frame) {
  auto table = std::make_shared<InspectedTable>();
  table->values = session.program().values();
  table->inputs = session.program().channels();
  table->steps.assign(frame.steps.begin(), frame.steps.end());
  Numbers numbers;
  for (std::size_t i = 0; i < table->values.size(); ++i) numbers.emplace(table->values[i].name, i);
  for (const TraceRow& row : frame.rows) table->rows.push_back(inspected(row, table->values, numbers));
  // By the block that a row belongs to; what is drawn, and what is nobody's, last.
  const auto place = [&](const InspectedRow& row) {
    const auto found = numbers.find(row.block);
    return std::pair(row.name.starts_with("frame."), found != numbers.end() ? found->second : numbers.size());
  };
  std::ranges::stable_sort(table->rows, {}, place);
  return table;
}

}  // namespace oscilla::cli::play
