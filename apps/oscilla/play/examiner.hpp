// Explains values of a session that plays, without touching it: a second session begins with a snapshot of the moment
// before a tick, makes that tick once more with everything readable, and is asked why. In a thread of its own; the
// session that plays only gives the snapshot.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "oscilla/program.hpp"
#include "oscilla/session.hpp"
#include "oscilla/why.hpp"
#include "oscilla/why_text.hpp"

namespace oscilla::cli::play {

/// What somebody wants to know: a value as probes name it, and of a field which lane.
struct Question {
  std::string value;
  std::uint32_t lane = 0;
  bool operator==(const Question&) const = default;
};

/// A moment to explain it in.
struct ExaminedMoment {
  Question question;
  Program program;                  ///< that runs
  std::vector<std::byte> snapshot;  ///< of the session, what is written to its inputs included, before the tick
  double host_ms = 0;               ///< what the tick is called with
  std::int64_t tick = 0;            ///< RenderFrame::tick of it
};

struct Answer {
  Question question;
  std::int64_t tick = 0;
  double t_ms = 0;
  std::string type;                ///< "vec2 field"
  std::vector<std::string> sinks;  ///< what draws it
  std::vector<WhyLine> lines;      ///< the chain, from the value down
  std::optional<Patch> patch;      ///< what the places of the lines are in
  std::string problem;             ///< why there is no answer; empty: there is
  std::string digest;              ///< of the frame that was explained
  double milliseconds = 0;         ///< what it took
};

class Examiner {
 public:
  /// Programs are compiled with these options, and what it takes to explain them.
  explicit Examiner(CompileOptions options);
  ~Examiner();
  Examiner(const Examiner&) = delete;
  Examiner& operator=(const Examiner&) = delete;

  /// Any thread. The newest counts; one that nobody has begun with is left out.
  void ask(ExaminedMoment moment);
  /// Whether something is asked that has no answer yet.
  bool is_busy() const;
  /// The newest answer, once.
  std::optional<Answer> take();

 private:
  void work();
  Answer answer(const ExaminedMoment& moment);
  /// A session of this program that can explain the value; null, and the answer says why, if there is none.
  Session* session_for(const ExaminedMoment& moment, Answer& answer);

  CompileOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<ExaminedMoment> asked_;
  std::optional<Answer> answered_;
  bool busy_ = false;
  bool stopping_ = false;
  // Of the thread: what explained last, for it mostly is asked again.
  std::optional<Session> session_;
  std::optional<Program> explained_;
  std::string value_;
  std::thread thread_;
};

}  // namespace oscilla::cli::play
