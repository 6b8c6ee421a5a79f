#include "partition.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>

namespace edgehost {

namespace {

bool IsPresent(Ort::ConstValueInfo value) { return static_cast<const OrtValueInfo*>(value) != nullptr; }

bool IsNumericTensor(Ort::ConstValueInfo value) {
  if (!IsPresent(value)) return true;  // an optional input or output that is left out
  Ort::ConstTypeInfo type = value.TypeInfo();
  if (static_cast<const OrtTypeInfo*>(type) == nullptr || type.GetONNXType() != ONNX_TYPE_TENSOR) return false;
  switch (type.GetTensorTypeAndShapeInfo().GetElementType()) {
    case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT:
    case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16:
    case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE:
    case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8:
    case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8:
    case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16:
    case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16:
    case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32:
    case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32:
    case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64:
    case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64:
    case ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL:
      return true;
    default:
      return false;
  }
}

bool IsSupported(Ort::ConstNode node, const std::set<std::string>& rejected) {
  if (node.GetOperatorType() == "EPContext") return IsOurContext(node);
  if (rejected.count(node.GetOperatorType()) != 0 || !node.GetSubgraphs().empty()) return false;
  for (auto attribute : node.GetAttributes()) {
    auto type = attribute.GetType();
    if (type == ORT_OP_ATTR_UNDEFINED || type == ORT_OP_ATTR_GRAPH) return false;
    // Such an attribute can be read but not made; for this operator there is a way around it (see rebuild.cc).
    if (type == ORT_OP_ATTR_TENSOR && node.GetOperatorType() != "ConstantOfShape") return false;
  }
  auto inputs = node.GetInputs();
  auto outputs = node.GetOutputs();
  return std::all_of(inputs.begin(), inputs.end(), IsNumericTensor) && std::all_of(outputs.begin(), outputs.end(), IsNumericTensor);
}

// Sets of nodes that grow together.
class Groups {
 public:
  explicit Groups(size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), 0); }

  size_t Find(size_t node) {
    while (parent_[node] != node) node = parent_[node] = parent_[parent_[node]];
    return node;
  }

  void Join(size_t first, size_t second) { parent_[Find(first)] = Find(second); }

 private:
  std::vector<size_t> parent_;
};

}  // namespace

bool IsOurContext(Ort::ConstNode node) {
  if (node.GetOperatorType() != "EPContext") return false;
  Ort::ConstOpAttr source{nullptr};
  std::string text;
  return node.GetAttributeByName("source", source).IsOK() && static_cast<const OrtOpAttr*>(source) != nullptr && source.GetValue(text).IsOK() &&
         text == kProviderName;
}

// A group must be convex: no path may leave it and come back. Every node gets a level that rises whenever a path crosses between supported and other
// nodes; supported nodes of one level can be fused without ever enclosing another node, and the connected parts of a level are the groups.
std::vector<std::vector<const OrtNode*>> Partition(Ort::ConstGraph graph, const std::set<std::string>& rejected) {
  auto nodes = graph.GetNodes();  // in topological order
  std::unordered_map<std::string, size_t> producer;
  std::vector<bool> supported(nodes.size());
  std::vector<size_t> level(nodes.size());
  Groups groups(nodes.size());
  for (size_t i = 0; i < nodes.size(); i++) {
    supported[i] = IsSupported(nodes[i], rejected);
    level[i] = supported[i] ? 0 : 1;
    std::vector<size_t> sources;
    auto visit = [&](const std::vector<Ort::ConstValueInfo>& values) {
      for (auto value : values) {
        auto found = IsPresent(value) ? producer.find(value.GetName()) : producer.end();
        if (found == producer.end()) continue;
        sources.push_back(found->second);
        level[i] = std::max(level[i], level[found->second] + (supported[found->second] == supported[i] ? 0 : 1));
      }
    };
    visit(nodes[i].GetInputs());
    visit(nodes[i].GetImplicitInputs());
    for (size_t source : sources) {
      if (supported[i] && supported[source] && level[i] == level[source]) groups.Join(i, source);
    }
    for (auto value : nodes[i].GetOutputs()) {
      if (IsPresent(value)) producer[value.GetName()] = i;
    }
  }
  std::map<size_t, std::vector<const OrtNode*>> found;
  for (size_t i = 0; i < nodes.size(); i++) {
    if (supported[i]) found[groups.Find(i)].push_back(nodes[i]);
  }
  std::vector<std::vector<const OrtNode*>> result;
  for (auto& group : found) result.push_back(std::move(group.second));
  return result;
}

}  // namespace edgehost
