using EdgeHost.Serialization;

namespace WordTools.Contract;

/// <summary>Counts a text that is still being written.</summary>
[WireMessage]
public sealed partial class CountLiveRequest
{
    /// <summary>What was written before, up to a million characters.</summary>
    [WireField(MaxLength = 1_000_000)]
    public string Text { get; init; } = string.Empty;
}
