#include "device.h"

#include <onnxruntime_ep_device_ep_metadata_keys.h>

#include <algorithm>
#include <chrono>
#include <thread>

namespace edgehost {

namespace {

constexpr const char* kKinds[kControlDevices] = {"npu", "gpu", "cpu"};
constexpr OrtHardwareDeviceType kTypes[kControlDevices] = {OrtHardwareDeviceType_NPU, OrtHardwareDeviceType_GPU, OrtHardwareDeviceType_CPU};

}  // namespace

Device::Device(size_t index, uint64_t memory_bytes, DeviceControl& control)
    : kind_(kKinds[index]), type_(kTypes[index]), id_(static_cast<uint32_t>(index) + 1), memory_bytes_(memory_bytes), control_(control) {}

Device::~Device() {
  if (hardware_ != nullptr) ort_ep->ReleaseHardwareDevice(hardware_);
}

const char* Device::KindOf(size_t index) { return kKinds[index]; }

const OrtHardwareDevice* Device::CreateHardware() {
  Ort::KeyValuePairs metadata;
  metadata.Add(kOrtHardwareDevice_MetadataKey_IsVirtual, "1");
  metadata.Add("Description", ("EdgeHost virtual " + kind_).c_str());
  if (hardware_ != nullptr) ort_ep->ReleaseHardwareDevice(hardware_);
  hardware_ = nullptr;
  Check(ort_ep->CreateHardwareDevice(type_, kVendorId, id_, kVendor, metadata, &hardware_));
  return hardware_;
}

void Device::TakeMemory(uint64_t bytes, const std::string& what) {
  std::lock_guard<std::mutex> guard(memory_);
  auto used = static_cast<uint64_t>(control_.memory_used.load());
  if (used + bytes > memory_bytes_) {
    Fail("the virtual " + kind_ + " has " + std::to_string(memory_bytes_) + " bytes, " + std::to_string(used) + " in use; " + what + " needs " +
         std::to_string(bytes));
  }
  control_.memory_used += static_cast<int64_t>(bytes);
}

void Device::GiveMemory(uint64_t bytes) {
  std::lock_guard<std::mutex> guard(memory_);
  control_.memory_used -= static_cast<int64_t>(bytes);
}

void Device::BeginCompile() {
  WaitWhile(control_.hang_compiles);
  if (control_.down != 0) Fail("the virtual " + kind_ + " is down");
  if (TakeFailure(control_.fail_compiles)) Fail("a load on the virtual " + kind_ + " failed on purpose");
}

void Device::Run(const std::function<void()>& graph) {
  using Clock = std::chrono::steady_clock;
  std::lock_guard<std::mutex> turn(turn_);
  control_.runs++;
  WaitWhile(control_.hang_runs);
  if (control_.down != 0 || TakeFailure(control_.fail_runs)) {
    control_.failed++;
    Fail(control_.down != 0 ? "the virtual " + kind_ + " is down" : "a run on the virtual " + kind_ + " failed on purpose");
  }
  const auto start = Clock::now();
  graph();
  const auto took = Clock::now() - start;
  const auto slowed = took * std::max<int64_t>(1000, control_.latency_permille) / 1000;
  const auto wanted = std::max<Clock::duration>(slowed, std::chrono::microseconds(control_.latency_floor_us));
  std::this_thread::sleep_until(start + wanted);
  control_.busy_us += std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start).count();
}

void Device::WaitWhile(const std::atomic<int64_t>& flag) {
  if (flag == 0) return;
  control_.hanging++;
  // The flag may be set by another process, so there is nothing to wait on.
  while (flag != 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  control_.hanging--;
}

}  // namespace edgehost
