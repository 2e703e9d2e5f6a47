#include "base/drawing_content.hpp"

#include <cstdint>
#include <string_view>

#include "base/hash.hpp"

namespace oscilla {

Hash128 drawing_content(const Drawing& drawing) {
  HashBuilder hash;
  hash.add(std::uint64_t{drawing.parts.size()});
  for (const Drawing::Part& part : drawing.parts)
    hash.add(std::string_view(part.data))
        .add(std::string_view(part.transform))
        .add(part.line)
        .add(part.shown)
        .add(part.even_odd);
  for (const Drawing::Name& name : drawing.names) hash.add(std::string_view(name.id)).add(name.first).add(name.count);
  hash.add(drawing.has_page);
  for (const double number : drawing.page) hash.add(number);
  return hash.finish();
}

}  // namespace oscilla
