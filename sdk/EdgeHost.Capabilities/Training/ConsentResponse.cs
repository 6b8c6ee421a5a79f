using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>The consents of the calling app.</summary>
[WireMessage]
public sealed partial class ConsentResponse
{
    /// <summary>The consents by purpose, those that were revoked too.</summary>
    public required IReadOnlyList<ConsentEntry> Consents { get; init; }

    /// <summary>Examples that were deleted.</summary>
    [WireField(Minimum = 0)]
    public long DeletedExamples { get; init; }
}
