// What goes between the thread of the frames and that of the window.
#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "window/frame_exchange.hpp"
#include "window/latest.hpp"
#include "window/mailbox.hpp"

namespace oscilla::window {
namespace {

TEST(Latest, ReaderGetsTheNewestOnce) {
  Latest<int> latest;
  EXPECT_FALSE(latest.take());
  for (const int value : {1, 2, 3}) {
    latest.next() = value;
    latest.publish();
  }
  EXPECT_TRUE(latest.take());
  EXPECT_EQ(latest.current(), 3);
  EXPECT_FALSE(latest.take());
  EXPECT_EQ(latest.current(), 3);
}

TEST(Latest, NothingIsTornAndNothingGoesBack) {
  using Numbers = std::array<int, 64>;
  Latest<Numbers> latest;
  constexpr int kLast = 20'000;
  std::thread writer([&latest] {
    for (int value = 1; value <= kLast; ++value) {
      latest.next().fill(value);
      latest.publish();
    }
  });
  for (int before = 0; before < kLast;) {
    if (!latest.take()) continue;
    const Numbers& numbers = latest.current();
    ASSERT_GT(numbers[0], before);
    before = numbers[0];
    for (const int number : numbers) ASSERT_EQ(number, before);
  }
  writer.join();
}

TEST(FrameExchange, FrameOutlivesTheOneItWasMadeOf) {
  FrameExchange frames;
  {
    std::vector<InstanceCore> core(3, InstanceCore{0.25f, 0.5f, 0, 1, 1, 0, 0, 1});
    const std::array<Pass, 1> passes{Pass{"draw", 0, Blend::Normal, {3, 3, core, {}, {}, {}}, {}}};
    RenderFrame frame;
    frame.tick = 7;
    frame.passes = passes;
    frames.publish(frame);
  }
  ASSERT_TRUE(frames.take());
  EXPECT_EQ(frames.current().tick, 7);
  ASSERT_EQ(frames.current().passes.size(), 1u);
  EXPECT_EQ(frames.current().passes[0].name, "draw");
  EXPECT_EQ(frames.current().passes[0].instances.core[2].x, 0.25f);
}

TEST(Mailbox, MessagesComeInOrderAndAreFreedBySenders) {
  struct Free {
    void operator()(std::thread::id* id) const { *id = std::this_thread::get_id(); }
  };
  std::thread::id freed{};
  Mailbox<std::unique_ptr<std::thread::id, Free>> mailbox;
  mailbox.send(std::unique_ptr<std::thread::id, Free>(&freed));
  std::thread([&mailbox] { EXPECT_TRUE(mailbox.receive([](auto&) {})); }).join();
  EXPECT_EQ(freed, std::thread::id());  // whoever receives frees nothing
  mailbox.send(nullptr);
  EXPECT_EQ(freed, std::this_thread::get_id());
}

TEST(Mailbox, NothingIsLostBetweenThreads) {
  Mailbox<int> mailbox;
  constexpr int kEach = 10'000;
  const auto send = [&mailbox](int sign) {
    for (int value = 1; value <= kEach; ++value) mailbox.send(sign * value);
  };
  std::thread one(send, 1), other(send, -1);
  int up = 0, down = 0;
  while (up < kEach || down > -kEach) {
    mailbox.receive([&](int value) {
      int& last = value > 0 ? up : down;
      EXPECT_EQ(value, last + (value > 0 ? 1 : -1));
      last = value;
    });
  }
  one.join();
  other.join();
  EXPECT_FALSE(mailbox.receive([](int) {}));
}

}  // namespace
}  // namespace oscilla::window
