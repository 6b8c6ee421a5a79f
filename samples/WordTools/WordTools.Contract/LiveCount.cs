using EdgeHost.Serialization;

namespace WordTools.Contract;

/// <summary>The count of a text so far.</summary>
[WireMessage]
public sealed partial class LiveCount
{
    /// <summary>UTF-16 code units.</summary>
    public required long Characters { get; init; }

    /// <summary>Runs of letters and digits; one that has begun counts.</summary>
    public required long Words { get; init; }
}
