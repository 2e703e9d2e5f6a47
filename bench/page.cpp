#include "page.hpp"

#include <cstdio>
#include <utility>

#include <fmt/format.h>

#include "scene.hpp"

namespace oscilla::bench {
namespace {

constexpr std::string_view kBegin = "<!-- figures: scripts/bench -->\n";
constexpr std::string_view kEnd = "<!-- end of figures -->\n";
constexpr std::string_view kHeading = "\n### ";

struct Section {
  std::string title;
  std::string text;  // with its heading
};

std::vector<Section> sections_of(const std::string& text) {
  std::vector<Section> sections;
  std::size_t begin = text.find(kHeading);
  while (begin != std::string::npos) {
    const std::size_t next = text.find(kHeading, begin + 1);
    const std::size_t title = begin + kHeading.size();
    sections.push_back({text.substr(title, text.find('\n', title) - title), text.substr(begin, next - begin)});
    begin = next;
  }
  return sections;
}

/// The row of an earlier table that is about this promise; empty if there was none.
std::string row_of(const std::string& earlier, const std::string& name) {
  const std::size_t begin = earlier.find("| " + name + " | ");
  if (begin == std::string::npos) return {};
  return earlier.substr(begin, earlier.find('\n', begin) - begin + 1);
}

std::string promises_of(const Report& report, const std::string& earlier) {
  std::string out = "| ratio of medians, the worst of its rows below | must | aim | measured | | what limits it |\n";
  out += "| --- | --- | --- | --- | --- | --- |\n";
  for (const PromiseRow& promise : report.promise_rows())
    out += promise.row.empty() ? row_of(earlier, promise.name) : promise.row;
  return out;
}

std::string read_page(const std::string& path) {
  std::string page;
  if (std::FILE* file = std::fopen(path.c_str(), "rb")) {
    page.resize(1 << 20);
    page.resize(std::fread(page.data(), 1, page.size(), file));
    std::fclose(file);
  }
  return page;
}

}  // namespace

std::string figures_of(const std::string& machine, const Report& report, const std::string& earlier) {
  std::vector<Section> sections = sections_of(earlier);
  for (Section& now : sections_of(report.text())) {
    bool known = false;
    for (Section& section : sections) {
      if (section.title != now.title) continue;
      section.text = now.text;
      known = true;
    }
    if (!known) sections.push_back(std::move(now));
  }
  std::string out = fmt::format("{}\n\n{}", machine, promises_of(report, earlier));
  for (const Section& section : sections) out += section.text;
  return out;
}

void write_figures(const std::string& path, const std::string& machine, const Report& report) {
  std::string page = read_page(path);
  const std::size_t begin = page.find(kBegin), end = page.find(kEnd);
  if (begin == std::string::npos || end == std::string::npos || end < begin) fail(path + " has no place for figures");
  const std::size_t first = begin + kBegin.size();
  page.replace(first, end - first, figures_of(machine, report, page.substr(first, end - first)));
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr || std::fwrite(page.data(), 1, page.size(), file) != page.size() || std::fclose(file) != 0)
    fail("cannot write " + path);
}

}  // namespace oscilla::bench
