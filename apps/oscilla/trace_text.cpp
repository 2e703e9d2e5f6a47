#include "oscilla/trace_text.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "oscilla/json.hpp"
#include "oscilla/patch.hpp"

namespace oscilla::cli {
namespace {

constexpr const char* kColumns =
    "frame,tMs,kind,name,lane,key,value,lanes,min,max,mean,step,slot,expression,block,port,file,line,column\n";
/// What people see of a frame's steps and values in the viewer.
constexpr int kProcess = 1, kStepsThread = 1, kEventsThread = 2;

struct Place {
  std::string file;
  TextPosition at;
};

std::optional<Place> place_of(const TracedFrame& frame, const TraceRow& row) {
  if (row.span.empty()) return std::nullopt;
  const Patch patch = frame.program->patch();
  const Diagnostic where{
      .code = {}, .span = row.span, .target = {}, .message = {}, .hint = {}, .file = std::string(row.file)};
  return Place{std::string(patch.file_name_of(where)), text_position(patch.text_of(where), row.span.begin)};
}

bool is_summary(const TraceRow& row) { return row.kind != TraceKind::Event && row.count == 5; }

std::string cell_of(std::string_view text) {
  if (text.find_first_of(",\"\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

std::string number(const std::optional<std::uint32_t>& value) { return value ? std::to_string(*value) : std::string(); }

/// What is said of an entry: an event has a key, of a summary there is more than one number.
struct Entry {
  std::string key;
  double value = 0;
  std::optional<std::span<const double>> summary;  // lanes, first, min, max, mean
};

std::vector<Entry> entries_of(const Session& session, const TracedFrame& frame, const TraceRow& row) {
  const std::span<const double> numbers = frame.numbers_of(row);
  std::vector<Entry> entries;
  if (row.kind == TraceKind::Event) {
    for (const TracedEvent& event : session.events_of(frame, row)) entries.push_back({event.key, event.value, {}});
    return entries;
  }
  const bool summary = is_summary(row);
  entries.push_back({{}, numbers[summary ? 1 : 0], summary ? std::optional(numbers) : std::nullopt});
  return entries;
}

std::string csv(const Session& session, const TracedFrame& frame, const TraceRow& row) {
  std::string text, end;
  for (const Entry& entry : entries_of(session, frame, row)) {
    if (end.empty()) {
      end = fmt::format(",{},{},{},{},{}", number(row.step), number(row.slot),
                        row.expression == ~0u ? std::string() : std::to_string(row.expression), cell_of(row.block),
                        cell_of(row.port));
      const auto place = place_of(frame, row);
      end += place ? fmt::format(",{},{},{}\n", cell_of(place->file), place->at.line, place->at.column) : ",,,\n";
    }
    text += fmt::format("{},{},{},{},{},{},{}", frame.tick, frame.t_ms, name_of(row.kind), cell_of(row.name),
                        number(row.lane), cell_of(entry.key), entry.value);
    text += entry.summary ? fmt::format(",{},{},{},{}", (*entry.summary)[0], (*entry.summary)[2], (*entry.summary)[3],
                                        (*entry.summary)[4])
                          : ",,,,";
    text += end;
  }
  return text;
}

void add_row(Json& json, const TracedFrame& frame, const TraceRow& row) {
  const auto add = [&](const char* key, std::string_view text) {
    if (!text.empty()) json[key] = text;
  };
  if (row.step) json["step"] = *row.step;
  if (row.slot) json["slot"] = *row.slot;
  if (row.expression != ~0u) json["expression"] = row.expression;
  add("operation", row.operation);
  add("instance", row.instance);
  add("block", row.block);
  add("port", row.port);
  if (const auto place = place_of(frame, row)) {
    json["file"] = place->file;
    json["line"] = place->at.line;
    json["column"] = place->at.column;
  }
}

std::string jsonl(const Session& session, const TracedFrame& frame, const TraceRow& row) {
  std::string text;
  for (const Entry& entry : entries_of(session, frame, row)) {
    Json json = {
        {"frame", frame.tick}, {"tMs", json_number(frame.t_ms)}, {"kind", name_of(row.kind)}, {"name", row.name}};
    if (row.lane) json["lane"] = *row.lane;
    if (row.kind == TraceKind::Event) json["key"] = entry.key;
    json["value"] = json_number(entry.value);
    if (entry.summary) {
      json["lanes"] = json_number((*entry.summary)[0]);
      json["min"] = json_number((*entry.summary)[2]);
      json["max"] = json_number((*entry.summary)[3]);
      json["mean"] = json_number((*entry.summary)[4]);
    }
    add_row(json, frame, row);
    text += json_line(json) + "\n";
  }
  return text;
}

std::string event_line(Json event) { return json_line(event) + ",\n"; }

Json event_of(const char* phase, std::string_view name, double at_us, int thread) {
  return {{"ph", phase}, {"name", name}, {"ts", at_us}, {"pid", kProcess}, {"tid", thread}};
}

/// A row's numbers as counters: what is no number has none.
std::string counter(const TracedFrame& frame, const TraceRow& row, double at_us) {
  const std::span<const double> numbers = frame.numbers_of(row);
  Json args = Json::object();
  const auto add = [&](const char* name, double value) {
    if (std::isfinite(value)) args[name] = value;
  };
  if (is_summary(row)) {
    add("first", numbers[1]);
    add("min", numbers[2]);
    add("max", numbers[3]);
    add("mean", numbers[4]);
  } else {
    add("value", numbers[0]);
  }
  if (args.empty()) return {};
  Json event = event_of("C", fmt::format("{} {}", name_of(row.kind), row.name), at_us, 0);
  event["args"] = std::move(args);
  return event_line(std::move(event));
}

}  // namespace

std::string TraceWriter::begin() const {
  if (format_ == TraceFormat::Csv) return kColumns;
  if (format_ == TraceFormat::Jsonl) return {};
  std::string text = "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n";
  const auto named = [&](const char* what, int thread, std::string_view name) {
    text += event_line({{"ph", "M"}, {"name", what}, {"pid", kProcess}, {"tid", thread}, {"args", {{"name", name}}}});
  };
  named("process_name", 0, "oscilla");
  named("thread_name", kStepsThread, "steps");
  named("thread_name", kEventsThread, "events");
  return text;
}

std::string TraceWriter::frame(const Session& session, const TracedFrame& frame) {
  rows_ += frame.rows.size();
  if (format_ == TraceFormat::Perfetto) return perfetto(session, frame);
  std::string text;
  if (format_ == TraceFormat::Jsonl && frame.first_of_program)
    text += json_line({{"frame", frame.tick},
                       {"tMs", json_number(frame.t_ms)},
                       {"kind", "program"},
                       {"name", frame.program->patch().file_name()}}) +
            "\n";
  for (const TraceRow& row : frame.rows)
    text += format_ == TraceFormat::Csv ? csv(session, frame, row) : jsonl(session, frame, row);
  return text;
}

std::string TraceWriter::perfetto(const Session& session, const TracedFrame& frame) {
  const double at_us = std::max(frame.t_ms * 1000, busy_until_us_);
  std::string text;
  if (frame.first_of_program) {
    Json event = event_of(
        "i", fmt::format("{} {}", frame.program->patch().file_name(), frame.tick == 0 ? "begins" : "takes over"), at_us,
        kEventsThread);
    event["s"] = "g";
    text += event_line(std::move(event));
  }
  double work_us = 0;
  for (const double took : frame.step_nanoseconds) work_us += took / 1000;
  Json whole = event_of("X", fmt::format("frame {}", frame.tick), at_us, kStepsThread);
  whole["dur"] = work_us;
  text += event_line(std::move(whole));
  double step_us = at_us;
  for (std::size_t step = 0; step < frame.steps.size(); ++step) {
    Json event = event_of("X", frame.steps[step], step_us, kStepsThread);
    event["dur"] = frame.step_nanoseconds[step] / 1000;
    event["args"] = {{"step", step}};
    text += event_line(std::move(event));
    step_us += frame.step_nanoseconds[step] / 1000;
  }
  busy_until_us_ = std::max(step_us, at_us);
  for (const TraceRow& row : frame.rows) {
    if (row.kind != TraceKind::Event) {
      text += counter(frame, row, at_us);
      continue;
    }
    for (const TracedEvent& happened : session.events_of(frame, row)) {
      Json event = event_of("i", fmt::format("{}: {}", row.name, happened.key), at_us, kEventsThread);
      event["s"] = "t";
      event["args"] = {{"value", json_number(happened.value)}};
      text += event_line(std::move(event));
    }
  }
  return text;
}

std::string TraceWriter::end() const {
  if (format_ != TraceFormat::Perfetto) return {};
  // Each event before has its comma.
  return json_line({{"ph", "M"}, {"name", "process_sort_index"}, {"pid", kProcess}, {"args", {{"sort_index", 0}}}}) +
         "\n]}\n";
}

}  // namespace oscilla::cli
