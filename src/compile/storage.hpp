// What a program may keep in memory instead of computing it again. Never changes a bit of what it gives.
#pragma once

namespace oscilla::compile {

struct Storage {
  bool caches = true;  ///< stable values that cost more than a load are computed once
  bool spills = true;  ///< a value that two programs of a tick use may be stored by the first
};

}  // namespace oscilla::compile
