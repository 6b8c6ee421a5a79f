using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>What the device's owner allows an app with one type of readings, or with ECGs (<c>ecg</c>) or pulse signals (<c>ppg</c>).</summary>
[WireMessage]
public sealed partial class HealthGrant
{
    /// <summary>The type.</summary>
    public required string Type { get; init; }

    /// <summary>Whether the app may read it.</summary>
    public required bool CanRead { get; init; }

    /// <summary>Whether it may write it.</summary>
    public required bool CanWrite { get; init; }
}
