using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>How likely a label is.</summary>
/// <param name="Label">The label.</param>
/// <param name="Score">0 to 1.</param>
[WireMessage]
public sealed partial record LabelScore(string Label, double Score);
