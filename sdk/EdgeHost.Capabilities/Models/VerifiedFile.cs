using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>One file of a model, checked.</summary>
[WireMessage]
public sealed partial class VerifiedFile
{
    /// <summary>The model as id@version.</summary>
    public required string Model { get; init; }

    /// <summary>The file's name in the manifest.</summary>
    public required string File { get; init; }

    /// <summary>Whether it is as the manifest says.</summary>
    public required bool Ok { get; init; }

    /// <summary>The SHA-256 that the manifest says, in lower-case hex.</summary>
    public required string ExpectedSha256 { get; init; }

    /// <summary>The SHA-256 of the bytes on disk, in lower-case hex; absent if the file is gone.</summary>
    public string? ActualSha256 { get; init; }
}
