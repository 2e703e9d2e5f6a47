#include "runtime/prepare.hpp"

#include <algorithm>
#include <vector>

#include "exec/link.hpp"
#include "runtime/joins.hpp"

namespace oscilla::runtime {
namespace {

using exec::padded_lanes;

constexpr std::int64_t kBeforeFirst = -1;

class Preparation {
 public:
  Preparation(ProgramState& state, CacheStore& store, const TaskRunner& runner)
      : state_(state), program_(*state.program), store_(store), runner_(runner) {
    made_.resize(program_.planes.size());
    find_planes();
  }

  std::uint32_t run() {
    fill_from_files();
    for (std::uint32_t i = 0; i < state_.live.size(); ++i) state_.live[i] = program_.prepared_lanes({i});
    for (std::size_t p = 0; p < state_.caches.size(); ++p)
      if (state_.caches[p] != nullptr && made_[p] == nullptr) take_faults(p);
    for (const ir::Step& step : program_.prepare) {
      switch (step.kind) {
        case ir::StepKind::Scalars: run_scalars(step); break;
        case ir::StepKind::Fields: run_fields(step); break;
        case ir::StepKind::Reduces: join_partials(state_, step); break;
        case ir::StepKind::Scans: run_scans(step); break;
        default: break;
      }
    }
    if (signal_divided_) note_signal_faults(state_, true, false, 0, kBeforeFirst);
    std::uint32_t computed = 0;
    for (std::size_t p = 0; p < made_.size(); ++p) {
      if (state_.caches[p] != nullptr) state_.stable_counts.zero_divisor |= state_.caches[p]->zero_divisor;
      if (made_[p] == nullptr) continue;
      store_.add(program_.planes[p].key, made_[p]);
      ++computed;
    }
    return computed;
  }

 private:
  /// From the store, or empty ones of our own.
  void find_planes() {
    for (std::size_t p = 0; p < program_.planes.size(); ++p) {
      const ir::Plane& plane = program_.planes[p];
      if (!plane.stable) continue;
      state_.caches[p] = store_.find(plane.key);
      state_.cache_found[p] = state_.caches[p] != nullptr ? 1 : 0;
      if (state_.caches[p] == nullptr) {
        made_[p] = std::make_shared<CachedPlane>();
        made_[p]->lanes = AlignedBuffer<float>(padded_lanes(program_.instances[plane.instance.v].lanes));
        state_.caches[p] = made_[p];
      }
      // Written through made_ only, and only here: the schedule has no store for a stable plane.
      state_.planes[p] = const_cast<float*>(state_.caches[p]->lanes.data());
    }
  }

  void fill_from_files() {
    for (const ir::AssetPlane& asset : program_.assets)
      if (made_[asset.plane.v] != nullptr)
        std::copy((*asset.mesh)[asset.stream].begin(), (*asset.mesh)[asset.stream].end(),
                  made_[asset.plane.v]->lanes.data());
  }

  void run_scalars(const ir::Step& step) {
    std::uint32_t zero_divisor = 0;
    exec::run_scalars(std::span(state_.scalars).subspan(step.first, step.count), state_.slots, &zero_divisor);
    state_.stable_counts.zero_divisor |= zero_divisor != 0;
    signal_divided_ |= zero_divisor != 0;
  }

  /// What went wrong when a cache was computed, by whoever did it.
  void take_faults(std::size_t plane) {
    const CachedPlane& cache = *state_.caches[plane];
    for (std::size_t fault = 0; fault < exec::kFaults; ++fault) {
      if (!cache.faults[fault].finding.found()) continue;
      exec::Finding finding = cache.faults[fault].finding;
      finding.origin = expression_of(cache.faults[fault].origin);
      if (fault == static_cast<std::size_t>(exec::Fault::PassedOn)) state_.faults.planes[plane] = finding;
      if (fault == static_cast<std::size_t>(exec::Fault::ZeroDivisor))
        report_found(RuntimeErrorKind::DivisionByZero, finding);
    }
  }

  void report_found(RuntimeErrorKind kind, const exec::Finding& finding) {
    if (finding.found()) report_before_first(state_, kind, finding);
  }

  ir::ExprId expression_of(Hash128 hash) const {
    for (std::uint32_t e = 0; e < program_.exprs.size(); ++e)
      if (program_.exprs.exprs[e].hash == hash) return {e};
    return {};
  }

  /// What is left of a field program without the caches that the store had.
  ir::FieldProgram missing_part(const ir::FieldProgram& field) const {
    ir::FieldProgram missing = field;
    std::erase_if(missing.stores, [&](const ir::Store& store) {
      return store.kind == ir::StoreKind::Cache && made_[store.destination] == nullptr;
    });
    return missing;
  }

  void run_fields(const ir::Step& step) {
    for (std::uint32_t f = step.first; f < step.first + step.count; ++f) {
      const ir::FieldProgram missing = missing_part(program_.fields[f]);
      if (!missing.stores.empty()) run_field(missing, f);
    }
  }

  void run_field(const ir::FieldProgram& missing, std::uint32_t field) {
    exec::Outcome outcome;
    execute(missing, field, outcome);
    state_.stable_counts.non_finite += outcome.replaced;
    report_found(RuntimeErrorKind::NanProduced, finding_of(outcome, exec::Fault::NotFinite));
    std::size_t counted = 0;
    for (const ir::Store& store : missing.stores)
      if (store.kind == ir::StoreKind::Cache) {
        made_[store.destination]->zero_divisor = outcome.zero_divisor;
        ++counted;
      }
    if (counted == 0) {
      state_.stable_counts.zero_divisor |= outcome.zero_divisor;
      report_found(RuntimeErrorKind::DivisionByZero, finding_of(outcome, exec::Fault::ZeroDivisor));
    }
    if (outcome.looked == 0) return;
    for (const ir::Store& store : missing.stores)
      if (store.kind == ir::StoreKind::Cache) ask_plane(missing, store, field);
  }

  /// What of it is this plane's own fault: the plane, and what is known of it, goes to other programs without the rest.
  void ask_plane(const ir::FieldProgram& missing, const ir::Store& store, std::uint32_t field) {
    ir::FieldProgram alone = missing;
    alone.stores = {store};
    exec::Outcome outcome;
    execute(alone, field, outcome);
    keep_faults(outcome, *made_[store.destination]);
    take_faults(store.destination);
  }

  static const exec::Finding& finding_of(const exec::Outcome& outcome, exec::Fault fault) {
    return outcome.findings[static_cast<std::size_t>(fault)];
  }

  void execute(const ir::FieldProgram& program, std::uint32_t field, exec::Outcome& outcome) {
    const exec::BlockProgram block = exec::link(program_, program, field, link_options(state_.options));
    exec::Workers workers = exec::make_workers({&block, 1}, std::max(runner_.workers, 1u));
    std::vector<std::uint32_t> narrowed(block.uniforms.size());
    std::vector<kernels::GatherSource> gathered(block.sources.size());
    state_.stable_counts.non_finite += exec::narrow_uniforms(block, state_.slots, narrowed.data());
    std::uint32_t* const uniforms = narrowed.data();
    kernels::GatherSource* const sources = gathered.data();
    const std::uint32_t only = 0;
    const auto looks = static_cast<std::uint8_t>((1u << exec::kFaults) - 1);
    exec::FieldRun run;
    run.slots = state_.slots;
    run.examiner = state_.faults.examiner.get();
    run.looks = {&looks, 1};
    run.examined = &program;
    run.programs = {&block, 1};
    run.active = {&only, 1};
    const std::uint32_t lanes = program_.prepared_lanes(block.instance);
    run.lanes = {&lanes, 1};
    run.live = state_.live;
    run.outcomes = {&outcome, 1};
    run.reduces = program_.reduces;
    run.uniforms = {&uniforms, 1};
    run.sources = {&sources, 1};
    run.memory = {.states = {},
                  .next_states = {},
                  .planes = state_.planes,
                  .sinks = {},
                  .taps = {},
                  .partials = state_.partial_units};
    run.min_parallel_lanes = state_.options.min_parallel_lanes;
    exec::run_fields(run, workers, runner_);
  }

  void keep_faults(const exec::Outcome& outcome, CachedPlane& cache) const {
    for (std::size_t fault = 0; fault < exec::kFaults; ++fault) {
      const exec::Finding& finding = outcome.findings[fault];
      if (finding.plane.valid()) {  // what an earlier one of these planes says of itself
        cache.faults[fault] = state_.caches[finding.plane.v]->faults[fault];
        continue;
      }
      cache.faults[fault].finding = finding;
      if (finding.origin.valid()) cache.faults[fault].origin = program_.exprs[finding.origin].hash;
    }
  }

  void run_scans(const ir::Step& step) {
    for (std::uint32_t s = step.first; s < step.first + step.count; ++s)
      if (made_[program_.scans[s].result.v] != nullptr) run_scan(state_, s, runner_);
  }

  ProgramState& state_;
  const ir::Program& program_;
  CacheStore& store_;
  const TaskRunner& runner_;
  std::vector<std::shared_ptr<CachedPlane>> made_;  // by plane: those that the store lacked
  bool signal_divided_ = false;
};

}  // namespace

std::uint32_t prepare(ProgramState& state, CacheStore& store, const TaskRunner& runner) {
  return Preparation(state, store, runner).run();
}

}  // namespace oscilla::runtime
