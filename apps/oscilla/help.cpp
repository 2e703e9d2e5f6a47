#include "oscilla/help.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "oscilla/catalogue.hpp"
#include "oscilla/console.hpp"

namespace oscilla::cli {
namespace {

constexpr std::size_t kColumn = 26;

constexpr const char* kExamples = R"(examples:
  oscilla check spiral.oscilla                        every error and warning, with its place
  oscilla render spiral.oscilla -o spiral.png         the first frame
  oscilla render spiral.oscilla -o spiral.mp4 --frames 0:240
  oscilla probe spiral.oscilla pos --frame 30         the numbers behind a picture
  oscilla why spiral.oscilla pos[3] --frame 30        and what made one of them
  oscilla blocks Array                                one block's page
  oscilla help render                                 one verb's page

exit codes: 0 ok, 1 the patch has errors, 2 usage, 3 files, pipes or memory failed, 4 a replay diverged)";

/// CLI11's layout without its badges: one line of what it is, the usage, the options, then whatever the page adds.
class HelpLayout final : public CLI::Formatter {
 public:
  HelpLayout() {
    column_width(kColumn);
    label("Positionals", "arguments");
    label("Options", "options");
    label("Usage", "usage");
    label("OPTIONS", "OPTIONS");
    label("SUBCOMMAND", "VERB");
  }

  std::string make_description(const CLI::App* app) const override {
    return app->get_parent() ? fmt::format("oscilla {}: {}\n\n", app->get_name(), app->get_description())
                             : app->get_description() + "\n\n";
  }

  std::string make_subcommands(const CLI::App* app, CLI::AppFormatMode) const override {
    std::string text = "\nverbs:\n";
    for (const CLI::App* verb : app->get_subcommands({})) text += make_subcommand(verb);
    return app->get_parent() ? "" : text;
  }

  std::string make_option_opts(const CLI::Option* option) const override {
    const bool named = option->nonpositional();
    return named && option->get_type_size() != 0 && !option->get_type_name().empty() ? " " + option->get_type_name()
                                                                                     : "";
  }

  std::string make_option_desc(const CLI::Option* option) const override {
    const std::string variable = option->get_envname();
    return option->get_description() + (variable.empty() ? "" : fmt::format(" (or in {})", variable));
  }

  std::string make_group(std::string group, bool is_positional,
                         std::vector<const CLI::Option*> options) const override {
    std::string name = group == "Options" ? "options" : group;
    return CLI::Formatter::make_group(std::move(name), is_positional, std::move(options));
  }
};

ExitCode print(std::string_view text) {
  StandardOutput out;
  out.write(text);
  return out.finish();
}

std::string verb_names(const CLI::App& program) {
  std::string names;
  for (const CLI::App* verb : program.get_subcommands({})) {
    if (!names.empty()) names += ", ";
    names += verb->get_name();
  }
  return names;
}

/// What somebody who wrote `verb` might have meant, and all that there are.
std::string no_verb(const CLI::App& program, const std::string& verb) {
  std::vector<std::string_view> names;
  for (const CLI::App* each : program.get_subcommands({})) names.push_back(each->get_name());
  const std::string near = nearest_word(verb, names);
  return near.empty() ? fmt::format("there is no verb \"{}\"; the verbs are {}", verb, verb_names(program))
                      : fmt::format("there is no verb \"{}\"; did you mean \"{}\"?", verb, near);
}

/// The option of `verb` that is nearest to `option`, as it is written; empty if none is near.
std::string nearest_option(const CLI::App& verb, std::string_view option) {
  std::vector<std::string_view> names;
  for (const CLI::Option* each : verb.get_options())
    for (const std::string& name : each->get_lnames()) names.push_back(name);
  const std::string near = nearest_word(option.substr(std::min(option.find_first_not_of('-'), option.size())), names);
  return near.empty() ? near : "--" + near;
}

/// What is wrong with a line: as CLI11 says it, but for what people do most, in words of this program.
std::string usage_problem(const CLI::App& verb, const CLI::ParseError& error) {
  const std::string said = error.what();
  const auto is = [&](CLI::ExitCodes code) { return error.get_exit_code() == static_cast<int>(code); };
  if (is(CLI::ExitCodes::ArgumentMismatch) && said.find("At Most 1") != std::string::npos)
    return fmt::format("{} is given more than once", said.substr(0, said.find(':')));
  if (!is(CLI::ExitCodes::ExtrasError)) return said;
  const std::vector<std::string> extras = verb.remaining();
  const auto option = std::find_if(extras.begin(), extras.end(),
                                   [](const std::string& word) { return word.size() > 1 && word[0] == '-'; });
  if (option == extras.end())
    return extras.empty() ? said : fmt::format("\"{}\" is one argument too many", extras.front());
  const std::string name = option->substr(0, option->find('='));
  const std::string near = nearest_option(verb, name);
  return fmt::format("there is no option {}{}", name, near.empty() ? "" : fmt::format("; did you mean {}?", near));
}

ExitCode print_page(const CLI::App& program, const std::string& name) {
  if (name.empty()) return print(program.help());
  for (const CLI::App* verb : program.get_subcommands({})) {
    if (verb->get_name() == name) return print(verb->help("oscilla"));
  }
  complain(no_verb(program, name));
  return ExitCode::Usage;
}

}  // namespace

void describe_program(CLI::App& program) {
  program.name("oscilla");
  program.description("Oscilla " OSCILLA_VERSION ": procedural animation from patches");
  program.formatter(std::make_shared<HelpLayout>());
  program.set_help_flag("-h,--help", "this page");
  program.set_version_flag("--version", "oscilla " OSCILLA_VERSION, "the version");
  program.footer(kExamples);
  program.require_subcommand(0, 1);  // a file may be called like a verb
}

void declare_help(CLI::App& program, Action& action) {
  CLI::App* verb = program.add_subcommand("help", "a verb's page");
  auto name = std::make_shared<std::string>();
  verb->add_option("VERB", *name, "the verb; none: the overview");
  verb->callback([&program, &action, name] { action = [&program, name] { return print_page(program, *name); }; });
}

ExitCode print_answer(const CLI::App& program, const CLI::Error& request) {
  if (request.get_name() == "CallForVersion") return print(fmt::format("{}\n", request.what()));
  return print(program.help());
}

ExitCode print_usage_error(const CLI::App& program, const CLI::ParseError& error) {
  const auto verbs = program.get_subcommands();
  if (verbs.empty()) {
    const auto words = program.remaining();
    complain(words.empty() || words.front().starts_with('-') ? usage_problem(program, error)
                                                             : no_verb(program, words.front()));
    say("`oscilla --help` shows the verbs and examples\n");
  } else {
    const std::string& verb = verbs.front()->get_name();
    complain(fmt::format("{}: {}", verb, usage_problem(*verbs.front(), error)));
    say(fmt::format("`oscilla {} --help` shows its options and examples\n", verb));
  }
  return ExitCode::Usage;
}

ExitCode print_overview(const CLI::App& program) {
  say(program.help());
  return ExitCode::Usage;
}

}  // namespace oscilla::cli
