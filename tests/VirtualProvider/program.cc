#include "program.h"

#include <atomic>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace edgehost {

namespace {

Ort::OpAttr CopyAttribute(Ort::ConstOpAttr from) {
  const auto name = from.GetName();
  const auto type = from.GetType();
  auto make = [&](const void* data, size_t count) { return Ort::OpAttr(name.c_str(), data, static_cast<int>(count), type); };
  auto scalar = [&](auto value) {
    Check(from.GetValue(value).release());
    return make(&value, 1);
  };
  auto array = [&](auto values) {
    Check(from.GetValueArray(values).release());
    return make(values.data(), values.size());
  };
  switch (type) {
    case ORT_OP_ATTR_INT:
      return scalar(int64_t{});
    case ORT_OP_ATTR_FLOAT:
      return scalar(float{});
    case ORT_OP_ATTR_INTS:
      return array(std::vector<int64_t>{});
    case ORT_OP_ATTR_FLOATS:
      return array(std::vector<float>{});
    case ORT_OP_ATTR_STRING: {
      std::string text;
      Check(from.GetValue(text).release());
      return make(text.data(), text.size());
    }
    case ORT_OP_ATTR_STRINGS: {
      std::vector<std::string> texts;
      Check(from.GetValueArray(texts).release());
      std::vector<const char*> pointers;
      for (auto& text : texts) pointers.push_back(text.c_str());
      return make(pointers.data(), pointers.size());
    }
    default:
      Fail("attribute " + name + " has a type that cannot be copied");
  }
}

Ort::Value CopyTensor(Ort::ConstValue from, OrtAllocator* allocator) {
  auto info = from.GetTensorTypeAndShapeInfo();
  auto shape = info.GetShape();
  auto copy = Ort::Value::CreateTensor(allocator, shape.data(), shape.size(), info.GetElementType());
  const size_t bytes = from.GetTensorSizeInBytes();
  if (bytes != 0) std::memcpy(copy.GetTensorMutableRawData(), from.GetTensorRawData(), bytes);
  return copy;
}

std::vector<std::string> Names(const std::vector<Ort::ConstValueInfo>& values) {
  std::vector<std::string> names;
  for (auto value : values) names.push_back(static_cast<const OrtValueInfo*>(value) != nullptr ? value.GetName() : std::string());
  while (!names.empty() && names.back().empty()) names.pop_back();
  return names;
}

// Copies nodes and their constants: the handles die when Compile returns.
class Rebuilder {
 public:
  Rebuilder(Ort::ConstGraph graph, Ort::ConstNode fused, Program& program) : source_(graph), fused_(fused), program_(program) {}

  Ort::Model Build() {
    for (auto node : source_.GetNodes()) AddNode(node);
    // Inputs and outputs are those of the fused node, in its order.
    std::vector<Ort::ValueInfo> inputs, outputs;
    auto values = fused_.GetInputs();
    for (size_t i = 0; i < values.size(); i++) {
      if (constants_.count(values[i].GetName()) != 0) continue;
      program_.inputs.push_back(values[i].GetName());
      program_.input_slots.push_back(i);
      inputs.emplace_back(values[i].GetName(), values[i].TypeInfo());
    }
    for (auto value : fused_.GetOutputs()) {
      program_.outputs.push_back(value.GetName());
      outputs.emplace_back(value.GetName(), value.TypeInfo());
    }
    copy_.SetInputs(inputs);
    copy_.SetOutputs(outputs);
    std::vector<Ort::Model::DomainOpsetPair> opsets;
    for (auto& set : source_.GetOperatorSets()) {
      if (domains_.count(set.domain) != 0 || set.domain.empty()) opsets.emplace_back(set.domain, static_cast<int>(set.version));
    }
    Ort::Model model(opsets);
    model.AddGraph(copy_);
    return model;
  }

 private:
  void AddNode(Ort::ConstNode node) {
    auto values = node.GetInputs();
    auto inputs = Names(values);
    for (size_t i = 0; i < inputs.size(); i++) {
      if (!inputs[i].empty() && produced_.count(inputs[i]) == 0) AddConstant(inputs[i], values[i]);
    }
    auto outputs = Names(node.GetOutputs());
    produced_.insert(outputs.begin(), outputs.end());
    domains_.insert(node.GetDomain());
    auto type = node.GetOperatorType();
    std::vector<Ort::OpAttr> attributes;
    for (auto attribute : node.GetAttributes()) {
      if (attribute.GetType() != ORT_OP_ATTR_TENSOR) {
        attributes.push_back(CopyAttribute(attribute));
        continue;
      }
      // A tensor attribute cannot be made through the interface: ConstantOfShape becomes Expand of a constant.
      Ort::Value value{nullptr};
      Check(attribute.GetTensorAttributeAsOrtValue(value).release());
      auto mine = CopyTensor(value.GetConst(), allocator_);
      auto name = outputs[0] + "/edgehost_value";
      copy_.AddInitializer(name, mine, false);
      inputs.insert(inputs.begin(), name);
      type = "Expand";
    }
    Ort::Node mine(type, node.GetDomain(), node.GetName(), inputs, outputs, attributes);
    copy_.AddNode(mine);
  }

  void AddConstant(const std::string& name, Ort::ConstValueInfo value) {
    if (!value.IsConstantInitializer() || !constants_.insert(name).second) return;
    Ort::ConstValue tensor{nullptr};
    Check(value.GetInitializer(tensor).release());
    program_.weight_bytes += tensor.GetTensorSizeInBytes();
    auto mine = CopyTensor(tensor, allocator_);
    copy_.AddInitializer(name, mine, false);
  }

  Ort::ConstGraph source_;
  Ort::ConstNode fused_;
  Program& program_;
  Ort::AllocatorWithDefaultOptions allocator_;
  Ort::Graph copy_;
  std::set<std::string> produced_, constants_, domains_;
};

// A file that is gone with its owner.
class TemporaryFile {
 public:
  TemporaryFile() {
    static std::atomic<int> serial{0};
    path_ = std::filesystem::temp_directory_path() /
            (std::string(kProviderName) + "-" + std::to_string(reinterpret_cast<uintptr_t>(this)) + "-" + std::to_string(serial++) + ".onnx");
  }
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace

Ort::SessionOptions InnerOptions() {
  Ort::SessionOptions options;
  options.DisablePerSessionThreads();
  options.DisableMemPattern();
  options.SetLogSeverityLevel(ORT_LOGGING_LEVEL_ERROR);
  options.AddConfigEntry(kOrtSessionOptionsConfigAllowIntraOpSpinning, "0");
  options.SetLogId(kProviderName);
  return options;
}

std::unique_ptr<Program> CompileNodes(const Ort::Env& env, Ort::ConstGraph graph, Ort::ConstNode fused, bool wants_context) {
  auto program = std::make_unique<Program>();
  program->name = fused.GetName();
  auto model = Rebuilder(graph, fused, *program).Build();
  auto options = InnerOptions();
  TemporaryFile file;
  if (wants_context) {
    options.SetOptimizedModelFilePath(file.path().c_str());
    options.SetGraphOptimizationLevel(ORT_ENABLE_BASIC);  // the higher levels make nodes that a file cannot hold
  }
  OrtSession* session = nullptr;
  Check(Ort::GetModelEditorApi().CreateSessionFromModel(env, model, options, &session));
  program->session = std::make_unique<Ort::Session>(session);
  if (wants_context) {
    std::ifstream stream(file.path(), std::ios::binary);
    program->context.assign(std::istreambuf_iterator<char>(stream), {});
  }
  return program;
}

std::unique_ptr<Program> LoadContext(const Ort::Env& env, Ort::ConstNode context, Ort::ConstNode fused) {
  auto program = std::make_unique<Program>();
  program->name = fused.GetName();
  std::string model;
  Ort::ConstOpAttr cache{nullptr};
  Check(context.GetAttributeByName("ep_cache_context", cache).release());
  Check(cache.GetValue(model).release());
  program->session = std::make_unique<Ort::Session>(env, model.data(), model.size(), InnerOptions());
  program->weight_bytes = model.size();
  auto inputs = fused.GetInputs();
  for (size_t i = 0; i < inputs.size(); i++) {
    program->inputs.push_back(inputs[i].GetName());
    program->input_slots.push_back(i);
  }
  for (auto value : fused.GetOutputs()) program->outputs.push_back(value.GetName());
  return program;
}

}  // namespace edgehost
