// OSC packets, the feed between two threads, who listens, and what a flood does.
#include "input/osc.hpp"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <cstring>

#include "input/osc_packet.hpp"
#include "input/router.hpp"

namespace oscilla::input {
namespace {

using Bytes = std::vector<std::byte>;

void put(Bytes& bytes, std::string_view text) {
  for (const char c : text) bytes.push_back(static_cast<std::byte>(c));
  do bytes.push_back(std::byte{0});
  while (bytes.size() % 4 != 0);
}

void put(Bytes& bytes, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::byte>(number >> shift & 255));
}

Bytes message(std::string_view address, const std::vector<float>& values, std::string_view key = {}) {
  Bytes bytes;
  put(bytes, address);
  put(bytes, "," + std::string(key.empty() ? "" : "s") + std::string(values.size(), 'f'));
  if (!key.empty()) put(bytes, key);
  for (const float value : values) put(bytes, std::bit_cast<std::uint32_t>(value));
  return bytes;
}

Bytes bundle(const std::vector<Bytes>& parts) {
  Bytes bytes;
  put(bytes, "#bundle");
  put(bytes, 0u);
  put(bytes, 1u);
  for (const Bytes& part : parts) {
    put(bytes, static_cast<std::uint32_t>(part.size()));
    bytes.insert(bytes.end(), part.begin(), part.end());
  }
  return bytes;
}

/// "/a 1 2 key", a line a write.
template <class From>
std::string taken(From& from) {
  std::string text;
  const auto note = [&](const Played& played) {
    text += played.source;
    for (const double value : played.values) text += " " + std::to_string(value).substr(0, 4);
    if (!played.key.empty()) text += " " + std::string(played.key);
    text += "\n";
  };
  if constexpr (std::is_same_v<From, Feed>)
    from.drain(note);
  else
    from.drain(0, note);
  return text;
}

TEST(Osc, ReadsMessagesAndBundles) {
  Feed feed;
  Bytes one = message("/level", {0.5f}),
        many = bundle({message("/place", {0.25f, 0.75f}), bundle({message("/hit", {}, "a")})});
  EXPECT_EQ(read_osc_packet(one, feed), 0u);
  EXPECT_EQ(read_osc_packet(many, feed), 0u);
  Bytes other;  // an int, a true, an impulse, a double
  put(other, "/all");
  put(other, ",iTId");
  put(other, 3u);
  put(other, 0x3fe00000u);
  put(other, 0u);
  EXPECT_EQ(read_osc_packet(other, feed), 0u);
  EXPECT_EQ(taken(feed), "/level 0.50\n/place 0.25 0.75\n/hit 1.00 a\n/all 3.00 1.00 1.00 0.50\n");
}

TEST(Osc, CountsWhatItCannotUnderstand) {
  Feed feed;
  Bytes packets[] = {{}, message("level", {1}), message("/five", {1, 2, 3, 4, 5}), bundle({}), message("/a", {1})};
  packets[4].pop_back();  // not whole
  put(packets[3], 100u);  // a part that is longer than the packet
  for (Bytes& packet : packets) EXPECT_EQ(read_osc_packet(packet, feed), 1u) << packet.size();
  Bytes large = message("/long", {1});
  large.resize(kMostOscBytes + 4);
  EXPECT_EQ(read_osc_packet(large, feed), 1u);
  Bytes nested = message("/deep", {1});
  for (int i = 0; i < 20; ++i) nested = bundle({nested});
  EXPECT_EQ(read_osc_packet(nested, feed), 1u);
  EXPECT_EQ(taken(feed), "");
  // Every packet that is nearly one is refused or read, and nothing else happens.
  const Bytes good = bundle({message("/place", {0.25f, 0.75f}), message("/hit", {1}, "key")});
  std::uint32_t random = 1;
  for (int i = 0; i < 20000; ++i) {
    Bytes bad = good;
    for (int change = 0; change < 3; ++change) {
      random = random * 1664525 + 1013904223;
      bad[random % bad.size()] = static_cast<std::byte>(random >> 24);
    }
    bad.resize(random % 7 == 0 ? random / 7 % bad.size() : bad.size());
    read_osc_packet(bad, feed);
    taken(feed);
  }
}

TEST(Router, GivesInputsWhatTheyListenTo) {
  Router router;
  router.bind({{"hit", {"/hit"}, 1, true, false},
               {"level", {"/level", "/all"}, 1, false, true},
               {"place", {"/place", "/all"}, 2, false, true},
               {"wheel", {"/wheel"}, 1, false, false}});
  Feed feed;
  feed.write("/level", std::vector<double>{0.25});
  feed.write("/wheel", std::vector<double>{1});
  feed.write("/hit", std::vector<double>{1}, "a");
  feed.write("/level", std::vector<double>{0.5});
  feed.write("/wheel", std::vector<double>{2});
  feed.write("/place", std::vector<double>{1, 2, 3});
  feed.write("/hti", std::vector<double>{1});
  std::string refused;
  feed.drain([&](const Played& played) {
    if (!router.take(played)) refused += std::string(played.source) + ": " + router.hint(played.source) + "\n";
  });
  EXPECT_EQ(refused,
            "/place: the input that listens to it takes another number of values\n/hti: did you mean `/hit`?\n");
  std::string text;
  for (const Router::Write& write : router.due(16))
    text += std::to_string(write.target) + "=" + std::to_string(write.values[0]).substr(0, 4) + std::string(write.key) +
            " ";
  EXPECT_EQ(text, "3=1.00 0=1.00a 3=2.00 1=0.50 ");
  router.clear();
  EXPECT_TRUE(router.due(16).empty());
}

TEST(Router, SmoothsAlikeAtEveryRate) {
  for (const int fps : {30, 60, 144}) {
    Router router(5000);
    // Its own time beats the router's; it begins where the patch says.
    router.bind(
        {{"level", {"/level"}, 1, false, true, 100, {0.25}}, {"place", {"/place"}, 2, false, true, 0, {0.5, 1}}});
    Feed feed;
    const auto write = [&](double value) {
      feed.write("/level", {&value, 1});
      feed.drain([&](const Played& played) { router.take(played); });
    };
    write(1);
    for (int tick = 1; tick <= fps; ++tick) {
      const auto due = router.due(1000.0 / fps);
      ASSERT_EQ(due.size(), 1u);
      EXPECT_NEAR(due[0].values[0], 1 - 0.75 * std::exp(-10.0 * tick / fps), 1e-7) << fps << " " << tick;  // 24 bits
      router.clear();
    }
    for (int tick = 0; tick < 2 * fps; ++tick) router.due(1000.0 / fps), router.clear();
    EXPECT_TRUE(router.due(16).empty()) << "it is there, and nothing more is to be written";
  }
}

TEST(Router, GoesOnFromWhatSomethingElseHasWritten) {
  Router router;
  router.bind({{"level", {"/level"}, 1, false, true, 100, {0}}});
  Feed feed;
  const auto write = [&](double value) {
    feed.write("/level", {&value, 1});
    feed.drain([&](const Played& played) { router.take(played); });
  };
  double shown = 0;
  const auto tick = [&] {
    router.hold(0, {&shown, 1});
    const auto due = router.due(10);
    if (!due.empty()) shown = due[0].values[0];
    router.clear();
    return !due.empty();
  };
  write(1);
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(tick());
  EXPECT_NEAR(shown, 1 - std::exp(-0.5), 1e-7) << "what it wrote itself is nothing new";
  shown = 0.25;
  EXPECT_FALSE(tick()) << "it stays there";
  write(1);
  router.hold(0, {&shown, 1});
  EXPECT_NEAR(router.due(10)[0].values[0], 1 - 0.75 * std::exp(-0.1), 1e-7);
}

/// Sends to a port of this machine.
class Sender {
 public:
  explicit Sender(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_DGRAM, 0)) {
    to_.sin_family = AF_INET;
    to_.sin_port = htons(port);
    to_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  }
  ~Sender() { ::close(socket_); }
  void send(const Bytes& bytes) {
    ::sendto(socket_, bytes.data(), bytes.size(), 0, reinterpret_cast<const sockaddr*>(&to_), sizeof to_);
  }

 private:
  int socket_;
  sockaddr_in to_{};
};

TEST(Osc, AFloodStallsNoFrameAndGrowsNothing) {
  auto osc = Osc::open("0");
  ASSERT_TRUE(osc) << osc.error();
  constexpr int kPackets = 200000;
  std::atomic<bool> done{false};
  std::thread flood([&] {
    Sender sender((*osc)->port());
    const Bytes good = message("/level", {0.5f}), bad = message("level", {0.5f});
    for (int i = 0; i < kPackets; ++i) sender.send(i % 100 == 99 ? bad : good);
    done.store(true);
  });
  std::uint64_t frames = 0, most = 0, all = 0;
  double longest = 0;
  for (; !done.load() || frames < 10; ++frames) {
    std::this_thread::sleep_for(std::chrono::milliseconds(16));
    std::uint64_t writes = 0;
    timespec begin{}, end{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
    (*osc)->drain(0, [&](const Played&) { ++writes; });
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
    longest = std::max(longest, (end.tv_sec - begin.tv_sec) * 1e3 + (end.tv_nsec - begin.tv_nsec) * 1e-6);
    most = std::max(most, writes);
    all += writes;
  }
  flood.join();
  EXPECT_GT(all, 1000u);
  EXPECT_LE(most, Feed::kRoom);
  EXPECT_LT(longest, 5.0) << "ms of the frame's thread, unoptimised";
  EXPECT_LE(all + (*osc)->counts().dropped + (*osc)->counts().malformed, std::uint64_t{kPackets});
  RecordProperty("writes", static_cast<int>(all));
  RecordProperty("longestUs", static_cast<int>(longest * 1000));
  // Afterwards it works as before.
  Sender sender((*osc)->port());
  std::string text;
  for (int i = 0; i < 100 && text.find("/end") == std::string::npos; ++i) {
    sender.send(message("/end", {1}));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    text += taken(**osc);
  }
  EXPECT_NE(text.find("/end 1.00"), std::string::npos);
}

TEST(Osc, SaysWhyItCannotListen) {
  const auto error = [](const std::string& where) {
    auto osc = Osc::open(where);
    return osc ? std::string("it listens") : osc.error();
  };
  EXPECT_EQ(error("music"), "\"music\" is no port, like 9000, and no address with one, like 0.0.0.0:9000");
  EXPECT_EQ(error("70000"), "\"70000\" is no port, like 9000, and no address with one, like 0.0.0.0:9000");
  EXPECT_EQ(error("elsewhere:9000"), "\"elsewhere\" is no address of a network");
  auto first = Osc::open("0");
  ASSERT_TRUE(first);
  const std::string port = std::to_string((*first)->port());
  EXPECT_EQ(error(port), "cannot listen to " + port + ": Address already in use");
  EXPECT_EQ(error("[::1]:0") == "it listens" || error("[::1]:0").starts_with("cannot listen"), true);
}

}  // namespace
}  // namespace oscilla::input
