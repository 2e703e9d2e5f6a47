#include "oscilla/schema.hpp"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace oscilla::cli {
namespace {

constexpr const char* kName = "^[a-z_][A-Za-z0-9_]*$";
constexpr const char* kKind = "^[A-Z][A-Za-z0-9_]*$";
constexpr const char* kWord = "^[A-Za-z_][A-Za-z0-9_]*$";
constexpr const char* kPlace = "^[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*$";

Json pattern(const char* expression) { return {{"type", "string"}, {"pattern", expression}}; }
Json reference(const std::string& name) { return {{"$ref", "#/$defs/" + name}}; }
Json array_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }
Json flag() { return {{"const", true}}; }

/// An object of these members and no others. The first `required` of them must be there.
Json object(std::initializer_list<std::pair<const char*, Json>> members, std::size_t required) {
  Json properties = Json::object();
  Json needed = Json::array();
  for (const auto& [name, schema] : members) {
    if (needed.size() < required) needed.push_back(name);
    properties[name] = schema;
  }
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", std::move(needed)},
          {"additionalProperties", false}};
}

/// What may be said of an item of a bracket, and of a bracket.
void add_layout_of_item(Json& schema) {
  schema["properties"]["above"] = array_of(reference("comment"));
  schema["properties"]["behind"] = reference("comment");
}
void add_layout_of_bracket(Json& schema) {
  schema["properties"]["lines"] = flag();
  schema["properties"]["comma"] = flag();
  schema["properties"]["behindOpen"] = reference("comment");
  schema["properties"]["aboveClose"] = array_of(reference("comment"));
}
void add_layout_of_statement(Json& schema) {
  schema["properties"]["blank"] = flag();
  schema["properties"]["behind"] = reference("comment");
}

Json any_of(std::initializer_list<Json> schemas) {
  Json list = Json::array();
  for (const Json& schema : schemas) list.push_back(schema);
  return {{"oneOf", std::move(list)}};
}

Json item_schema() {
  Json item = object({{"value", reference("expression")}}, 1);
  add_layout_of_item(item);
  return item;
}

Json argument_schema() {
  Json value = object({{"value", reference("expression")}, {"name", pattern(kName)}}, 1);
  Json was = object({{"was", pattern(kPlace)}}, 1);
  add_layout_of_item(value);
  add_layout_of_item(was);
  return any_of({value, was});
}

/// What the calls of one name take; several functions may have one name.
Json ports_of(const std::vector<const BlockInfo*>& blocks) {
  Json names = Json::array();
  std::string doc;
  for (const BlockInfo* block : blocks) {
    doc += (doc.empty() ? "" : " / ") + block->doc;
    for (const PortInfo& port : block->inputs)
      if (std::find(names.begin(), names.end(), port.name) == names.end()) names.push_back(port.name);
  }
  Json name = names.empty() ? Json(false) : Json{{"enum", std::move(names)}};
  return {{"description", std::move(doc)},
          {"properties", {{"arguments", array_of({{"properties", {{"name", std::move(name)}}}})}}}};
}

Json call_schema(const std::vector<BlockInfo>& blocks) {
  std::map<std::string, std::vector<const BlockInfo*>> by_name;
  for (const BlockInfo& block : blocks) by_name[block.name].push_back(&block);
  Json call = object({{"call", pattern(kWord)}, {"arguments", array_of(reference("argument"))}}, 2);
  add_layout_of_bracket(call);
  Json takes = Json::array();
  for (const auto& [name, infos] : by_name)
    takes.push_back({{"if", {{"properties", {{"call", {{"const", name}}}}}}}, {"then", ports_of(infos)}});
  call["allOf"] = std::move(takes);
  return call;
}

Json expression_schema() {
  const Json expression = reference("expression");
  const Json binary = {{"enum", {"||", "&&", "<", "<=", ">", ">=", "==", "!=", "+", "-", "*", "/", "%"}}};
  Json list = object({{"list", array_of(reference("item"))}}, 1);
  add_layout_of_bracket(list);
  Json components = array_of(expression);
  components["minItems"] = 2;
  components["maxItems"] = 3;
  return any_of({
      reference("number"),
      object({{"color", pattern("^#([0-9a-fA-F]{6}|[0-9a-fA-F]{8})$")}}, 1),
      object({{"string", {{"type", "string"}}}}, 1),
      object({{"bool", {{"type", "boolean"}}}}, 1),
      object({{"name", pattern(kName)}}, 1),
      reference("call"),
      object({{"group", expression}}, 1),
      object({{"vector", components}}, 1),
      list,
      object({{"member", pattern(kName)}, {"of", expression}}, 2),
      object({{"unary", {{"enum", {"-", "+", "!"}}}}, {"of", expression}}, 2),
      object({{"binary", binary}, {"left", expression}, {"right", expression}}, 3),
      object({{"if", expression}, {"then", expression}, {"else", expression}}, 3),
      object({{"pipe", expression}, {"into", reference("call")}}, 2),
  });
}

Json number_schema() {
  const Json units = {{"enum", {"ms", "s", "min", "deg", "rad", "turn"}}};
  return object({{"number", {{"type", "number"}, {"minimum", 0}}}, {"unit", units}, {"text", {{"type", "string"}}}}, 1);
}

Json definition_schema() {
  Json definition = object({{"name", pattern(kName)}, {"value", reference("expression")}}, 2);
  add_layout_of_statement(definition);
  return definition;
}

Json comment_line_schema() { return object({{"comment", reference("comment")}, {"blank", flag()}}, 1); }

Json define_schema() {
  Json parameter =
      object({{"name", pattern(kName)}, {"type", pattern(kName)}, {"default", reference("expression")}}, 2);
  add_layout_of_item(parameter);
  Json define = object({{"define", pattern(kKind)},
                        {"parameters", array_of(parameter)},
                        {"outputs", array_of(pattern(kName))},
                        {"body", array_of(any_of({reference("definition"), comment_line_schema()}))},
                        {"behindHead", reference("comment")}},
                       4);
  add_layout_of_bracket(define);
  add_layout_of_statement(define);
  return define;
}

Json statement_schema() {
  Json version = object({{"oscilla", {{"type", "integer"}, {"minimum", 1}}}}, 1);
  const Json setting =
      object({{"name", pattern(kName)}, {"value", reference("expression")}, {"divisor", reference("number")}}, 2);
  Json canvas = object({{"canvas", pattern("^[0-9]+x[0-9]+$")}, {"settings", array_of(setting)}}, 1);
  Json seed = object({{"seed", reference("number")}}, 1);
  Json use = object({{"use", {{"type", "string"}}}}, 1);
  Json input = object({{"input", pattern(kName)}, {"value", reference("call")}}, 2);
  for (Json* schema : {&version, &canvas, &seed, &use, &input}) add_layout_of_statement(*schema);
  const Json unreadable = object({{"text", {{"type", "string"}}}, {"blank", flag()}, {"rest", flag()}}, 1);
  return any_of({version, canvas, seed, use, input, reference("define"), reference("definition"), comment_line_schema(),
                 unreadable});
}

}  // namespace

Json patch_schema(const std::vector<BlockInfo>& blocks) {
  const Json definitions = {
      {"comment", pattern("^#[^\\n]*$")},  {"number", number_schema()},   {"item", item_schema()},
      {"argument", argument_schema()},     {"call", call_schema(blocks)}, {"expression", expression_schema()},
      {"definition", definition_schema()}, {"define", define_schema()},   {"statement", statement_schema()},
  };
  Json schema = object({{"format", {{"const", "oscilla patch"}}},
                        {"formatVersion", {{"const", 1}}},
                        {"statements", array_of(reference("statement"))}},
                       3);
  schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
  schema["title"] = "An Oscilla patch as JSON";
  schema["$defs"] = definitions;
  return schema;
}

}  // namespace oscilla::cli
