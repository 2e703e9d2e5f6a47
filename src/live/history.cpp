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
    playing.keep_every = std::max(options_.snapshot_every, 1u);
    performance_.patches.push_back(recorded_patch(told.program->patch()));
    player_ = std::make_unique<Player>(performance_, std::move(playing));
    if (player_->start()) player_->keep();
    return;
  }
  RecordedTick tick{.host_ms = told.host_ms,
                    .first_action = static_cast<std::uint32_t>(performance_.actions.size()),
                    .actions = static_cast<std::uint32_t>(told.actions.size())};
  for (RecordedAction& action : told.actions)
    if (action.kind == RecordedAction::Kind::Swap)
      action.patch += static_cast<std::uint32_t>(performance_.patches.size());
  std::ranges::move(told.actions, std::back_inserter(performance_.actions));
  std::ranges::move(told.patches, std::back_inserter(performance_.patches));
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
  player_->keep();
  if (!player_->go_to(next, false)) return refuse(wish, "what was kept cannot be played again");
  KeptMoment moment = player_->keep();  // a copy, made before anybody can wait for the lock
  if (const Program* program = player_->program_of(moment.patch)) {
    const Guard lock(swapper_mutex_);
    if (swapper_ != nullptr) swapper_->request_restore(*program, std::move(moment.bytes), wish);
  }
  player_->go_to(now);
  if (next_is_new) kept.erase(next);
  if (now_is_new && now != next) kept.erase(now);
}

/// What nobody can go back to any more: moments, and what ran before the oldest of them.
void History::forget_old() {
  KeptMoments& kept = player_->kept();
  const auto is_needed = [&](std::size_t next) { return next + options_.rewind_ticks >= player_->tick(); };
  const std::size_t before = kept.size();
  while (kept.size() > 1 && !is_needed(std::next(kept.begin())->first)) kept.erase(kept.begin());
  if (kept.size() != before) player_->forget_programs();
  const auto oldest = std::ranges::find_if(kept, [](const auto& one) { return one.second.resumes; });
  if (oldest != kept.end()) oldest_.store(std::max<std::int64_t>(static_cast<std::int64_t>(oldest->first) - 1, 0));
}

}  // namespace oscilla::live
