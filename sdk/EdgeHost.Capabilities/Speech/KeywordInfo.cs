using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>A keyword that the device knows or could know.</summary>
[WireMessage]
public sealed partial class KeywordInfo
{
    /// <summary>Its id.</summary>
    public required string Keyword { get; init; }

    /// <summary>Whether it can be listened for now; otherwise <see cref="Hint"/> says what is missing.</summary>
    public required bool IsInstalled { get; init; }

    /// <summary>Whether the calling app taught it.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>From which score it counts, 0 to 1.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public double Threshold { get; init; }

    /// <summary>The licence of its model as SPDX expression.</summary>
    public string Licence { get; init; } = "";

    /// <summary>What to do to get it.</summary>
    public string? Hint { get; init; }
}
