using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Vision;

/// <summary>Asks for the classifiers that the calling app taught.</summary>
[WireMessage]
public sealed partial class ClassifiersRequest;
