using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>What a check of files found.</summary>
[WireMessage]
public sealed partial class VerifyModelResponse
{
    /// <summary>Whether every file is as its manifest says.</summary>
    public required bool Ok { get; init; }

    /// <summary>Every file that was checked.</summary>
    public required IReadOnlyList<VerifiedFile> Files { get; init; }
}
