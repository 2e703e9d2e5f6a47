#include "patch/diff.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "patch/calls.hpp"
#include "patch/expression_text.hpp"

namespace oscilla::patch {
namespace {

/// One thing that a patch says. `value` is invalid for those that are text only.
struct Entry {
  std::string what;
  std::string name;
  NodeIx value;
  std::string text;
  std::vector<std::pair<std::string, std::string>> parts;  ///< of a define: parameters and outputs
};

std::string fallback_text(const Patch& patch, const Parameter& parameter) {
  std::string text = fmt::format("{}: {}", patch.at(parameter.name), patch.at(parameter.type));
  if (parameter.fallback.valid()) text += " = " + expression_text(patch, parameter.fallback);
  return text;
}

class Entries {
 public:
  explicit Entries(const Patch& patch) : patch_(patch) {}

  std::vector<Entry> run() {
    for (const Statement& statement : patch_.statements) add(statement);
    return std::move(entries_);
  }

 private:
  void add(const Statement& statement) {
    if (statement.broken || statement.kind >= StatementKind::Unreadable) {
      entries_.push_back({"text", fmt::format("text {}", ++texts_), {}, std::string(patch_.at(statement.span)), {}});
      return;
    }
    switch (statement.kind) {
      case StatementKind::Version: setting("version", fmt::format("{}", patch_.version)); break;
      case StatementKind::Canvas: canvas(patch_.canvases[statement.index]); break;
      case StatementKind::Seed: setting("seed", std::string(patch_.at(patch_.seeds[statement.index].number))); break;
      case StatementKind::Use: {
        const std::string path(patch_.at(patch_.uses[statement.index].path));
        entries_.push_back({"use", path, {}, path, {}});
        break;
      }
      case StatementKind::Input: {
        const Input& input = patch_.inputs[statement.index];
        entries_.push_back({"input", std::string(patch_.at(input.name)), input.call, {}, {}});
        break;
      }
      case StatementKind::Define: define(patch_.defines[statement.index]); break;
      default: definition(patch_.definitions[statement.index], ""); break;
    }
  }

  void setting(std::string name, std::string text) {
    entries_.push_back({"setting", std::move(name), {}, std::move(text), {}});
  }

  void canvas(const Canvas& canvas) {
    setting("size", std::string(patch_.at(canvas.size)));
    for (const CanvasSetting& entry : canvas.settings) {
      std::string text = expression_text(patch_, entry.value);
      if (entry.divisor.valid()) text += "/" + expression_text(patch_, entry.divisor);
      setting(std::string(patch_.at(entry.name)), std::move(text));
    }
  }

  void definition(const Definition& definition, const std::string& scope) {
    const CallSite call = main_call(patch_, definition.value);
    const bool is_block = call.call.valid() && is_kind(patch_.at(patch_[call.call].token));
    entries_.push_back(
        {is_block ? "block" : "value", scope + std::string(patch_.at(definition.name)), definition.value, {}, {}});
  }

  void define(const Define& define) {
    const std::string name(patch_.at(define.name));
    std::vector<std::string> parameters;
    std::vector<std::string_view> outputs;
    for (const Parameter& parameter : define.parameters) parameters.push_back(fallback_text(patch_, parameter));
    for (const Span output : define.outputs) outputs.push_back(patch_.at(output));
    Entry entry{"define", name, {}, {}, {}};
    entry.parts = {{"parameters", fmt::format("({})", fmt::join(parameters, ", "))},
                   {"outputs", fmt::format("({})", fmt::join(outputs, ", "))}};
    entry.text = fmt::format("{} -> {}", entry.parts[0].second, entry.parts[1].second);
    entries_.push_back(std::move(entry));
    for (const Definition& inner : define.body) definition(inner, name + ".");
  }

  const Patch& patch_;
  std::vector<Entry> entries_;
  int texts_ = 0;
};

class Differ {
 public:
  Differ(const Patch& before, const Patch& after, const Signatures& signatures)
      : before_(before),
        after_(after),
        signatures_(signatures),
        old_(Entries(before).run()),
        new_(Entries(after).run()),
        partner_(new_.size()),
        taken_(old_.size()) {}

  std::vector<Change> run() {
    pair_same_names();
    pair_renames();
    pair_same_values();
    std::vector<Change> changes;
    for (std::size_t i = 0; i < new_.size(); ++i)
      if (std::optional<Change> change = change_of(i)) changes.push_back(std::move(*change));
    for (std::size_t i = 0; i < old_.size(); ++i)
      if (!taken_[i])
        changes.push_back(
            {Change::Kind::Removed, old_[i].what, old_[i].name, {}, {{"value", text(before_, old_[i], {}), {}}}});
    return changes;
  }

 private:
  static bool may_be_renamed(const Entry& entry) {
    return entry.what == "block" || entry.what == "value" || entry.what == "input";
  }

  std::string text(const Patch& patch, const Entry& entry, const NameMap& names) const {
    return entry.value.valid() ? expression_text(patch, entry.value, names) : entry.text;
  }

  void pair(std::size_t now, std::size_t before) {
    partner_[now] = before;
    taken_[before] = true;
    if (new_[now].name != old_[before].name) names_[old_[before].name] = new_[now].name;
  }

  void pair_same_names() {
    std::multimap<std::string_view, std::size_t> by_name;
    for (std::size_t i = 0; i < old_.size(); ++i) by_name.emplace(old_[i].name, i);
    for (std::size_t i = 0; i < new_.size(); ++i) {
      const auto [begin, end] = by_name.equal_range(new_[i].name);
      const auto found = std::find_if(begin, end, [&](const auto& entry) {
        const Entry& old = old_[entry.second];
        return !taken_[entry.second] && (old.what == new_[i].what || (may_be_renamed(old) && may_be_renamed(new_[i])));
      });
      if (found != end) pair(i, found->second);
    }
  }

  /// Definitions whose blocks say where they were.
  void pair_renames() {
    std::map<std::string_view, std::size_t> gone;
    for (std::size_t i = 0; i < old_.size(); ++i)
      if (!taken_[i] && may_be_renamed(old_[i])) gone.emplace(old_[i].name, i);
    for (std::size_t i = 0; i < new_.size(); ++i) {
      if (partner_[i] || !new_[i].value.valid()) continue;
      for (const CallSite site : calls_at(after_, new_[i].value)) {
        for (const Argument& argument : after_.arguments_of(after_[site.call])) {
          const auto was = gone.find(after_.at(argument.was_path));
          if (was == gone.end() || taken_[was->second] || partner_[i]) continue;
          pair(i, was->second);
        }
      }
    }
  }

  /// Definitions of a value that no other one has, neither before nor now. Renames found lead to further ones.
  void pair_same_values() {
    for (bool found = true; found;) {
      found = false;
      std::map<std::string, std::vector<std::size_t>> gone;
      for (std::size_t i = 0; i < old_.size(); ++i)
        if (!taken_[i] && may_be_renamed(old_[i])) gone[text(before_, old_[i], names_)].push_back(i);
      std::map<std::string, std::vector<std::size_t>> come;
      for (std::size_t i = 0; i < new_.size(); ++i)
        if (!partner_[i] && may_be_renamed(new_[i])) come[text(after_, new_[i], {})].push_back(i);
      for (const auto& [value, news] : come) {
        const auto olds = gone.find(value);
        if (olds == gone.end() || olds->second.size() != 1 || news.size() != 1) continue;
        pair(news[0], olds->second[0]);
        found = true;
      }
    }
  }

  std::optional<Change> change_of(std::size_t now) const {
    const Entry& entry = new_[now];
    if (!partner_[now])
      return Change{Change::Kind::Added, entry.what, entry.name, {}, {{"value", {}, text(after_, entry, {})}}};
    const Entry& old = old_[*partner_[now]];
    Change change{Change::Kind::Changed, entry.what, entry.name, {}, {}};
    if (old.name != entry.name) {
      change.kind = Change::Kind::Renamed;
      change.before = old.name;
    }
    if (text(before_, old, names_) != text(after_, entry, {})) change.parts = parts(old, entry);
    if (change.kind == Change::Kind::Changed && change.parts.empty()) return std::nullopt;
    return change;
  }

  std::vector<PartChange> parts(const Entry& old, const Entry& now) const {
    std::vector<PartChange> changes;
    for (std::size_t i = 0; i < now.parts.size() && i < old.parts.size(); ++i)
      if (old.parts[i].second != now.parts[i].second)
        changes.push_back({now.parts[i].first, old.parts[i].second, now.parts[i].second});
    if (!now.value.valid() || !old.value.valid()) {
      if (changes.empty()) changes.push_back({"value", old.text, now.text});
      return changes;
    }
    const CallSite was = main_call(before_, old.value);
    const CallSite is = main_call(after_, now.value);
    const bool same_call = was.call.valid() && is.call.valid() &&
                           before_.at(before_[was.call].token) == after_.at(after_[is.call].token) &&
                           after_.at(after_[is.call].token) != "combine";
    if (!same_call) return {{"value", expression_text(before_, old.value), expression_text(after_, now.value)}};
    return port_changes(ports(before_, was, names_), ports(after_, is, {}), ports(before_, was, {}));
  }

  using Ports = std::vector<std::pair<std::string, std::string>>;

  Ports ports(const Patch& patch, CallSite site, const NameMap& names) const {
    Ports result;
    const Signature signature = signature_of(patch, site, signatures_);
    const auto arguments = patch.arguments_of(patch[site.call]);
    for (const FilledPort& filled : filled_ports(patch, site, signature)) {
      if (!filled.value.valid()) continue;
      std::string name;
      if (filled.port != kNoPort)
        name = signature.ports[filled.port].name;
      else if (filled.argument != kNoPort && !arguments[filled.argument].name.empty())
        name = patch.at(arguments[filled.argument].name);
      else
        name = fmt::format("argument {}", result.size() + 1);
      result.emplace_back(std::move(name), expression_text(patch, filled.value, names));
    }
    return result;
  }

  /// `shown` are the old values as they were written; `old` has today's names in them.
  static std::vector<PartChange> port_changes(const Ports& old, const Ports& now, const Ports& shown) {
    std::vector<PartChange> changes;
    const auto find = [](const Ports& ports, std::string_view name) {
      return std::find_if(ports.begin(), ports.end(), [&](const auto& port) { return port.first == name; });
    };
    for (const auto& [name, value] : now) {
      const auto before = find(old, name);
      if (before == old.end())
        changes.push_back({name, {}, value});
      else if (before->second != value)
        changes.push_back({name, shown[static_cast<std::size_t>(before - old.begin())].second, value});
    }
    for (const auto& [name, value] : shown)
      if (find(now, name) == now.end()) changes.push_back({name, value, {}});
    return changes;
  }

  const Patch& before_;
  const Patch& after_;
  const Signatures& signatures_;
  std::vector<Entry> old_;
  std::vector<Entry> new_;
  std::vector<std::optional<std::size_t>> partner_;  ///< of the new ones
  std::vector<bool> taken_;
  NameMap names_;  ///< new names by old ones
};

}  // namespace

std::vector<Change> diff(const Patch& before, const Patch& after, const Signatures& signatures) {
  return Differ(before, after, signatures).run();
}

}  // namespace oscilla::patch
