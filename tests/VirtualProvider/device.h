// One virtual device: what it is, how much memory it has, and how it behaves in a run. It computes one graph at a time, as an NPU does.
#pragma once

#include "control.h"
#include "ort.h"

#include <functional>
#include <mutex>
#include <string>

namespace edgehost {

class Device {
 public:
  // index: 0 npu, 1 gpu, 2 cpu (a slower processor, to compare with).
  Device(size_t index, uint64_t memory_bytes, DeviceControl& control);
  ~Device();

  static const char* KindOf(size_t index);

  const std::string& kind() const { return kind_; }
  OrtHardwareDeviceType type() const { return type_; }
  uint32_t id() const { return id_; }
  uint64_t memory_bytes() const { return memory_bytes_; }
  DeviceControl& control() { return control_; }

  // The hardware device as ONNX Runtime keeps it; made anew by each call and owned here.
  const OrtHardwareDevice* CreateHardware();

  // Takes memory for weights; fails with both figures where there is not enough.
  void TakeMemory(uint64_t bytes, const std::string& what);
  void GiveMemory(uint64_t bytes);

  // The place where loads fail or hang.
  void BeginCompile();

  // Runs a graph with the latency, failures and hang that the control asks for.
  void Run(const std::function<void()>& graph);

 private:
  void WaitWhile(const std::atomic<int64_t>& flag);

  const std::string kind_;
  const OrtHardwareDeviceType type_;
  const uint32_t id_;
  const uint64_t memory_bytes_;
  DeviceControl& control_;
  std::mutex memory_;
  std::mutex turn_;
  OrtHardwareDevice* hardware_ = nullptr;
};

}  // namespace edgehost
