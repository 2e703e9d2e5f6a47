#include "input/osc.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "input/osc_packet.hpp"

namespace oscilla::input {
namespace {

constexpr int kPollMs = 50;

struct Place {
  std::string address = "127.0.0.1";
  std::string port;
};

Place place_of(const std::string& where) {
  const std::size_t colon = where.rfind(':');
  if (colon == std::string::npos) return {.port = where};
  Place place{where.substr(0, colon), where.substr(colon + 1)};
  if (place.address.starts_with('[') && place.address.ends_with(']'))
    place.address = place.address.substr(1, place.address.size() - 2);
  return place;
}

bool is_port(const std::string& text) {
  return !text.empty() && text.size() <= 5 && text.find_first_not_of("0123456789") == std::string::npos &&
         std::stoi(text) <= 65535;
}

std::uint16_t port_of(int socket) {
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  if (::getsockname(socket, reinterpret_cast<sockaddr*>(&bound), &size) != 0) return 0;
  return ntohs(bound.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6&>(bound).sin6_port
                                           : reinterpret_cast<const sockaddr_in&>(bound).sin_port);
}

}  // namespace

std::expected<std::unique_ptr<Osc>, std::string> Osc::open(const std::string& where) {
  const Place place = place_of(where);
  if (!is_port(place.port))
    return std::unexpected(
        fmt::format("\"{}\" is no port, like 9000, and no address with one, like 0.0.0.0:9000", where));
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
  hints.ai_socktype = SOCK_DGRAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(place.address.c_str(), place.port.c_str(), &hints, &found) != 0)
    return std::unexpected(fmt::format("\"{}\" is no address of a network", place.address));
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> addresses(found, ::freeaddrinfo);
  const int socket = ::socket(found->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket >= 0 && ::bind(socket, found->ai_addr, found->ai_addrlen) == 0)
    return std::unique_ptr<Osc>(new Osc(socket));
  const int error = errno;
  if (socket >= 0) ::close(socket);
  return std::unexpected(fmt::format("cannot listen to {}: {}", where, std::generic_category().message(error)));
}

Osc::Osc(int socket) : socket_(socket), port_(port_of(socket)), thread_([this] { receive(); }) {}

Osc::~Osc() {
  stopping_.store(true);
  thread_.join();
  ::close(socket_);
}

void Osc::receive() {
  std::array<std::byte, kMostOscBytes + 1> bytes;
  while (!stopping_.load()) {
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, kPollMs) <= 0) continue;
    const ssize_t size = ::recv(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (size < 0) continue;
    const std::uint64_t dropped = feed_.dropped();
    malformed_.fetch_add(read_osc_packet(std::span(bytes).first(static_cast<std::size_t>(size)), feed_));
    // A flood: the system's own queue drops the rest, and the processor is for the frames.
    if (feed_.dropped() != dropped) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

}  // namespace oscilla::input
