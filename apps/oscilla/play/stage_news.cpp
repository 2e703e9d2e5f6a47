// What the engine tells, and what is said and shown of it.
#include <string>
#include <utility>

#include <fmt/format.h>

#include "input/learn.hpp"
#include "oscilla/console.hpp"
#include "oscilla/listeners.hpp"
#include "oscilla/live_report.hpp"
#include "oscilla/patch_file.hpp"
#include "oscilla/play/stage.hpp"

namespace oscilla::cli::play {

void Stage::take(News& news) {
  if (const auto* edit = std::get_if<EditNews>(&news)) return take_edit(*edit);
  if (const auto* command = std::get_if<CommandNews>(&news)) return perform(command->command);
  if (const auto* mended = std::get_if<MendedNews>(&news)) {
    const std::string text = diagnostics_text(mended->list, mended->patch, Severity::Warning, false);
    say(diagnostics_text(mended->list, mended->patch, Severity::Warning, colour_on_error()));
    return notice(Notices::Tone::Bad, text.substr(0, text.find('\n')));
  }
  if (const auto* learned = std::get_if<LearnedNews>(&news)) {
    learning_.reset();
    if (learned->source.starts_with("key."))
      learned_keys_.insert(learned->source.substr(4, learned->source.rfind('.') - 4));
    take_program(program_);
    const std::string text = fmt::format("{} listens to {}; to keep it, write {} in the patch", learned->input,
                                         learned->source, input::port_of_source(learned->source));
    say(text + "\n");
    return notice(Notices::Tone::Good, text);
  }
  const auto& said = std::get<NoticeNews>(news);
  const bool trouble = said.kind == NoticeNews::Kind::Trouble;
  if (trouble) complain(said.sentence);
  if (!trouble) say(said.sentence + "\n");
  notice(trouble                               ? Notices::Tone::Bad
         : said.kind == NoticeNews::Kind::Good ? Notices::Tone::Good
                                               : Notices::Tone::Plain,
         said.sentence);
}

void Stage::take_edit(const EditNews& news) {
  inspector_.take(news);
  const SwapReport& report = news.report;
  if (report.outcome == SwapOutcome::Swapped || report.outcome == SwapOutcome::Restored) take_program(news.running);
  if (inspector_.is_own(news)) return;
  if (!news.patch) {
    if (report.outcome == SwapOutcome::Superseded) return;  // a newer wish to go back, whose report says where it went
    tell_return(report, false);
    return notice(report.why.empty() ? Notices::Tone::Plain : Notices::Tone::Bad, notice_text(report));
  }
  tell_swap(report, *news.patch, false);
  if (report.outcome == SwapOutcome::Superseded) return;
  diagnostics_.clear();
  if (report.outcome == SwapOutcome::Swapped) return notice(Notices::Tone::Good, notice_text(report));
  diagnostics_ = diagnostics_text(report.diagnostics, *news.patch, Severity::Warning, false);
  diagnostics_title_ = fmt::format("{} was saved with errors; the program before it runs on", options_.path);
}

/// Keys that its inputs listen to are its own.
void Stage::take_program(const Program& program) {
  program_ = program;
  patch_keys_ = learned_keys_;
  for (const input::Listener& listener : listeners_of(program)) {
    for (const std::string_view source : listener.sources) {
      if (!source.starts_with("key.")) continue;
      const std::string_view name = source.substr(4, source.rfind('.') - 4);
      if (name == "axis.wasd") patch_keys_.insert({"w", "a", "s", "d"});
      if (name == "axis.arrows") patch_keys_.insert({"left", "right", "up", "down"});
      patch_keys_.emplace(name);
    }
  }
}

}  // namespace oscilla::cli::play
