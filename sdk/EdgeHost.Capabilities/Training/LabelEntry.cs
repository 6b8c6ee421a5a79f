using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>How many examples have a label.</summary>
/// <param name="Label">The label.</param>
/// <param name="Examples">The number.</param>
[WireMessage]
public sealed partial record LabelEntry(string Label, long Examples);
