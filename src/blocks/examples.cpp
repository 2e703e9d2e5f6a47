#include "blocks/examples.hpp"

namespace oscilla::blocks {
namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Whether `text` has `name(` as a whole name.
bool calls(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if (end < text.size() && text[end] == '(' && (at == 0 || !is_name_character(text[at - 1]))) return true;
  }
  return false;
}

}  // namespace

std::string_view example_of(std::string_view name) {
  for (const Example& example : examples())
    if (example.name == name) return example.text;
  for (const Example& example : examples())
    if (calls(example.text, name)) return example.text;
  return {};
}

}  // namespace oscilla::blocks
