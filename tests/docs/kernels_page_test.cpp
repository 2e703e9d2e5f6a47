// docs/kernels.md against the op table: the table at its end is written by this test (OSCILLA_UPDATE=1; else compared),
// and whatever its upper part names as being here must be here.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "kernels/op_table.hpp"
#include "oscilla/catalogue.hpp"

namespace oscilla {
namespace {

using kernels::OpRow;

constexpr const char* kPage = OSCILLA_SOURCE_DIR "/docs/kernels.md";
constexpr std::string_view kTableHead = "| op | layer | purity | meaning | formula |\n|---|---|---|---|---|\n";

std::string_view name_of(kernels::Layer layer) {
  switch (layer) {
    case kernels::Layer::Opcode: return "opcode";
    case kernels::Layer::SignalKernel: return "signal";
    case kernels::Layer::FieldKernel: return "field";
  }
  return "";
}

std::string_view name_of(kernels::Purity purity) {
  switch (purity) {
    case kernels::Purity::Pure: return "pure";
    case kernels::Purity::OfLane: return "of the lane";
    case kernels::Purity::OfMemory: return "of what was stored";
    case kernels::Purity::Divides: return "pure; reports x / 0";
  }
  return "";
}

/// A bar would end the table's cell.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '|' ? "\\|" : std::string(1, c);
  return out;
}

std::string make_table() {
  std::string table(kTableHead);
  for (const OpRow& row : kernels::op_rows()) {
    const std::string called = row.callable() ? "(" + std::string(row.parameters) + ")" : "";
    table += "| `" + std::string(row.name) + called + "` | " + std::string(name_of(row.layer)) + " | " +
             std::string(name_of(row.purity)) + " | " + cell(row.doc) + " | " + cell(row.source) + " |\n";
  }
  return table;
}

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

std::string read_page() {
  const File file(std::fopen(kPage, "rb"), std::fclose);
  std::string text;
  for (int c = 0; file && (c = std::fgetc(file.get())) != EOF;) text += static_cast<char>(c);
  return text;
}

TEST(KernelsPage, IsWhatTheTableSays) {
  const std::string page = read_page();
  const std::string written = page.substr(0, page.find(kTableHead));
  ASSERT_NE(written, "");
  if (std::getenv("OSCILLA_UPDATE") != nullptr) {
    const std::string text = written + make_table();
    const File file(std::fopen(kPage, "wb"), std::fclose);
    ASSERT_TRUE(file);
    ASSERT_EQ(std::fwrite(text.data(), 1, text.size(), file.get()), text.size());
  } else {
    EXPECT_EQ(page, written + make_table()) << "scripts/docs rewrites the page";
  }
}

bool is_here(const std::string& name) {
  if (name.starts_with('.') || name == "z") return true;  // members, a port
  for (const OpRow& row : kernels::op_rows())
    if (row.name == name) return true;
  const std::vector<BlockInfo> blocks = catalogue();
  return std::any_of(blocks.begin(), blocks.end(), [&](const BlockInfo& block) { return block.name == name; });
}

TEST(KernelsPage, WhatItSaysIsHereIsHere) {
  const std::string text = read_page();
  std::string_view page = std::string_view(text).substr(0, text.find(kTableHead));
  page = page.substr(std::min(page.find("| reference |"), page.size()));
  int names = 0;
  while (!page.empty()) {
    const std::string_view line = page.substr(0, page.find('\n'));
    page.remove_prefix(std::min(line.size() + 1, page.size()));
    if (!line.starts_with("| ")) continue;
    std::string_view here = line.substr(std::min(line.find(" | "), line.size()));
    here = here.substr(0, here.find(" | ", 3));
    for (std::size_t open; (open = here.find('`')) != here.npos; ++names) {
      here.remove_prefix(open + 1);
      const std::string name(here.substr(0, here.find('`')));
      here.remove_prefix(std::min(name.size() + 1, here.size()));
      EXPECT_TRUE(is_here(name)) << name;
    }
  }
  EXPECT_GT(names, 100);
}

}  // namespace
}  // namespace oscilla
