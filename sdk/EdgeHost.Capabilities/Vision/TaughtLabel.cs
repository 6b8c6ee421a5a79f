using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>A class that an app taught.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Examples">How many pictures of it are known.</param>
[WireMessage]
public sealed partial record TaughtLabel(string Label, int Examples);
