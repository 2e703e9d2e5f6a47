// The rows of the catalogue are consistent with each other and with the language.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>

#include "bench.hpp"

namespace oscilla::blocks {
namespace {

bool is_name(std::string_view name, bool upper) {
  if (name.empty() || name.size() > 64) return false;
  if ((std::isupper(static_cast<unsigned char>(name[0])) != 0) != upper) return false;
  for (const char c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '_') return false;
  }
  return std::isalpha(static_cast<unsigned char>(name[0])) != 0;
}

bool is_input_name(std::string_view name) {
  return is_name(name, false) && name != "true" && name != "false" && name != "was";
}

bool ends_with_unit(std::string_view name) {
  for (const std::string_view unit : {"Ms", "Seconds", "Deg", "Degrees", "Rad", "Radians", "Hz"}) {
    if (name.ends_with(unit)) return true;
  }
  return false;
}

TEST(Catalogue, NamesFollowTheLanguageAndAreUnique) {
  std::set<std::string> seen;
  for (const Row& row : rows()) {
    const bool is_function = row.category == Category::Function;
    EXPECT_TRUE(is_name(row.name, !is_function)) << row.name;
    std::string key(row.name);
    if (is_function) key += "/" + std::to_string(row.ports.size());
    EXPECT_TRUE(seen.insert(key).second) << key;
    if (is_function) {
      EXPECT_FALSE(kernels::find_op(row.name)) << row.name << " is an op already";
    }
  }
}

TEST(Catalogue, PortsAndOutputsAreNamedOnceAndWithoutUnits) {
  for (const Row& row : rows()) {
    std::set<std::string_view> ports;
    for (const Port& port : row.ports) {
      EXPECT_TRUE(is_input_name(port.name)) << row.name << "." << port.name;
      const bool is_rail = row.form == Form::Time && port.name == "tMs";  // named as the output that it replaces
      EXPECT_TRUE(is_rail || !ends_with_unit(port.name)) << row.name << "." << port.name;
      EXPECT_TRUE(ports.insert(port.name).second) << row.name << "." << port.name;
    }
    std::set<std::string_view> outputs;
    for (const Output& output : row.outputs) {
      EXPECT_TRUE(is_input_name(output.name)) << row.name << "." << output.name;
      EXPECT_TRUE(!ends_with_unit(output.name) || output.name == "tMs") << row.name << "." << output.name;
      EXPECT_TRUE(outputs.insert(output.name).second) << row.name << "." << output.name;
    }
  }
}

TEST(Catalogue, EverythingIsDocumented) {
  for (const Row& row : rows()) {
    EXPECT_TRUE(row.doc.ends_with('.')) << row.name;
    EXPECT_NE(row.lower, nullptr) << row.name;
    for (const Port& port : row.ports)
      EXPECT_FALSE(port.doc.empty() || port.doc.ends_with('.')) << row.name << port.name;
    for (const Output& output : row.outputs) {
      EXPECT_FALSE(output.doc.empty() || output.doc.ends_with('.')) << row.name << output.name;
    }
  }
}

TEST(Catalogue, WhatMustBeGivenComesFirst) {
  for (const Row& row : rows()) {
    bool optional = false;
    for (const Port& port : row.ports) {
      const bool required = port.fallback.kind == Fallback::Kind::Required;
      EXPECT_FALSE(required && optional) << row.name << "." << port.name;
      optional = optional || !required;
    }
  }
}

TEST(Catalogue, DefaultsOfSettingsAreInRange) {
  for (const Row& row : rows()) {
    for (const Port& port : row.ports) {
      EXPECT_LE(port.minimum, port.maximum) << row.name << "." << port.name;
      if (port.fallback.kind != Fallback::Kind::Number) continue;
      EXPECT_GE(port.fallback.value[0], port.minimum) << row.name << "." << port.name;
      EXPECT_LE(port.fallback.value[0], port.maximum) << row.name << "." << port.name;
    }
  }
}

TEST(Catalogue, WordsAreNamesOfSettingsThatFoldToTheirNumber) {
  for (const Row& row : rows()) {
    for (const Port& port : row.ports) {
      if (port.words.empty()) continue;
      EXPECT_EQ(port.lanes, Lanes::Setting) << row.name << "." << port.name;
      EXPECT_EQ(port.type, PortType::Int) << row.name << "." << port.name;
      EXPECT_EQ(port.maximum, static_cast<double>(port.words.size() - 1)) << row.name << "." << port.name;
      std::set<std::string_view> seen;
      for (const std::string_view word : port.words) {
        EXPECT_TRUE(is_name(word, false)) << word;
        EXPECT_TRUE(seen.insert(word).second) << word;
      }
    }
  }
}

TEST(Catalogue, FormsHaveTheOutputsThatTheyPromise) {
  std::size_t time_roots = 0;
  for (const Row& row : rows()) {
    EXPECT_EQ(row.outputs.empty(), row.form == Form::Render || row.form == Form::Camera || row.form == Form::Picture)
        << row.name;
    EXPECT_TRUE(row.category != Category::State || row.form == Form::State) << row.name;
    EXPECT_TRUE(row.form != Form::State || row.category == Category::State || row.category == Category::Event)
        << row.name;
    EXPECT_TRUE(!row.delays || row.form == Form::State) << row.name;
    if (row.form == Form::Time) ++time_roots;
    const auto takes = [&](PortType type) {
      return std::any_of(row.ports.begin(), row.ports.end(), [&](const Port& port) { return port.type == type; });
    };
    for (const Output& output : row.outputs) {
      const bool follows = output.type == PortType::T || output.type == PortType::AnyT;
      EXPECT_TRUE(!follows || takes(output.type)) << row.name;
    }
    if (row.form != Form::State) continue;
    const auto initial =
        std::find_if(row.ports.begin(), row.ports.end(), [](const Port& port) { return port.name == "initial"; });
    ASSERT_NE(initial, row.ports.end()) << row.name;
    EXPECT_EQ(initial->lanes, Lanes::Any) << row.name;
    EXPECT_EQ(initial->type, row.outputs[0].type) << row.name;
  }
  EXPECT_EQ(time_roots, 1u);
}

TEST(Catalogue, FindsKindsAndFunctions) {
  for (const Row& row : rows()) {
    if (row.category == Category::Function) {
      EXPECT_EQ(find_function(row.name, row.ports.size()), &row) << row.name;
      EXPECT_EQ(find_kind(row.name), nullptr) << row.name;
    } else {
      EXPECT_EQ(find_kind(row.name), &row) << row.name;
      EXPECT_EQ(find_function(row.name, row.ports.size()), nullptr) << row.name;
    }
  }
  EXPECT_EQ(find_kind("Elipse"), nullptr);
  EXPECT_EQ(find_function("vec3", 2)->ports[0].name, "xy");
  EXPECT_EQ(find_function("vec3", 3)->ports[0].name, "x");
  EXPECT_EQ(find_function("hsv", 1)->name, "hsv");
}

Value sample_of(Bench& bench, PortType type) {
  switch (type) {
    case PortType::Vec2:
    case PortType::Position: return bench.vec2(0.25, 0.5);
    case PortType::Vec3: return bench.vec3(0.25, 0.5, 0.75);
    case PortType::Color: return bench.color(1, 0.5, 0.25, 1);
    case PortType::Shape: return bench.lower("Ellipse")[0];
    case PortType::Event: return bench.event();
    default: return bench.lane();
  }
}

TEST(Catalogue, EveryRowSetsEveryPlaneOfItsOutputs) {
  for (const Row& row : rows()) {
    Bench bench;
    Bench::Given given;
    Bench::Words words;
    Bench::Lists lists;
    for (const Port& port : row.ports) {
      if (port.fallback.kind != Fallback::Kind::Required) continue;
      if (port.type == PortType::Text) {
        words[port.name] = "M0 0L1 0L1 1Z";
        continue;
      }
      if (port.list) {
        lists[port.name] = {sample_of(bench, port.type), sample_of(bench, port.type)};
        continue;
      }
      given[port.name] = sample_of(bench, port.type);
      if (port.lanes == Lanes::Field || port.lanes == Lanes::Whole)
        given[port.name] = bench.over_lanes(given[port.name]);
    }
    if (repeats(row)) given[row.ports[0].name].type.instance = bench.add_instance();
    for (const Value& output : bench.lower(row, given, words, lists)) {
      EXPECT_EQ(output.type.payload == ir::Payload::Shape, output.shape.valid()) << row.name;
      for (std::uint8_t i = 0; i < output.components(); ++i) {
        ASSERT_TRUE(output.planes[i].valid()) << row.name;
        EXPECT_TRUE(std::isfinite(bench.value_of(output, i, 1))) << row.name;
      }
    }
    EXPECT_TRUE(bench.problems.empty()) << row.name;
  }
}

}  // namespace
}  // namespace oscilla::blocks
