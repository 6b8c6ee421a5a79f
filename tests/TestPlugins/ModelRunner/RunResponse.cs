using EdgeHost.Serialization;

namespace TestPlugins.ModelRunner;

/// <summary>Where and how long the steps ran.</summary>
[WireMessage]
public sealed partial class RunResponse
{
    /// <summary>The device of each step.</summary>
    public required IReadOnlyList<string> Devices { get; init; }

    /// <summary>Microseconds that each step waited for its device.</summary>
    public required IReadOnlyList<long> QueueUs { get; init; }

    /// <summary>Microseconds that each step ran.</summary>
    public required IReadOnlyList<long> RunUs { get; init; }

    /// <summary>Microseconds that the lease took; most of it is the load where the model was not resident.</summary>
    public required long LeaseUs { get; init; }

    /// <summary>Microseconds from the start of the handler to its end.</summary>
    public required long TotalUs { get; init; }
}
