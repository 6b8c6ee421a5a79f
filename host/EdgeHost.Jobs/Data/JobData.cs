using System.Security.Cryptography;
using System.Text;

namespace EdgeHost.Jobs.Data;

/// <summary>What a job learns from, checked. Not changed afterwards.</summary>
internal sealed class JobData
{
    /// <summary>Examples to learn from.</summary>
    public required DataPart Train { get; init; }

    /// <summary>Examples to choose with; null where there are none.</summary>
    public DataPart? Validation { get; init; }

    /// <summary>Examples to measure with; null where there are none.</summary>
    public DataPart? Test { get; init; }

    /// <summary>Of a personal version the examples to measure with that are the app's own; null where there are none, or it is no such version.</summary>
    public DataPart? OwnTest { get; init; }

    /// <summary>Of a personal version the examples to measure with that the shipped one knows; null as before.</summary>
    public DataPart? ReplayTest { get; init; }

    /// <summary>The labels in the order of the network's outputs; empty where the task is not to classify.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>What is odd about it, for a person.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The last example that belongs to it; 0 for inline data.</summary>
    public long LastExample { get; init; }

    /// <summary>What the content of the examples is; the name of their kind as it is in docs, null for inline data.</summary>
    public string? Kind { get; init; }

    /// <summary>A hash over everything that training and its choices depend on.</summary>
    public string Hash => field ??= ComputeHash();

    /// <summary>Bytes of the examples in memory.</summary>
    public required long Bytes { get; init; }

    private string ComputeHash()
    {
        var text = $"{Train.Data.Hash} {Validation?.Data.Hash} {Test?.Data.Hash} {string.Join('\n', Labels)}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
