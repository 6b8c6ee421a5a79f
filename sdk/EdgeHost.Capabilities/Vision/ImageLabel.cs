using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>A class that a picture may be of.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Confidence">How sure the model is, 0 to 1.</param>
[WireMessage]
public sealed partial record ImageLabel(string Label, double Confidence);
