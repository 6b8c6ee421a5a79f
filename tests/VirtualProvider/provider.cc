#include "provider.h"

#include "partition.h"
#include "program.h"

#include <cstring>
#include <sstream>

namespace edgehost {

namespace {

std::set<std::string> Split(const std::string& text) {
  std::set<std::string> result;
  std::stringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    if (!part.empty()) result.insert(part);
  }
  return result;
}

// What the test asks of a broken device: numbers that look like results and are not.
void Spoil(Ort::UnownedValue& value) {
  auto info = value.GetTensorTypeAndShapeInfo();
  if (info.GetElementType() != ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT) return;
  auto* numbers = value.GetTensorMutableData<float>();
  for (size_t i = 0; i < info.GetElementCount(); i++) numbers[i] += 1;
}

// One fused node.
class Kernel : public OrtNodeComputeInfo {
 public:
  Kernel(Device& device, std::unique_ptr<Program> program) : OrtNodeComputeInfo{}, device_(device), program_(std::move(program)) {
    ort_version_supported = ORT_API_VERSION;
    CreateState = [](OrtNodeComputeInfo*, OrtNodeComputeContext*, void** state) noexcept -> OrtStatus* {
      *state = nullptr;
      return nullptr;
    };
    ReleaseState = [](OrtNodeComputeInfo*, void*) noexcept {};
    Compute = [](OrtNodeComputeInfo* self, void*, OrtKernelContext* context) noexcept {
      return Guard([&] {
        auto& me = *static_cast<Kernel*>(self);
        me.device_.Run([&] { me.Run(context); });
      });
    };
  }

 private:
  void Run(OrtKernelContext* raw) {
    Ort::KernelContext context(raw);
    std::vector<const char*> input_names, output_names;
    std::vector<const OrtValue*> inputs;  // read where they are
    for (size_t i = 0; i < program_->inputs.size(); i++) {
      input_names.push_back(program_->inputs[i].c_str());
      inputs.push_back(context.GetInput(program_->input_slots[i]));
    }
    for (auto& name : program_->outputs) output_names.push_back(name.c_str());
    std::vector<OrtValue*> raw_outputs(output_names.size(), nullptr);
    Check(ort->Run(*program_->session, nullptr, input_names.data(), inputs.data(), inputs.size(), output_names.data(), output_names.size(),
                   raw_outputs.data()));
    // Shapes are known only now, so the results are copied out.
    std::vector<Ort::Value> outputs;
    for (auto* value : raw_outputs) outputs.emplace_back(value);
    for (size_t i = 0; i < outputs.size(); i++) {
      auto target = context.GetOutput(i, outputs[i].GetTensorTypeAndShapeInfo().GetShape());
      const size_t bytes = outputs[i].GetTensorSizeInBytes();
      if (bytes != 0) std::memcpy(target.GetTensorMutableRawData(), outputs[i].GetTensorRawData(), bytes);
      if (device_.control().wrong != 0) Spoil(target);
    }
  }

  Device& device_;
  std::unique_ptr<Program> program_;
};

// The node of a compiled model that carries a group.
OrtNode* CreateContextNode(const Program& program, const Device& device) {
  std::vector<Ort::OpAttr> attributes;
  const int64_t one = 1;
  auto text = [&](const char* name, const std::string& value) {
    attributes.emplace_back(name, value.data(), static_cast<int>(value.size()), ORT_OP_ATTR_STRING);
  };
  attributes.emplace_back("main_context", &one, 1, ORT_OP_ATTR_INT);
  attributes.emplace_back("embed_mode", &one, 1, ORT_OP_ATTR_INT);
  text("ep_cache_context", program.context);
  text("source", kProviderName);
  text("ep_sdk_version", kVersion);
  text("hardware_architecture", device.kind());
  text("partition_name", program.name);
  auto outputs = program.outputs;
  Ort::Node node("EPContext", "com.microsoft", program.name, program.inputs, outputs, attributes);
  return node.release();
}

}  // namespace

Provider::Provider(Device& device, const OrtSessionOptions* options) : OrtEp{}, device_(device), env_(ORT_LOGGING_LEVEL_WARNING, kProviderName) {
  Ort::ConstSessionOptions settings{options};
  rejected_ = Split(settings.GetConfigEntryOrDefault((std::string("ep.") + kProviderName + ".reject_ops").c_str(), ""));
  wants_context_ = settings.GetConfigEntryOrDefault(kOrtSessionOptionEpContextEnable, "0") == "1";
  device_.control().sessions++;
  ort_version_supported = ORT_API_VERSION;
  GetName = [](const OrtEp*) noexcept { return kProviderName; };
  GetCapability = [](OrtEp* self, const OrtGraph* graph, OrtEpGraphSupportInfo* support) noexcept {
    return Guard([&] { static_cast<Provider*>(self)->Claim(Ort::ConstGraph{graph}, support); });
  };
  Compile = [](OrtEp* self, const OrtGraph** graphs, const OrtNode** fused, size_t count, OrtNodeComputeInfo** infos,
               OrtNode** contexts) noexcept {
    return Guard([&] { static_cast<Provider*>(self)->CompileAll(graphs, fused, count, infos, contexts); });
  };
  ReleaseNodeComputeInfos = [](OrtEp*, OrtNodeComputeInfo** infos, size_t count) noexcept {
    for (size_t i = 0; i < count; i++) delete static_cast<Kernel*>(infos[i]);
  };
  GetCompiledModelCompatibilityInfo = [](OrtEp*, const OrtGraph*) noexcept { return kVersion; };
}

Provider::~Provider() {
  device_.GiveMemory(weight_bytes_);
  device_.control().sessions--;
}

void Provider::Claim(Ort::ConstGraph graph, OrtEpGraphSupportInfo* support) {
  // Bodies of If, Loop and Scan come one by one and are claimed like the main graph; a compiled model cannot hold them.
  if (wants_context_ && static_cast<const OrtNode*>(graph.GetParentNode()) != nullptr) return;
  for (auto& group : Partition(graph, rejected_)) {
    OrtNodeFusionOptions fusion = {};
    fusion.ort_version_supported = ORT_API_VERSION;
    fusion.drop_constant_initializers = true;  // they are copied
    Check(ort_ep->EpGraphSupportInfo_AddNodesToFuse(support, group.data(), group.size(), &fusion));
  }
}

void Provider::CompileAll(const OrtGraph** graphs, const OrtNode** fused, size_t count, OrtNodeComputeInfo** infos, OrtNode** contexts) {
  device_.BeginCompile();
  for (size_t i = 0; i < count; i++) {
    Ort::ConstGraph graph{graphs[i]};
    Ort::ConstNode node{fused[i]};
    auto nodes = graph.GetNodes();
    const bool is_context = nodes.size() == 1 && IsOurContext(nodes[0]);
    auto program = is_context ? LoadContext(env_, nodes[0], node) : CompileNodes(env_, graph, node, wants_context_);
    device_.TakeMemory(program->weight_bytes, program->name);
    weight_bytes_ += program->weight_bytes;
    (is_context ? device_.control().from_context : device_.control().compiled)++;
    if (wants_context_ && !is_context) contexts[i] = CreateContextNode(*program, device_);
    program->context.clear();
    infos[i] = new Kernel(device_, std::move(program));
  }
}

}  // namespace edgehost
