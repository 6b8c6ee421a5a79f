namespace EdgeHost.Plugins.Speech.Activity;

/// <summary>How stretches of speech are made of probabilities. Defaults: models-independent values that the makers of Silero VAD recommend, with a shorter pause.</summary>
internal sealed record EndpointOptions
{
    /// <summary>From which probability a window counts as speech.</summary>
    public float Threshold { get; init; } = 0.5f;

    /// <summary>How far below it a window counts as silence; what lies between counts as neither.</summary>
    public float Hysteresis { get; init; } = 0.15f;

    /// <summary>How long a pause ends a stretch.</summary>
    public TimeSpan MinSilence { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Shorter stretches are left out.</summary>
    public TimeSpan MinSpeech { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How much is added on both sides.</summary>
    public TimeSpan Pad { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A longer stretch is cut where it is quietest in its last <see cref="CutWithin"/>.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.MaxValue;

    /// <summary>Where a cut is looked for.</summary>
    public TimeSpan CutWithin { get; init; } = TimeSpan.FromSeconds(2);
}
