using System.Globalization;

namespace EdgeHost.Plugins.Speech.Synthesis;

/// <summary>Limits of speaking. Each is a setting of the plugin under <c>synthesis:</c>. Immutable.</summary>
internal sealed class SynthesisOptions
{
    private const string Section = "synthesis:";

    /// <summary>Longest text in characters (UTF-16), <c>max_characters</c>: 1 to 1,000,000, default 20,000.</summary>
    public int MaxCharacters { get; init; } = 20_000;

    /// <summary>Longest piece that is spoken in one go, in characters, <c>max_sentence_characters</c>: 40 to 2,000, default 400.</summary>
    public int MaxSentenceCharacters { get; init; } = 400;

    /// <summary>Longest sound of one <c>speech.synthesize</c>, in seconds, <c>max_seconds</c>: 1 to 600, default 300. A stream has no such limit.</summary>
    public int MaxSeconds { get; init; } = 300;

    /// <summary>Calls that speak at once, <c>max_calls</c>: 1 to 1,000, default 16. More are refused.</summary>
    public int MaxCalls { get; init; } = 16;

    /// <summary>Processes of engines that work at once, <c>max_processes</c>: 1 to 64, default 4. Calls take turns, sentence by sentence.</summary>
    public int MaxProcesses { get; init; } = 4;

    /// <summary>Processes of engines that are started in advance, <c>warm_processes</c>: 0 to 64, default 4.</summary>
    public int WarmProcesses { get; init; } = 4;

    /// <summary>How long those wait for work, in seconds, <c>warm_seconds</c>: 1 to 86,400, default 120.</summary>
    public int WarmSeconds { get; init; } = 120;

    /// <summary>How long an engine may take for one sentence, in seconds, <c>timeout_seconds</c>: 1 to 600, default 30.</summary>
    public int TimeoutSeconds { get; init; } = 30;

    /// <summary>Name or path of eSpeak NG, <c>espeak_program</c>.</summary>
    public string EspeakProgram { get; init; } = "espeak-ng";

    /// <summary>Name or path of Flite, <c>flite_program</c>.</summary>
    public string FliteProgram { get; init; } = "flite";

    /// <summary>How long an engine may take for one sentence.</summary>
    public TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);

    /// <summary>Reads the settings.</summary>
    /// <param name="settings">Flat keys.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: a value is out of its range.</exception>
    public static SynthesisOptions FromSettings(IReadOnlyDictionary<string, string> settings)
    {
        var standard = new SynthesisOptions();
        return new SynthesisOptions
        {
            MaxCharacters = Number("max_characters", standard.MaxCharacters, 1, 1_000_000),
            MaxSentenceCharacters = Number("max_sentence_characters", standard.MaxSentenceCharacters, 40, 2_000),
            MaxSeconds = Number("max_seconds", standard.MaxSeconds, 1, 600),
            MaxCalls = Number("max_calls", standard.MaxCalls, 1, 1_000),
            MaxProcesses = Number("max_processes", standard.MaxProcesses, 1, 64),
            WarmProcesses = Number("warm_processes", standard.WarmProcesses, 0, 64),
            WarmSeconds = Number("warm_seconds", standard.WarmSeconds, 1, 86_400),
            TimeoutSeconds = Number("timeout_seconds", standard.TimeoutSeconds, 1, 600),
            EspeakProgram = settings.GetValueOrDefault($"{Section}espeak_program", standard.EspeakProgram),
            FliteProgram = settings.GetValueOrDefault($"{Section}flite_program", standard.FliteProgram),
        };

        int Number(string key, int otherwise, int least, int most)
        {
            if (!settings.TryGetValue(Section + key, out var text)) return otherwise;
            if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The setting '{Section}{key}' must be a whole number from {least} to {most}; it is '{text}'.");
        }
    }
}
