namespace EdgeHost.Plugins.Speech.Synthesis.Piper;

/// <summary>A model that speaks, as its manifest describes it.</summary>
/// <param name="Id">The model's id.</param>
/// <param name="Name">One line for people.</param>
/// <param name="Licence">SPDX expression.</param>
/// <param name="Languages">What it speaks, as BCP 47.</param>
internal sealed record VoiceModel(string Id, string Name, string Licence, IReadOnlyList<string> Languages)
{
    /// <summary>The names of its speakers; empty: one speaker, or they are not named.</summary>
    public IReadOnlyList<string> Speakers { get; init; } = [];

    /// <summary>Samples a second; 0: the manifest does not say.</summary>
    public int SampleRate { get; init; }

    /// <summary>What brings it to the device; null: it is there.</summary>
    public string? Hint { get; init; }
}
