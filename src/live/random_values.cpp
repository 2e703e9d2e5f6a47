#include "live/random_values.hpp"

#include <array>

namespace oscilla::live {
namespace {

/// A site in composites, too.
template <class Wanted>
const Site* pick_anywhere(const Material& material, Random& random, Wanted wanted) {
  std::vector<const Site*> found;
  for (const Site& site : material.sites)
    if (wanted(site)) found.push_back(&site);
  return found.empty() ? nullptr : random.pick(found);
}

/// A number with at most four decimals.
std::string decimal(double value) {
  std::string text = fmt::format("{:.4f}", value);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text += '0';
  return text;
}

struct NumberToken {
  double value = 0;
  bool whole = true;  ///< without point or unit
  std::string_view unit;
};

NumberToken read_number(std::string_view token) {
  NumberToken number;
  double place = 1;
  std::size_t at = 0;
  bool behind = false;
  for (; at < token.size() && (token[at] == '.' || (token[at] >= '0' && token[at] <= '9')); ++at) {
    if (token[at] == '.') {
      behind = true;
      continue;
    }
    number.value = number.value * 10 + (token[at] - '0');
    if (behind) place *= 10;
  }
  number.value /= place;
  number.unit = token.substr(at);
  number.whole = !behind && number.unit.empty();
  return number;
}

std::string random_colour(Random& random) { return fmt::format("#{:06x}", random.below(1u << 24)); }

/// `value` to `value` times `least` to `most`.
double scaled(double value, double least, double most, Random& random) {
  return value * (least + (most - least) * random.share());
}

}  // namespace

Change change_literal(const Material& material, Random& random) {
  const Site* site = pick_anywhere(material, random, [&](const Site& s) {
    const NodeKind kind = kind_of(material, s);
    return kind == NodeKind::Color || (kind == NodeKind::Number && !is_count(s));
  });
  if (site == nullptr) return {};
  if (kind_of(material, *site) == NodeKind::Color) return replaced(material, *site, random_colour(random));
  const NumberToken number = read_number(material.at(*site));
  if (number.value == 0)
    return replaced(material, *site, decimal(0.05 * random.share() + 0.01) + std::string(number.unit));
  if (number.whole && random.one_in(2))
    return replaced(material, *site, fmt::format("{:.0f}", number.value + 1 + static_cast<double>(random.below(2))));
  return replaced(material, *site, decimal(scaled(number.value, 0.6, 1.5, random)) + std::string(number.unit));
}

Change change_count(const Material& material, Random& random) {
  const Site* site = pick_anywhere(
      material, random, [&](const Site& s) { return kind_of(material, s) == NodeKind::Number && is_count(s); });
  if (site == nullptr) return {};
  const double before = read_number(material.at(*site)).value;
  double after = static_cast<int>(std::clamp(scaled(before, 0.5, 1.7, random), 1.0, 20000.0));
  if (after == before) after += 1;
  return replaced(material, *site, fmt::format("{:.0f}", after));
}

Change rewire_value(const Material& material, Random& random) {
  const Site* site = pick(material, random, [&](const Site& s) { return !material.type_at(s).empty(); });
  if (site == nullptr) return {};
  std::string_view type = material.type_at(*site);
  if (random.one_in(4)) type = random.pick(material.values).type;
  const ReadableValue* other = alike(material, type, material.at(*site), random);
  if (other == nullptr) return {};
  return replaced(material, *site, other->text);
}

Change wrap_value(const Material& material, Random& random) {
  static constexpr const char* kForms[] = {
      "({0}) * {1}",        "({0}) + 0.02",       "({0}) - {1} * 0.01", "abs({0})",
      "1 - ({0})",          "sin({0})",           "min({0}, 0.8)",      "({0}) + (0.02, 0.01)",
      "mix({0}, {2}, 0.3)", "mix({0}, {3}, 0.4)", "max({0}, 0.2)",      "fract({0})"};
  const Site* site = pick(material, random, [&](const Site& s) { return is_value(material, s); });
  if (site == nullptr) return {};
  const std::string_view text = material.at(*site);
  const ReadableValue* other = alike(material, material.type_at(*site), text, random);
  return replaced(material, *site,
                  "(" +
                      fmt::format(fmt::runtime(random.pick(kForms)), text, decimal(0.7 + 0.5 * random.share()),
                                  other != nullptr ? std::string_view(other->text) : text, random_colour(random)) +
                      ")");
}

Change add_lens(const Material& material, Random& random) {
  static constexpr const char* kLenses[] = {
      "scale(0.9)",  "offset(0.03)",    "Slew(time: 120ms)", "Lag(time: 250ms)", "clamp(0.1, 0.8)", "invert()",
      "quantise(8)", "range(0.1, 0.7)", "Delay()",           "Slew(time: 60ms)", "scale(1.15)"};
  const Site* site = pick(material, random, [&](const Site& s) { return s.whole && is_value(material, s); });
  if (site == nullptr) return {};
  return replaced(material, *site, fmt::format("{} | {}", material.at(*site), random.pick(kLenses)));
}

}  // namespace oscilla::live
