#include "live/player.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "live/session_door.hpp"

namespace oscilla::live {
namespace {

const RecordedFile* find_file(const RecordedPatch& patch, std::string_view path, std::string_view user, bool is_text) {
  for (const RecordedFile& file : patch.files)
    if (file.path == path && file.user == user && (file.kind == RecordedFile::Kind::Text) == is_text) return &file;
  return nullptr;
}

Hash128 content_of(const AssetFile& file) {
  const auto& content = file.mesh ? file.mesh->content : file.drawing->content;
  return {content[0], content[1]};
}

ReplayProblem missing(const RecordedFile& file) {
  return {ReplayProblem::Kind::MissingFile,
          fmt::format("{} is not in the recording, because it is too large, and it is not here", file.name)};
}

ReplayProblem changed(const RecordedFile& file) {
  return {ReplayProblem::Kind::ChangedFile, fmt::format("{} is not what it was when this was recorded", file.name)};
}

/// Makes the patch that ran: its files are those of the recording, and those that it only names are found and compared.
class PatchMaker {
 public:
  PatchMaker(const RecordedPatch& patch, const PlayerOptions& options) : patch_(patch), options_(options) {}

  std::expected<Patch, ReplayProblem> make() {
    Patch patch = Patch::parse(
        patch_.text, patch_.name, [this](std::string_view path, std::string_view user) { return source(path, user); },
        [this](std::string_view path, std::string_view user) { return asset(path, user); });
    if (problem_) return std::unexpected(std::move(*problem_));
    return patch;
  }

 private:
  void note(ReplayProblem problem) {
    if (!problem_) problem_ = std::move(problem);
  }

  std::optional<SourceText> source(std::string_view path, std::string_view user) {
    const RecordedFile* file = find_file(patch_, path, user, true);
    if (file == nullptr) return std::nullopt;
    if (file->text) return SourceText{file->name, *file->text};
    auto found = options_.read ? options_.read(path, user) : std::nullopt;
    if (!found) return note(missing(*file)), std::nullopt;
    if (hash128(std::as_bytes(std::span(found->text.data(), found->text.size()))) != file->content)
      return note(changed(*file)), std::nullopt;
    found->name = file->name;
    return found;
  }

  AssetFile asset(std::string_view path, std::string_view user) {
    const RecordedFile* file = find_file(patch_, path, user, false);
    if (file == nullptr) return {std::string(path), nullptr, {"the recording has no file of this name", ""}, nullptr};
    if (file->mesh || file->drawing) return {file->name, file->mesh, {}, file->drawing};
    AssetFile found = options_.read_asset ? options_.read_asset(path, user) : AssetFile{};
    if (!found.read())
      note(missing(*file));
    else if (content_of(found) != file->content)
      note(changed(*file));
    found.name = file->name;
    return found;
  }

  const RecordedPatch& patch_;
  const PlayerOptions& options_;
  std::optional<ReplayProblem> problem_;
};

}  // namespace

Player::Player(const Performance& performance, PlayerOptions options)
    : performance_(performance), options_(std::move(options)) {
  for (const RecordedAction& action : performance_.actions)
    if (action.kind == RecordedAction::Kind::Restore) wanted_.insert(action.tick + 1);
}

std::optional<Patch> Player::patch(std::uint32_t number) {
  auto made = PatchMaker(performance_.patches[number], options_).make();
  if (made) return std::move(*made);
  problem_ = std::move(made.error());
  return std::nullopt;
}

void Player::refuse(std::string_view name, std::vector<Diagnostic> diagnostics) {
  problem_ = ReplayProblem{ReplayProblem::Kind::Patch,
                           fmt::format("{} ran when this was recorded, and does not compile here", name),
                           std::move(diagnostics)};
}

const Program* Player::program_of(std::uint32_t number) {
  if (const auto known = programs_.find(number); known != programs_.end()) return &known->second;
  const std::optional<Patch> made = patch(number);
  if (!made) return nullptr;
  CompileResult result = compile_patch(*made, options_.compile);
  if (!result.program) return refuse(made->file_name(), std::move(result.diagnostics)), nullptr;
  return &programs_.emplace(number, *result.program).first->second;
}

std::uint32_t Player::forget_programs() {
  std::uint32_t oldest = patch_;
  for (const auto& [next, moment] : kept_) oldest = std::min(oldest, moment.patch);
  programs_.erase(programs_.begin(), programs_.lower_bound(oldest));
  return oldest;
}

bool Player::start() {
  const Program* first = program_of(0);
  if (first == nullptr) return false;
  session_.emplace(*first, options_.session);
  patch_ = 0;
  next_ = 0;
  return true;
}

/// The patches that are rehearsed from this tick on, so that they take over when they did.
bool Player::begin_rehearsals() {
  const std::size_t end = std::min(performance_.ticks.size(), last_);
  for (std::size_t later = next_ + 1; later <= next_ + 2 && later < end; ++later) {
    const RecordedTick& tick = performance_.ticks[later];
    for (std::size_t a = tick.first_action; a < tick.first_action + tick.actions; ++a) {
      const RecordedAction& action = performance_.actions[a];
      if (action.kind != RecordedAction::Kind::Swap || action.rehearsals != later - next_) continue;
      const std::optional<Patch> next = patch(action.patch);
      if (!next) return false;
      session_->request_swap(*next);
      session_->wait_for_requests();
      return is_ready(*next);
    }
  }
  return true;
}

/// Whether what was requested compiles.
bool Player::is_ready(const Patch& patch) {
  for (SwapReport& report : session_->take_swap_reports())
    if (report.outcome == SwapOutcome::Refused) refuse(patch.file_name(), std::move(report.diagnostics));
  return !problem_;
}

bool Player::swap(const RecordedAction& action) {
  if (action.rehearsals > 0) {
    SessionDoor::take_over(*session_);
  } else {
    const std::optional<Patch> next = patch(action.patch);
    if (!next) return false;
    SwapReport report = session_->swap(*next);
    session_->take_swap_reports();
    if (report.outcome != SwapOutcome::Swapped) return refuse(next->file_name(), std::move(report.diagnostics)), false;
  }
  patch_ = action.patch;
  programs_.insert_or_assign(patch_, session_->program());
  return true;
}

/// The number of an input; of one that is not there, none.
std::uint32_t Player::channel(std::string_view name) const {
  const std::vector<ChannelInfo> channels = session_->program().channels();
  const auto found = std::ranges::find(channels, name, &ChannelInfo::name);
  return static_cast<std::uint32_t>(found - channels.begin());
}

bool Player::act(const RecordedAction& action) {
  using Kind = RecordedAction::Kind;
  const double number = action.values.empty() ? 0 : action.values[0];
  switch (action.kind) {
    case Kind::Set: session_->set(channel(action.channel), action.values); return true;
    case Kind::Send: session_->send(channel(action.channel), action.key, number); return true;
    case Kind::Play: session_->play(); return true;
    case Kind::Pause: session_->pause(); return true;
    case Kind::Speed: session_->set_speed(number); return true;
    case Kind::Seek: session_->seek(number); return true;
    case Kind::Step: session_->step(number); return true;
    case Kind::Period: session_->set_period(static_cast<Rail>(action.rail), number); return true;
    case Kind::Swap: return swap(action);
    case Kind::Restore: return go_back(action.tick);
  }
  return true;
}

const RenderFrame* Player::play() {
  if (problem_ || next_ >= performance_.ticks.size()) return nullptr;
  const RecordedTick recorded = performance_.ticks[next_];
  for (std::uint32_t a = 0; a < recorded.actions; ++a)
    if (!act(performance_.actions[recorded.first_action + a])) return nullptr;
  if (!begin_rehearsals()) return nullptr;
  const RenderFrame& frame = session_->tick(recorded.host_ms);
  ++next_;
  keeps_next_ |= options_.keep_every != 0 && next_ % options_.keep_every == 0;
  if (wanted_.contains(next_) || (keeps_next_ && !SessionDoor::rehearses(*session_))) keep();
  return &frame;
}

const KeptMoment& Player::keep() {
  keeps_next_ = false;
  const bool resumes = !SessionDoor::rehearses(*session_);
  KeptMoment& kept = kept_[next_];
  if (kept.bytes.empty() || !kept.resumes) kept = {patch_, resumes, SessionDoor::save(*session_)};
  return kept;
}

bool Player::load(const KeptMoment& kept) {
  const Program* program = program_of(kept.patch);
  if (program == nullptr) return false;
  if (auto loaded = SessionDoor::restore(*session_, *program, kept.bytes); !loaded) {
    problem_ = ReplayProblem{ReplayProblem::Kind::Snapshot, std::move(loaded.error()), {}};
    return false;
  }
  patch_ = kept.patch;
  return true;
}

std::size_t Player::nearest(std::size_t tick) const {
  auto from = kept_.upper_bound(tick);
  while (from != kept_.begin() && !std::prev(from)->second.resumes) --from;
  return from == kept_.begin() ? 0 : std::prev(from)->first;
}

bool Player::go_to(std::size_t tick, bool goes_on) {
  if (const auto exact = kept_.find(tick); exact != kept_.end() && (exact->second.resumes || !goes_on)) {
    next_ = tick;
    return load(exact->second);
  }
  const std::size_t from = nearest(tick);
  if (const auto kept = kept_.find(from); kept != kept_.end()) {
    next_ = from;
    if (!load(kept->second)) return false;
  } else if (performance_.ticks.first() > 0) {
    problem_ = ReplayProblem{ReplayProblem::Kind::Snapshot, "what it goes back to is forgotten", {}};
    return false;
  } else if (!start()) {
    return false;
  }
  const std::size_t outer = std::exchange(last_, goes_on ? ~std::size_t{0} : tick);
  while (next_ < tick && play() != nullptr) continue;
  last_ = outer;
  return next_ == tick;
}

/// The session is what it was after that tick, and time goes on by the host's clock as it is now.
bool Player::go_back(std::size_t after_tick) {
  const std::size_t now = next_;
  const double host_ms = SessionDoor::inside(*session_).clock().host_ms;
  if (!go_to(after_tick + 1, false)) return false;
  next_ = now;
  SessionDoor::go_on_from(*session_, host_ms);
  return true;
}

}  // namespace oscilla::live
