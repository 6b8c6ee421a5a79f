using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Translation;

/// <summary>Translates one text or several: exactly one of <see cref="Text"/> and <see cref="Texts"/> is given.</summary>
[WireMessage]
public sealed partial class TranslateRequest
{
    /// <summary>The text; at most 100,000 characters (UTF-16) unless the host is set otherwise. Without a word it comes back as it is.</summary>
    public string? Text { get; init; }

    /// <summary>The texts, 1 to 1,000, together no longer than one may be. They are translated on their own, together where the model can.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>The language of the text as BCP 47 (<c>en</c>, <c>zh-Hans</c>); if absent, it is detected, for each text on its own.</summary>
    public string? Source { get; init; }

    /// <summary>The language wanted, as BCP 47.</summary>
    public required string Target { get; init; }

    /// <summary>Terms and what they must become: whole words, upper and lower case alike; at most 1,000. What stands for a term is put in as it is.</summary>
    public IReadOnlyDictionary<string, string>? Terms { get; init; }

    /// <summary>How many translations of a sentence are followed at once; 1 is the fastest. If absent, what the model's makers say.</summary>
    [WireField(Minimum = 1, Maximum = 16)]
    public int? Beam { get; init; }

    /// <summary>Most pieces (about a word or a part of it) that the translation of one sentence may have; if absent, what the model's makers say.</summary>
    [WireField(Minimum = 1, Maximum = 512)]
    public int? MaxLength { get; init; }
}
