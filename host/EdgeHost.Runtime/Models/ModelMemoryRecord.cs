using System.Text.Json.Serialization;

namespace EdgeHost.Runtime.Models;

/// <summary>What was learned of a model on a device, as kept on disk. Immutable.</summary>
internal sealed record ModelMemoryRecord
{
    public string Id { get; init; } = string.Empty;

    public string Version { get; init; } = string.Empty;

    public string Variant { get; init; } = string.Empty;

    public string Device { get; init; } = string.Empty;

    public string Sha256 { get; init; } = string.Empty;

    public long LoadedBytes { get; init; }

    public long PeakBytes { get; init; }

    public double LoadMilliseconds { get; init; }

    public DateTimeOffset LastUsed { get; init; }

    [JsonIgnore]
    public ModelKey Key => new(Id, Version, Variant, Device);
}
