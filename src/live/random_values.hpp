// Random changes of one value where it stands: another number, another wire, something around it or behind it.
#pragma once

#include "live/site_picks.hpp"

namespace oscilla::live {

Change change_literal(const Material& material, Random& random);
Change change_count(const Material& material, Random& random);
Change rewire_value(const Material& material, Random& random);
Change wrap_value(const Material& material, Random& random);
Change add_lens(const Material& material, Random& random);

}  // namespace oscilla::live
