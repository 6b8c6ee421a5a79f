using EdgeHost.Serialization;

namespace WordTools.Contract;

/// <summary>Counts what a text is made of.</summary>
[WireMessage]
public sealed partial class CountRequest
{
    /// <summary>The text, up to a million characters.</summary>
    [WireField(MaxLength = 1_000_000)]
    public required string Text { get; init; }

    /// <summary>How fast the reader reads, in words a minute.</summary>
    [WireField(Minimum = 50, Maximum = 1000)]
    public int WordsPerMinute { get; init; } = 238;
}
