// A group of nodes compiled for a device: an inner session on the processor, made from a copy of the nodes.
#pragma once

#include "ort.h"

#include <memory>
#include <string>
#include <vector>

namespace edgehost {

struct Program {
  std::string name;
  std::vector<std::string> inputs, outputs;  // of the inner session
  std::vector<size_t> input_slots;           // which input of the fused node feeds which of the session
  std::unique_ptr<Ort::Session> session;
  uint64_t weight_bytes = 0;
  std::string context;  // the inner model, where a compiled model is asked for
};

// Settings of an inner session: the process's thread pool, no spinning.
Ort::SessionOptions InnerOptions();

// Compiles the nodes of a group.
std::unique_ptr<Program> CompileNodes(const Ort::Env& env, Ort::ConstGraph graph, Ort::ConstNode fused, bool wants_context);

// Loads a group that was compiled before.
std::unique_ptr<Program> LoadContext(const Ort::Env& env, Ort::ConstNode context, Ort::ConstNode fused);

}  // namespace edgehost
