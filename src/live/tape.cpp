#include "live/tape.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "frame/digest.hpp"

namespace oscilla::live {

Tape::Tape(std::uint32_t digest_every)
    : digest_every_(std::max(digest_every, 1u)), ring_(std::make_unique<std::byte[]>(kBytes)) {}

void Tape::put(const void* bytes, std::size_t size) {
  if (lost()) return;
  if (size > room_) {
    room_ = kBytes - (next_ - tail_.load(std::memory_order_acquire));
    if (size > room_) {
      lost_.store(true, std::memory_order_release);
      return;
    }
  }
  const std::size_t at = next_ % kBytes;
  const std::size_t first = std::min(size, kBytes - at);
  if (first != 0) std::memcpy(&ring_[at], bytes, first);
  if (first != size) std::memcpy(ring_.get(), static_cast<const std::byte*>(bytes) + first, size - first);
  next_ += size;
  room_ -= size;
}

template <class Number>
void Tape::put_number(Number number) {
  put(&number, sizeof number);
}

void Tape::put_text(std::string_view text) {
  put_number(static_cast<std::uint32_t>(text.size()));
  put(text.data(), text.size());
}

void Tape::close() {
  if (!lost()) head_.store(next_, std::memory_order_release);
}

void Tape::put_program(const Program& program) {
  if (lost()) return;
  if (programs_put_ - programs_taken_.load(std::memory_order_acquire) == kPrograms) {
    lost_.store(true, std::memory_order_release);
    return;
  }
  programs_[programs_put_++ % kPrograms] = program;
}

void Tape::begin(const Program& program) {
  put_program(program);
  put_number(TapeKind::Begin);
  close();
}

void Tape::set(std::string_view channel, std::span<const double> values) {
  if (!runs()) return;
  put_number(TapeKind::Set);
  put_text(channel);
  put_number(static_cast<std::uint8_t>(values.size()));
  for (const double value : values) put_number(value);
  close();
}

void Tape::send(std::string_view channel, std::string_view key, double value) {
  if (!runs()) return;
  put_number(TapeKind::Send);
  put_text(channel);
  put_text(key);
  put_number(value);
  close();
}

void Tape::transport(TapeKind kind, double value, std::uint8_t rail) {
  if (!runs()) return;
  put_number(kind);
  put_number(value);
  put_number(rail);
  close();
}

void Tape::swap(const Program& program, std::uint32_t rehearsals) {
  if (!runs()) return;
  put_program(program);
  put_number(TapeKind::Swap);
  put_number(static_cast<std::uint8_t>(rehearsals));
  close();
  digest_due_ = true;
}

void Tape::restore(std::uint64_t tick) {
  if (!runs()) return;
  put_number(TapeKind::Restore);
  put_number(tick);
  close();
  digest_due_ = true;
}

void Tape::put_digest(const RenderFrame& frame) {
  put_number(static_cast<std::uint32_t>(frame.passes.size()));
  const auto leaf = [](void* context, frame::DigestPart part, const Pass* pass, Hash128 hash) {
    Tape& self = *static_cast<Tape*>(context);
    if (part == frame::DigestPart::Header) {
      self.put_text(pass->name);
      self.put_number(frame::digest_units(pass->instances.count));
    }
    self.put_number(static_cast<std::uint32_t>(hash.low));
  };
  const Hash128 root = frame::digest(frame, {leaf, this});
  put_number(root.low);
  put_number(root.high);
}

void Tape::tick(double host_ms, const RenderFrame& frame) {
  const bool due = std::exchange(digest_due_, false) || ticks_ % digest_every_ == 0;
  ++ticks_;
  if (!runs()) return;
  put_number(TapeKind::Tick);
  put_number(host_ms);
  put_number(static_cast<std::uint8_t>(due));
  if (due) put_digest(frame);
  close();
}

void Tape::end(const RenderFrame* last) {
  if (!runs()) return;
  put_number(TapeKind::End);
  put_number(static_cast<std::uint8_t>(last != nullptr));
  if (last != nullptr) put_digest(*last);
  close();
}

void Tape::take(std::string& bytes) {
  const std::size_t tail = tail_.load(std::memory_order_relaxed);
  const std::size_t size = head_.load(std::memory_order_acquire) - tail;
  const std::size_t at = tail % kBytes;
  const std::size_t first = std::min(size, kBytes - at);
  bytes.assign(reinterpret_cast<const char*>(&ring_[at]), first);
  bytes.append(reinterpret_cast<const char*>(ring_.get()), size - first);
  tail_.store(tail + size, std::memory_order_release);
}

Program Tape::take_program() {
  const std::size_t taken = programs_taken_.load(std::memory_order_relaxed);
  Program program = std::move(*programs_[taken % kPrograms]);
  programs_[taken % kPrograms].reset();
  programs_taken_.store(taken + 1, std::memory_order_release);
  return program;
}

}  // namespace oscilla::live
