// Which nodes of a graph a device takes, and in which groups.
#pragma once

#include "ort.h"

#include <set>
#include <string>
#include <vector>

namespace edgehost {

// Whether a node carries a graph that this provider compiled before.
bool IsOurContext(Ort::ConstNode node);

// Groups of nodes that can each be fused into one; rejected: operators that the device does not have.
std::vector<std::vector<const OrtNode*>> Partition(Ort::ConstGraph graph, const std::set<std::string>& rejected);

}  // namespace edgehost
