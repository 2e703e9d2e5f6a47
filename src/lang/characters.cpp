#include "lang/characters.hpp"

#include <algorithm>
#include <cstdint>

namespace oscilla::lang {
namespace {

struct LookAlike {
  char32_t from;
  const char* to;
};

constexpr LookAlike kLookAlikes[] = {
    {0x00A0, " "},  {0x00AB, "\""},   {0x00B0, "deg"}, {0x00B4, "\""},    {0x00B7, "*"},    {0x00BB, "\""},
    {0x00D7, "*"},  {0x00DF, "ss"},   {0x00F7, "/"},   {0x03B1, "alpha"}, {0x03B2, "beta"}, {0x03B8, "theta"},
    {0x03C0, "pi"}, {0x03C4, "tau"},  {0x03C6, "phi"}, {0x0391, "A"},     {0x0392, "B"},    {0x0395, "E"},
    {0x039F, "O"},  {0x03BF, "o"},    {0x0410, "A"},   {0x0412, "B"},     {0x0415, "E"},    {0x041A, "K"},
    {0x041C, "M"},  {0x041D, "H"},    {0x041E, "O"},   {0x0420, "P"},     {0x0421, "C"},    {0x0422, "T"},
    {0x0425, "X"},  {0x0430, "a"},    {0x0435, "e"},   {0x043E, "o"},     {0x0440, "p"},    {0x0441, "c"},
    {0x0443, "y"},  {0x0445, "x"},    {0x0456, "i"},   {0x200B, " "},     {0x2010, "-"},    {0x2011, "-"},
    {0x2012, "-"},  {0x2013, "-"},    {0x2014, "-"},   {0x2018, "\""},    {0x2019, "\""},   {0x201A, "\""},
    {0x201C, "\""}, {0x201D, "\""},   {0x201E, "\""},  {0x2028, " "},     {0x2029, " "},    {0x202F, " "},
    {0x2044, "/"},  {0x205F, " "},    {0x2190, "<-"},  {0x2192, "->"},    {0x2212, "-"},    {0x2215, "/"},
    {0x2217, "*"},  {0x221A, "sqrt"}, {0x2223, "|"},   {0x2227, "&&"},    {0x2228, "||"},   {0x2236, ":"},
    {0x2260, "!="}, {0x2264, "<="},   {0x2265, ">="},  {0x22C5, "*"},     {0x3000, " "},    {0xFEFF, " "},
};

// The base letters of U+00C0 to U+00FF.
constexpr std::string_view kLatinBase = "AAAAAAACEEEEIIIIDNOOOOO*OUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty";

bool between(char32_t c, char32_t low, char32_t high) { return c >= low && c <= high; }

}  // namespace

CodePoint decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return {};
  char32_t value = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0u) != 0x80u) return {};
    value = (value << 6) | (byte(at + i) & 0x3Fu);
  }
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (value < kSmallest[length] || value > 0x10FFFF || between(value, 0xD800, 0xDFFF)) return {};
  return {value, length};
}

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) at += std::max<std::size_t>(decode(text, at).length, 1);
  return count;
}

bool is_control(char32_t c) { return (c < 0x20 && c != '\t') || between(c, 0x7F, 0x9F); }

std::string ascii_spelling(char32_t c) {
  for (const LookAlike& row : kLookAlikes)
    if (row.from == c) return row.to;
  if (between(c, 0xC0, 0xFF)) return std::string(1, kLatinBase[c - 0xC0]);
  if (between(c, 0x2000, 0x200A)) return " ";
  if (between(c, 0xFF01, 0xFF5E)) return std::string(1, static_cast<char>(c - 0xFEE0));
  return {};
}

bool is_word_character(char32_t c) {
  if (c < 0x80) return is_name_part(static_cast<char>(c));
  const std::string spelling = ascii_spelling(c);
  if (!spelling.empty()) return is_name_part(spelling[0]) && c != 0x00B0 && c != 0x221A;
  return c >= 0xC0 && !between(c, 0x2000, 0x2BFF) && !between(c, 0x3001, 0x303F) && !between(c, 0xE000, 0xF8FF) &&
         !between(c, 0xFE00, 0xFE6F) && c < 0x1F000;
}

}  // namespace oscilla::lang
