#include "live/recorder.hpp"

#include <utility>

namespace oscilla::live {

RecorderCore::RecorderCore(Recorder::Write write, RecorderOptions options)
    : write_(std::move(write)),
      tape_(options.digest_every),
      history_(options.rewind_ticks > 0 ? std::make_unique<History>(options) : nullptr),
      thread_(std::make_unique<BackgroundThread>([](void* self) { static_cast<RecorderCore*>(self)->work(); }, this)) {}

RecorderCore::~RecorderCore() { finish(); }

void RecorderCore::finish() {
  wake();
  thread_->wait_until_done();
}

Recorder::Health RecorderCore::health() const {
  const Guard lock(trouble_mutex_);
  return {written_ticks_.load(), written_bytes_.load(), trouble_};
}

void RecorderCore::work() {
  if (over_) return;
  const bool complete = tape_.runs();  // before it is read: what is read then is all there is
  tape_.take(bytes_);
  std::string lines;
  read_records(bytes_, lines);
  if (!complete && !over_) {
    constexpr std::string_view kWhy = "the recording could not be written as fast as it was made";
    lines += text_.lost(ticks_, kWhy);
    over_ = true;
    const Guard lock(trouble_mutex_);
    trouble_ = kWhy;
  }
  if (!lines.empty()) write(lines);
  if (over_ && history_) history_->end();
}

void RecorderCore::write(std::string_view lines) {
  std::string trouble = write_(lines);
  written_ticks_.store(static_cast<std::uint64_t>(ticks_));
  if (trouble.empty()) {
    written_bytes_.fetch_add(lines.size());
    return;
  }
  over_ = true;
  tape_.abandon();
  const Guard lock(trouble_mutex_);
  trouble_ = std::move(trouble);
}

void RecorderCore::read_digest(TapeReader& tape, RecordedDigest& digest) const {
  const auto passes = tape.number<std::uint32_t>();
  digest.scalars = tape.number<std::uint32_t>();
  for (std::uint32_t p = 0; p < passes; ++p) {
    RecordedDigest::OfPass pass;
    pass.name = tape.text();
    pass.units.resize(tape.number<std::uint32_t>());
    pass.header = tape.number<std::uint32_t>();
    pass.order = tape.number<std::uint32_t>();
    for (std::uint32_t& unit : pass.units) unit = tape.number<std::uint32_t>();
    digest.passes.push_back(std::move(pass));
  }
  digest.frame.low = tape.number<std::uint64_t>();
  digest.frame.high = tape.number<std::uint64_t>();
}

void RecorderCore::read_records(std::string_view bytes, std::string& lines) {
  using Kind = RecordedAction::Kind;
  TapeReader tape(bytes);
  const auto do_number = [&](Kind kind) {
    RecordedAction action{kind};
    action.values.push_back(tape.number<double>());
    action.rail = tape.number<std::uint8_t>();
    actions_.push_back(std::move(action));
  };
  while (!tape.empty() && !over_) {
    switch (tape.number<TapeKind>()) {
      case TapeKind::Begin: {
        const Program program = tape_.take_program();
        lines += text_.begin(recorded_patch(program.patch()), program);
        if (history_) history_->begin(program);
        break;
      }
      case TapeKind::Set: {
        RecordedAction action{Kind::Set};
        action.channel = tape.text();
        action.values.resize(tape.number<std::uint8_t>());
        for (double& value : action.values) value = tape.number<double>();
        actions_.push_back(std::move(action));
        break;
      }
      case TapeKind::Send: {
        RecordedAction action{Kind::Send};
        action.channel = tape.text();
        action.key = tape.text();
        action.values.push_back(tape.number<double>());
        actions_.push_back(std::move(action));
        break;
      }
      case TapeKind::Play: do_number(Kind::Play); break;
      case TapeKind::Pause: do_number(Kind::Pause); break;
      case TapeKind::Speed: do_number(Kind::Speed); break;
      case TapeKind::Seek: do_number(Kind::Seek); break;
      case TapeKind::Step: do_number(Kind::Step); break;
      case TapeKind::Period: do_number(Kind::Period); break;
      case TapeKind::Swap: {
        RecordedAction action{Kind::Swap};
        action.rehearsals = tape.number<std::uint8_t>();
        action.patch = static_cast<std::uint32_t>(patches_.size());
        patches_.push_back(recorded_patch(tape_.take_program().patch()));
        actions_.push_back(std::move(action));
        break;
      }
      case TapeKind::Restore: {
        RecordedAction action{Kind::Restore};
        action.tick = tape.number<std::uint64_t>();
        actions_.push_back(std::move(action));
        break;
      }
      case TapeKind::Tick: {
        const auto host_ms = tape.number<double>();
        RecordedDigest digest;
        const bool digested = tape.number<std::uint8_t>() != 0;
        if (digested) read_digest(tape, digest);
        lines += text_.tick(ticks_++, host_ms, actions_, patches_, digested ? &digest : nullptr);
        if (history_) history_->add(host_ms, std::move(actions_), std::move(patches_));
        actions_.clear();
        patches_.clear();
        break;
      }
      case TapeKind::End: {
        RecordedDigest digest;
        const bool digested = tape.number<std::uint8_t>() != 0;
        if (digested) read_digest(tape, digest);
        lines += text_.end(ticks_, digested ? &digest : nullptr);
        over_ = true;
        break;
      }
    }
  }
}

}  // namespace oscilla::live

namespace oscilla {

Recorder::Recorder(Write write, RecorderOptions options)
    : core_(std::make_unique<live::RecorderCore>(std::move(write), options)) {}
Recorder::~Recorder() = default;
void Recorder::finish() { core_->finish(); }
Recorder::Health Recorder::health() const { return core_->health(); }

}  // namespace oscilla
