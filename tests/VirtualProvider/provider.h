// The execution provider of one session.
#pragma once

#include "device.h"
#include "ort.h"

#include <atomic>
#include <set>
#include <string>

namespace edgehost {

class Provider : public OrtEp {
 public:
  Provider(Device& device, const OrtSessionOptions* options);
  ~Provider();

 private:
  void Claim(Ort::ConstGraph graph, OrtEpGraphSupportInfo* support);
  void CompileAll(const OrtGraph** graphs, const OrtNode** fused, size_t count, OrtNodeComputeInfo** infos, OrtNode** contexts);

  Device& device_;
  Ort::Env env_;  // a second reference to the one environment of the process: inner sessions need it
  std::set<std::string> rejected_;
  bool wants_context_ = false;
  uint64_t weight_bytes_ = 0;
};

}  // namespace edgehost
