using EdgeHost.Serialization;

namespace TestPlugins.ModelRunner;

/// <summary>One input of a run.</summary>
[WireMessage]
public sealed partial class RunInput
{
    /// <summary>Its name in the graph.</summary>
    [WireField(MaxLength = 256)]
    public required string Name { get; init; }

    /// <summary>Its dimensions; empty takes the graph's, with 1 where they are open.</summary>
    [WireField(MaxLength = 8)]
    public IReadOnlyList<long> Shape { get; init; } = [];

    /// <summary>What every element is; null fills floating-point inputs with small numbers that are the same in each run, and others with zero.</summary>
    public double? Value { get; init; }
}
