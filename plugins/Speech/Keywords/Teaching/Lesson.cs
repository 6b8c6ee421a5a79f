namespace EdgeHost.Plugins.Speech.Keywords.Teaching;

/// <summary>What a keyword is learnt from, as vectors. Immutable.</summary>
internal sealed record Lesson
{
    /// <summary>Vectors of a window.</summary>
    public required int Window { get; init; }

    /// <summary>The takes of each recording; the first is the recording as it is.</summary>
    public required IReadOnlyList<IReadOnlyList<TaughtSound>> Recordings { get; init; }

    /// <summary>The takes of each voice of the device that said it: learnt from, and never measured by.</summary>
    public required IReadOnlyList<IReadOnlyList<TaughtSound>> Spoken { get; init; }

    /// <summary>Vectors of sounds that the app gave as not being the keyword.</summary>
    public required IReadOnlyList<float[]> Refused { get; init; }
}
