using EdgeHost.Serialization;

namespace TestPlugins.ModelRunner;

/// <summary>Finds the models of a task and leases the first one if it is on the device.</summary>
[WireMessage]
public sealed partial class FindRequest
{
    /// <summary>The method that takes it and answers with a <see cref="FindResponse"/>.</summary>
    public const string Method = "modelrunner.find";

    /// <summary>The task.</summary>
    [WireField(MaxLength = 256)]
    public required string Task { get; init; }
}
