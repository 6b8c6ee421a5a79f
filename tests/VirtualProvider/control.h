// What a test tells a device and what the device tells back, in memory that both share: a mapped file, so that it works the same whether the provider
// runs in the test's own process or in a real host. All fields are 64-bit and read and written on their own.
// VirtualDeviceControl.cs mirrors this layout.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

namespace edgehost {

constexpr int64_t kControlMagic = 0x3150565448474445;  // "EDGHTVP1"
constexpr size_t kControlHeaderBytes = 64;
constexpr size_t kControlDeviceBytes = 256;
constexpr size_t kControlDevices = 3;  // npu, gpu, cpu in this order
constexpr size_t kControlBytes = 4096;

struct DeviceControl {
  // Set by the test; zero is a device that works as fast as it can.
  std::atomic<int64_t> latency_floor_us;  // no run is shorter
  std::atomic<int64_t> latency_permille;  // a run takes that part of its real time; below 1000 is 1000
  std::atomic<int64_t> fail_runs;         // so many runs fail; -1: all
  std::atomic<int64_t> fail_compiles;     // so many loads fail; -1: all
  std::atomic<int64_t> down;              // every run and load fails
  std::atomic<int64_t> hang_runs;         // a run that begins blocks until this is zero again
  std::atomic<int64_t> hang_compiles;     // a load that begins blocks until this is zero again
  std::atomic<int64_t> wrong;             // results are off by one
  std::atomic<int64_t> reserved[8];

  // Set by the device.
  std::atomic<int64_t> compiled;      // graphs compiled
  std::atomic<int64_t> runs;          // runs begun
  std::atomic<int64_t> failed;        // runs failed on purpose
  std::atomic<int64_t> busy_us;       // time spent in runs
  std::atomic<int64_t> memory_used;   // bytes of weights on the device
  std::atomic<int64_t> hanging;       // runs and loads that are blocked now
  std::atomic<int64_t> sessions;      // sessions that live
  std::atomic<int64_t> from_context;  // graphs loaded in compiled form
  std::atomic<int64_t> unused[8];
};
static_assert(sizeof(DeviceControl) == kControlDeviceBytes, "VirtualDeviceControl.cs counts on it");

// Takes one of a number of failures: true while the number is above zero, or for ever at -1.
bool TakeFailure(std::atomic<int64_t>& left);

// The file mapped, or memory of the process where no path is given.
class ControlFile {
 public:
  explicit ControlFile(const std::string& path);
  ~ControlFile();
  ControlFile(const ControlFile&) = delete;
  ControlFile& operator=(const ControlFile&) = delete;

  DeviceControl& Device(size_t index) const;

 private:
  void* memory_ = nullptr;
};

}  // namespace edgehost
