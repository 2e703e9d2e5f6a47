#include "oscilla/play/examiner.hpp"

#include <utility>

#include <fmt/format.h>

#include "oscilla/pace.hpp"

namespace oscilla::cli::play {

Examiner::Examiner(CompileOptions options) : options_(std::move(options)), thread_([this] { work(); }) {}

Examiner::~Examiner() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Examiner::ask(ExaminedMoment moment) {
  std::optional<ExaminedMoment> older;  // freed when nobody waits for the lock
  {
    const std::lock_guard lock(mutex_);
    older = std::exchange(asked_, std::move(moment));
  }
  changed_.notify_one();
}

bool Examiner::is_busy() const {
  const std::lock_guard lock(mutex_);
  return busy_ || asked_;
}

std::optional<Answer> Examiner::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(answered_, std::nullopt);
}

void Examiner::work() {
  while (true) {
    std::optional<ExaminedMoment> moment;
    {
      std::unique_lock lock(mutex_);
      busy_ = false;
      changed_.wait(lock, [this] { return stopping_ || asked_; });
      if (stopping_) return;
      moment = std::exchange(asked_, std::nullopt);
      busy_ = true;
    }
    const std::uint64_t begin = steady_nanoseconds();
    Answer given = answer(*moment);
    given.milliseconds = static_cast<double>(steady_nanoseconds() - begin) * 1e-6;
    const std::lock_guard lock(mutex_);
    answered_ = std::move(given);
  }
}

Session* Examiner::session_for(const ExaminedMoment& moment, Answer& answer) {
  const bool same = explained_ && &explained_->compiled() == &moment.program.compiled();
  if (session_ && same && value_ == moment.question.value) return &*session_;
  session_.reset();
  CompileOptions options = options_;
  options.probes = {moment.question.value};
  options.optional_probes = true;
  options.explain = true;
  const CompileResult compiled = compile_patch(moment.program.patch(), options);
  if (!compiled.program) {
    answer.problem = "the patch does not compile any more";
    return nullptr;
  }
  session_.emplace(*compiled.program);
  explained_ = moment.program;
  value_ = moment.question.value;
  return &*session_;
}

Answer Examiner::answer(const ExaminedMoment& moment) {
  Answer answer;
  answer.question = moment.question;
  answer.tick = moment.tick;
  Session* session = session_for(moment, answer);
  if (session == nullptr) return answer;
  if (const auto loaded = session->load(moment.snapshot); !loaded) {
    answer.problem = loaded.error();
    return answer;
  }
  const RenderFrame& frame = session->tick(moment.host_ms);
  answer.t_ms = frame.t_ms;
  answer.digest = frame_digest(frame);
  const Explanation explanation = explain(*session, 0, moment.question.lane);
  answer.patch = moment.program.patch();
  answer.type = explanation.type;
  answer.sinks = explanation.sinks;
  if (explanation.roots.empty()) {
    answer.problem = explanation.type.empty()
                         ? fmt::format("the patch has no value called {}", moment.question.value)
                         : fmt::format("{} has no lane {}", moment.question.value, moment.question.lane);
    return answer;
  }
  WhyScene scene{explanation, *answer.patch, frame.tick, frame.t_ms, {}, {}, false, false};
  scene.history.changes.resize(explanation.causes.size());
  scene.history.entered.resize(explanation.causes.size());
  answer.lines = why_lines(scene);
  return answer;
}

}  // namespace oscilla::cli::play
