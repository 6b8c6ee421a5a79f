// What ONNX Runtime looks for in a provider library, and the factory behind it.
//
// The name that the library is registered under carries what must be known before a session exists:
//   edgehost-virtual?devices=npu,gpu&npu.memory_bytes=268435456&control=/tmp/file&.virtual
// It has to end in ".virtual": that is what lets virtual hardware in.
#include "device.h"
#include "ort.h"
#include "provider.h"

#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace edgehost {

const OrtApi* ort = nullptr;
const OrtEpApi* ort_ep = nullptr;

namespace {

constexpr uint64_t kDefaultMemoryBytes = 1ull << 30;

std::map<std::string, std::string> ParseRegistration(const std::string& name) {
  std::map<std::string, std::string> result;
  const auto query = name.find('?');
  if (query == std::string::npos) return result;
  std::stringstream parts(name.substr(query + 1));
  for (std::string part; std::getline(parts, part, '&');) {
    const auto equals = part.find('=');
    if (equals != std::string::npos) result[part.substr(0, equals)] = part.substr(equals + 1);
  }
  return result;
}

class Factory : public OrtEpFactory {
 public:
  explicit Factory(const std::string& registration) : OrtEpFactory{} {
    auto settings = ParseRegistration(registration);
    control_ = std::make_unique<ControlFile>(settings["control"]);
    const auto wanted = "," + (settings.count("devices") != 0 ? settings["devices"] : "npu,gpu") + ",";
    for (size_t i = 0; i < kControlDevices; i++) {
      const std::string kind = Device::KindOf(i);
      if (wanted.find("," + kind + ",") == std::string::npos) continue;
      const auto memory = settings.find(kind + ".memory_bytes");
      const uint64_t bytes = memory == settings.end() ? kDefaultMemoryBytes : std::stoull(memory->second);
      devices_.push_back(std::make_unique<Device>(i, bytes, control_->Device(i)));
    }
    SetFunctions();
  }

 private:
  void SetFunctions() {
    ort_version_supported = ORT_API_VERSION;
    GetName = [](const OrtEpFactory*) noexcept { return kProviderName; };
    GetVendor = [](const OrtEpFactory*) noexcept { return kVendor; };
    GetVendorId = [](const OrtEpFactory*) noexcept { return kVendorId; };
    GetVersion = [](const OrtEpFactory*) noexcept { return kVersion; };
    GetSupportedDevices = [](OrtEpFactory* self, const OrtHardwareDevice* const*, size_t, OrtEpDevice** found, size_t most,
                             size_t* count) noexcept {
      return Guard([&] { static_cast<Factory*>(self)->ListDevices(found, most, count); });
    };
    CreateEp = [](OrtEpFactory* self, const OrtHardwareDevice* const* hardware, const OrtKeyValuePairs* const*, size_t count,
                  const OrtSessionOptions* session, const OrtLogger*, OrtEp** provider) noexcept {
      return Guard([&] {
        if (count < 1) Fail("no device given");
        *provider = new Provider(static_cast<Factory*>(self)->Find(hardware[0]), session);
      });
    };
    ReleaseEp = [](OrtEpFactory*, OrtEp* provider) noexcept { delete static_cast<Provider*>(provider); };
    // Values stay in the host's memory: there is nothing to allocate and nothing to copy. ONNX Runtime asks all the same.
    CreateAllocator = [](OrtEpFactory*, const OrtMemoryInfo*, const OrtKeyValuePairs*, OrtAllocator** allocator) noexcept -> OrtStatus* {
      *allocator = nullptr;
      return nullptr;
    };
    ReleaseAllocator = [](OrtEpFactory*, OrtAllocator*) noexcept {};
    CreateDataTransfer = [](OrtEpFactory*, OrtDataTransferImpl** transfer) noexcept -> OrtStatus* {
      *transfer = nullptr;
      return nullptr;
    };
    IsStreamAware = [](const OrtEpFactory*) noexcept { return false; };
    ValidateCompiledModelCompatibilityInfo = [](OrtEpFactory*, const OrtHardwareDevice* const*, size_t, const char* info,
                                                OrtCompiledModelCompatibility* out) noexcept -> OrtStatus* {
      *out = std::string(info) == kVersion ? OrtCompiledModelCompatibility_EP_SUPPORTED_OPTIMAL : OrtCompiledModelCompatibility_EP_UNSUPPORTED;
      return nullptr;
    };
  }

  void ListDevices(OrtEpDevice** found, size_t most, size_t* count) {
    *count = 0;
    // ONNX Runtime does not enforce the permission: a provider has to ask for it itself.
    OrtKeyValuePairs* raw = nullptr;
    Check(ort_ep->GetEnvConfigEntries(&raw));
    Ort::KeyValuePairs environment(raw);
    const char* allowed = environment.GetValue("allow_virtual_devices");
    if (allowed == nullptr || std::string(allowed) != "1") return;
    for (auto& device : devices_) {
      if (*count == most) break;
      Ort::KeyValuePairs metadata;
      metadata.Add("memory_bytes", std::to_string(device->memory_bytes()).c_str());
      OrtEpDevice* made = nullptr;
      Check(ort_ep->CreateEpDevice(this, device->CreateHardware(), metadata, nullptr, &made));
      found[(*count)++] = made;
    }
  }

  Device& Find(const OrtHardwareDevice* hardware) {
    for (auto& device : devices_) {
      if (ort->HardwareDevice_DeviceId(hardware) == device->id()) return *device;
    }
    Fail("not one of its devices");
  }

  std::unique_ptr<ControlFile> control_;  // before the devices, which point into it
  std::vector<std::unique_ptr<Device>> devices_;
};

}  // namespace
}  // namespace edgehost

#define EDGEHOST_EXPORT extern "C" __attribute__((visibility("default")))

EDGEHOST_EXPORT OrtStatus* CreateEpFactories(const char* name, const OrtApiBase* base, const OrtLogger*, OrtEpFactory** factories, size_t most,
                                             size_t* count) {
  using namespace edgehost;
  ort = base->GetApi(ORT_API_VERSION);
  if (ort == nullptr) return base->GetApi(1)->CreateStatus(ORT_FAIL, "edgehost-virtual was built for a newer ONNX Runtime");
  ort_ep = ort->GetEpApi();
  Ort::InitApi(ort);
  return Guard([&] {
    if (most < 1) Fail("no room for a factory");
    factories[0] = new Factory(name);
    *count = 1;
  });
}

EDGEHOST_EXPORT OrtStatus* ReleaseEpFactory(OrtEpFactory* factory) {
  delete static_cast<edgehost::Factory*>(factory);
  return nullptr;
}
