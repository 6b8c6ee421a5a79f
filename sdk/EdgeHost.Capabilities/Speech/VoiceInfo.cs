using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>A voice.</summary>
[WireMessage]
public sealed partial class VoiceInfo
{
    /// <summary>Its id.</summary>
    public required string Voice { get; init; }

    /// <summary>The engine behind it: <c>espeak-ng</c>, <c>flite</c> or <c>piper</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; init; }

    /// <summary>What it speaks, as BCP 47, the best first.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>Whether it can speak now; otherwise <see cref="Hint"/> says what is missing.</summary>
    public required bool IsAvailable { get; init; }

    /// <summary>Samples a second of its own; 0: not known before it has spoken.</summary>
    [WireField(Minimum = 0)]
    public int SampleRateHz { get; init; }

    /// <summary>The licence of the voice or its engine as SPDX expression.</summary>
    public string Licence { get; init; } = "";

    /// <summary>What to do to get it, for example which package to install.</summary>
    public string? Hint { get; init; }
}
