#include "live/history.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "live/compiled_patch.hpp"

namespace oscilla::live {
namespace {

/// A tick is played when as many later ones are known as an edit is rehearsed in.
constexpr std::size_t kAhead = 2;
/// Ticks within which a session has gone back to a moment that it was given, or will not: it is prepared by then.
constexpr std::size_t kPatience = 10'000;
/// Ticks between moments that are kept because a session has gone back: it may do so many times a second.
constexpr std::size_t kApart = 8;

}  // namespace

History::History(const RecorderOptions& options)
    : options_(options),
      thread_(std::make_unique<BackgroundThread>([](void* self) { static_cast<History*>(self)->work(); }, this)) {}

History::~History() {
  stopping_.store(true);  // what is not played yet is played for nobody
  thread_.reset();
}

void History::tell(Told told) {
  {
    const Guard lock(mutex_);
    told_.push_back(std::move(told));
  }
  thread_->wake();
}

void History::begin(const Program& program) { tell({program, 0, {}, {}}); }

void History::add(double host_ms, std::vector<RecordedAction> actions, std::vector<RecordedPatch> patches) {
  tell({{}, host_ms, std::move(actions), std::move(patches)});
}

void History::end() {
  ended_.store(true);
  thread_->wake();
}

void History::finish() { thread_->wait_until_done(); }

void History::serve(Swapper* swapper) {
  const Guard lock(swapper_mutex_);
  swapper_ = swapper;
}

void History::go_back(const GoBack& request) {
  std::optional<GoBack> older;
  {
    const Guard lock(mutex_);
    older = std::exchange(wished_, request);
  }
  if (older) supersede(*older);
  thread_->wake();
}

void History::supersede(const GoBack& wish) {
  const Guard lock(swapper_mutex_);
  if (swapper_ != nullptr) swapper_->supersede_restore(wish.generation);
}

void History::refuse(const GoBack& wish, std::string why) {
  const Guard lock(swapper_mutex_);
  if (swapper_ != nullptr) swapper_->refuse_restore(wish.generation, std::move(why));
}

/// Plays until nothing is left to be played; what is wished for comes first.
void History::work() {
  for (bool more = true; more && !stopping_.load();) {
    const bool ended = ended_.load();  // before what was told until then is heard
    more = listen();
    more |= grant(ended);
    if (player_ == nullptr || player_->problem()) continue;
    if (player_->tick() + kAhead >= performance_.ticks.size()) continue;
    player_->play();
    keep_after_return();
    forget_old();
    more = !player_->problem();
  }
}

/// Takes what was told. True if there was something.
bool History::listen() {
  std::deque<Told> told;
  {
    const Guard lock(mutex_);
    told.swap(told_);
  }
  for (Told& one : told) note(std::move(one));
  return !told.empty();
}

void History::note(Told told) {
  if (told.program) {
    PlayerOptions playing;
    playing.session.threads = options_.rewind_threads;
    playing.compile = told.program->compiled().options;
    playing.keep_every = playing_every();
    performance_.patches.push_back(recorded_patch(told.program->patch()));
    player_ = std::make_unique<Player>(performance_, std::move(playing));
    if (player_->start()) player_->keep();
    return;
  }
  RecordedTick tick{.host_ms = told.host_ms,
                    .first_action = performance_.actions.size(),
                    .actions = static_cast<std::uint32_t>(told.actions.size())};
  for (RecordedAction& action : told.actions) {
    if (action.kind == RecordedAction::Kind::Swap)
      action.patch += static_cast<std::uint32_t>(performance_.patches.size());
    if (action.kind != RecordedAction::Kind::Restore) continue;
    returns_.push_back({performance_.ticks.size(), static_cast<std::size_t>(action.tick + 1)});
    const auto kept_promise = std::ranges::find(promised_, action.tick + 1, &Promised::next);
    if (kept_promise != promised_.end()) promised_.erase(promised_.begin(), kept_promise + 1);
  }
  for (RecordedAction& action : told.actions) performance_.actions.push_back(std::move(action));
  for (RecordedPatch& patch : told.patches) performance_.patches.push_back(std::move(patch));
  performance_.ticks.push_back(tick);
}

/// Serves the wish if its tick is known by now; refuses it if it never will be. False if there is nothing to do.
bool History::grant(bool ended) {
  std::optional<GoBack> wish;
  const bool plays = player_ != nullptr && !player_->problem();
  bool known = false;
  {
    const Guard lock(mutex_);
    if (!wished_) return false;
    known = static_cast<std::size_t>(wished_->tick) < performance_.ticks.size();
    if (!known && !ended && (plays || player_ == nullptr)) return false;
    wish = std::exchange(wished_, std::nullopt);
  }
  if (known && plays)
    find(*wish);
  else
    refuse(*wish, known ? "what was kept cannot be played again" : "the recording ended before that tick was in it");
  return true;
}

/// Goes there and goes on from where it was. What it keeps on the way it forgets: there may be many wishes a second.
void History::find(const GoBack& wish) {
  KeptMoments& kept = player_->kept();
  const std::size_t now = player_->tick(), next = static_cast<std::size_t>(wish.tick) + 1;
  const bool now_is_new = !kept.contains(now), next_is_new = !kept.contains(next);
  if (next < performance_.ticks.first()) return refuse(wish, "that tick is not kept any more");
  player_->keep();
  if (!player_->go_to(next, false)) return refuse(wish, "what was kept cannot be played again");
  KeptMoment moment = player_->keep();  // a copy, made before anybody can wait for the lock
  if (const Program* program = player_->program_of(moment.patch)) {
    const Guard lock(swapper_mutex_);
    if (swapper_ != nullptr) swapper_->request_restore(*program, std::move(moment.bytes), wish);
  }
  player_->go_to(now);
  promised_.push_back({next, performance_.ticks.size() + kPatience});
  if (next_is_new) kept.erase(next);
  if (now_is_new && now != next) kept.erase(now);
}

/// So that nobody who goes to a later tick has to go as far back as this one did.
void History::keep_after_return() {
  const std::size_t now = player_->tick();
  const bool went_back = std::ranges::find(returns_, now - 1, &Return::tick) != returns_.end();
  if (!went_back || player_->problem() || now - player_->nearest(now) < kApart) return;
  if (!player_->keep().resumes) player_->kept().erase(now);
}

/// Whether everything that can still be asked for can be played from this moment on: what is promised, and what later
/// ticks go back to, unless nobody plays them again.
bool History::is_enough(std::size_t next) const {
  const KeptMoments& kept = std::as_const(*player_).kept();
  const auto lies_after = [&](const Promised& promise) { return promise.next >= next; };
  const auto is_reached = [&](const Return& back) {
    const bool was_played = back.tick < player_->tick();
    return back.tick < next || back.next >= next || (was_played && kept.contains(back.tick + 1));
  };
  return std::ranges::all_of(promised_, lies_after) && std::ranges::all_of(returns_, is_reached);
}

/// What nobody can go back to any more: moments, and what was before the oldest of them.
void History::forget_old() {
  KeptMoments& kept = player_->kept();
  std::erase_if(promised_, [&](const Promised& promise) { return promise.until < player_->tick(); });
  auto oldest = kept.begin();
  if (oldest == kept.end()) return;
  for (auto at = std::next(oldest); at != kept.end() && at->first + options_.rewind_ticks < player_->tick(); ++at)
    if (at->second.resumes && is_enough(at->first)) oldest = at;
  if (oldest == kept.begin()) return;
  kept.erase(kept.begin(), oldest);
  oldest_.store(std::max<std::int64_t>(static_cast<std::int64_t>(oldest->first) - 1, 0));
  performance_.ticks.forget_before(oldest->first);
  performance_.actions.forget_before(performance_.ticks[oldest->first].first_action);
  performance_.patches.forget_before(player_->forget_programs());
  std::erase_if(returns_, [&](const Return& back) { return back.tick < oldest->first; });
}

}  // namespace oscilla::live
