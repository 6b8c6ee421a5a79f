// ONNX Runtime's C++ wrappers inside a provider: nothing is linked, the function table comes from ONNX Runtime itself.
#pragma once

#define ORT_API_MANUAL_INIT
#include <onnxruntime_cxx_api.h>
#undef ORT_API_MANUAL_INIT
#include <onnxruntime_session_options_config_keys.h>

#include <exception>
#include <new>
#include <string>

namespace edgehost {

constexpr const char* kProviderName = "edgehost-virtual";
constexpr const char* kVendor = "EdgeHost (virtual)";
constexpr const char* kVersion = "1.0.0";
constexpr uint32_t kVendorId = 0xED6E;

// Both are set once, before any other code of the library runs.
extern const OrtApi* ort;
extern const OrtEpApi* ort_ep;

inline void Check(OrtStatus* status) { Ort::ThrowOnError(status); }

// A provider's own failure, which ONNX Runtime passes on as a failed load or run.
[[noreturn]] inline void Fail(const std::string& text) { throw Ort::Exception(std::string(kProviderName) + ": " + text, ORT_EP_FAIL); }

// No exception may leave a function that ONNX Runtime calls.
template <typename Body>
OrtStatus* Guard(Body&& body) noexcept {
  try {
    body();
    return nullptr;
  } catch (const Ort::Exception& e) {
    return ort->CreateStatus(e.GetOrtErrorCode(), e.what());
  } catch (const std::exception& e) {
    return ort->CreateStatus(ORT_EP_FAIL, e.what());
  }
}

}  // namespace edgehost
