using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>The end of an export.</summary>
[WireMessage]
public sealed partial class ExportHealthResponse
{
    /// <summary>How many samples were given.</summary>
    [WireField(Minimum = 0)]
    public required long Samples { get; init; }

    /// <summary>How many waves.</summary>
    [WireField(Minimum = 0)]
    public long Waves { get; init; }

    /// <summary>How many entries of alerts.</summary>
    [WireField(Minimum = 0)]
    public long Alerts { get; init; }

    /// <summary>Types that the app may not read, whether or not there is anything of them: for everything, grant <c>health.read.*</c>.</summary>
    public IReadOnlyList<string> Withheld { get; init; } = [];

    /// <summary>What the device's owner allows the app with the data.</summary>
    public IReadOnlyList<HealthGrant> Grants { get; init; } = [];

    /// <summary>How many lines of the record of accesses.</summary>
    [WireField(Minimum = 0)]
    public required long Accesses { get; init; }
}
