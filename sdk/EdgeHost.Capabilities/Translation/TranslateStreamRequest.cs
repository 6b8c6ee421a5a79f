using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Translation;

/// <summary>Translates a text and gives each sentence when it is done.</summary>
[WireMessage]
public sealed partial class TranslateStreamRequest
{
    /// <summary>The text; at most 1,000,000 characters (UTF-16) unless the host is set otherwise.</summary>
    public required string Text { get; init; }

    /// <summary>The language of the text as BCP 47; if absent, it is detected.</summary>
    public string? Source { get; init; }

    /// <summary>The language wanted, as BCP 47.</summary>
    public required string Target { get; init; }

    /// <summary>Terms and what they must become: whole words, upper and lower case alike; at most 1,000.</summary>
    public IReadOnlyDictionary<string, string>? Terms { get; init; }

    /// <summary>How many translations of a sentence are followed at once; if absent, what the model's makers say.</summary>
    [WireField(Minimum = 1, Maximum = 16)]
    public int? Beam { get; init; }

    /// <summary>Most pieces that the translation of one sentence may have; if absent, what the model's makers say.</summary>
    [WireField(Minimum = 1, Maximum = 512)]
    public int? MaxLength { get; init; }
}
