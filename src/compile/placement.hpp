// Where every value is stored, and when: a sink stands in the largest stage of what it shows, a reduction and what
// other lanes read in their own, an instance's states in its last one. Before: expressions; after: for each (time,
// stage, instance) the roots of a field program, and the planes in memory.
#pragma once

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "compile/liveness.hpp"
#include "compile/lower.hpp"
#include "compile/when.hpp"
#include "ir/program.hpp"

namespace oscilla::compile {

/// A value that a program must store.
struct Root {
  ir::StoreKind kind;
  std::uint8_t part;
  std::uint32_t destination;
  ir::ExprId value;
};

/// One field program.
struct Place {
  When when;
  std::uint32_t instance = 0;
  auto operator<=>(const Place&) const = default;
};

class Placement {
 public:
  Placement(const Lowered& lowered, const Liveness& live);

  /// Prepare first, ascending by stage, then instance.
  const std::map<Place, std::vector<Root>>& roots() const { return roots_; }
  const std::vector<ir::ExprId>& reductions() const { return reductions_; }  ///< ascending in time
  const std::vector<ir::ExprId>& scans() const { return scans_; }            ///< ascending in time
  const std::vector<ir::ExprId>& assets() const { return assets_; }
  const std::vector<ir::ExprId>& voices() const { return voices_; }  ///< ascending in time
  /// By PlaneIx: the value in it.
  const std::vector<ir::ExprId>& planes() const { return planes_; }

  /// The plane that holds this value; invalid if none does.
  ir::PlaneIx plane_of(ir::ExprId value) const;
  /// A plane for a value that has none, stored by the program at `place`.
  ir::PlaneIx store(ir::ExprId value, Place place);
  /// Where a value that other lanes read is computed.
  Place place_of(ir::ExprId value) const;

 private:
  std::uint16_t stage_of(ir::InstanceIx instance, std::span<const ir::ExprId> values) const;
  void add(Place place, Root root) { roots_[place].push_back(root); }
  void add_sink(std::uint32_t i);
  void add_paths();
  void add_probe(std::uint32_t i);
  void add_reductions(const Liveness& live);
  void add_scans(const Liveness& live);
  void add_assets(const Liveness& live);
  void add_voices(const Liveness& live);
  void add_gathers(const Liveness& live);
  void add_collected(const Liveness& live);
  void add_states();
  ir::PlaneIx add_plane(ir::ExprId value);
  void bring_to_memory(ir::ExprId value);
  std::map<std::uint32_t, std::uint16_t> last_stages() const;

  const Lowered& lowered_;
  const ir::ExprTable& exprs_;
  std::map<Place, std::vector<Root>> roots_;
  std::vector<ir::ExprId> reductions_;
  std::vector<ir::ExprId> scans_;
  std::vector<ir::ExprId> assets_;
  std::vector<ir::ExprId> voices_;
  std::vector<ir::ExprId> planes_;
  std::map<std::uint32_t, ir::PlaneIx> plane_of_;  // by expression
};

}  // namespace oscilla::compile
