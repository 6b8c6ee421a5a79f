using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>One example, with the content that its dataset's kind asks for and no other.</summary>
[WireMessage]
public sealed partial class Example
{
    /// <summary>The content of an image or audio example, or of features as little-endian 32-bit floats.</summary>
    public ReadOnlyMemory<byte>? Data { get; init; }

    /// <summary>The content of a text example.</summary>
    public string? Text { get; init; }

    /// <summary>The content of a features example; finite values.</summary>
    public IReadOnlyList<float>? Features { get; init; }

    /// <summary>Of an interaction: who, 1 to 256 characters.</summary>
    [WireField(MaxLength = 256)]
    public string? User { get; init; }

    /// <summary>Of an interaction: with what, 1 to 256 characters.</summary>
    [WireField(MaxLength = 256)]
    public string? Item { get; init; }

    /// <summary>Of an interaction: how much it says; 1 if absent.</summary>
    public double? Weight { get; init; }

    /// <summary>What it is; absent where nobody knows yet.</summary>
    [WireField(MaxLength = 256)]
    public string? Label { get; init; }

    /// <summary>What belongs together, for example one person, clip or document: a group is never split between training and evaluation.</summary>
    [WireField(MaxLength = 256)]
    public string? Group { get; init; }

    /// <summary>When it happened, in milliseconds since 1970, UTC; now if absent.</summary>
    [WireField(Minimum = 0, Maximum = 253402300799999)]
    public long? TimeMs { get; init; }
}
