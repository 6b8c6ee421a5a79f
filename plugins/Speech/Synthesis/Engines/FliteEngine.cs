using System.Globalization;
using System.Text;
using EdgeHost.Plugins.Speech.Synthesis.Programs;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Speech.Synthesis.Engines;

/// <summary>
/// The installed <c>flite</c> program: English of America in some voices. It reads the standard input, but writes a WAV file only into a file that it can go back in, so each run has one of
/// its own. Thread-safe.
/// </summary>
internal sealed class FliteEngine(SynthesisOptions options, ProgramPool pool) : ISpeechEngine
{
    private const string EngineName = "flite";
    private const string Hint = "Install the program flite, on Debian and Ubuntu with: apt install flite.";
    private const string Licence = "MIT-Festival";
    private const int MostListBytes = 1 << 16;
    private const int SampleRate = 16_000;

    // The voice that says the time of day and nothing else.
    private static readonly HashSet<string> Limited = new(StringComparer.Ordinal) { "awb_time" };
    private static readonly string[] Best = ["slt", "rms", "awb", "kal16", "kal"];

    private volatile KnownVoices? _known;

    public string Name => EngineName;

    public async ValueTask<IReadOnlyList<Voice>> ListAsync(IModelProvider models, CancellationToken cancellationToken)
    {
        var file = ProgramFile.Find(options.FliteProgram);
        if (file is null) return [VoiceOf("slt", 0) with { Hint = Hint }];
        if (_known is { } known && known.File == file) return known.Voices;
        var text = await pool.RunAsync(new ProgramCommand(file, "-lv"), default, MostListBytes, cancellationToken).ConfigureAwait(false);
        var voices = Read(Encoding.UTF8.GetString(text.Span));
        _known = new KnownVoices(file, voices);
        return voices;
    }

    public ValueTask<IOpenVoice> OpenAsync(Voice voice, string? speaker, SpeechManner manner, IModelProvider models, CancellationToken cancellationToken)
    {
        if (speaker is not null) throw new EdgeHostException(ErrorCode.NotFound, $"The voice '{voice.Id}' has no speaker '{speaker}': leave '#{speaker}' out.");
        var file = ProgramFile.Find(options.FliteProgram) ?? throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The voices of Flite need its program. {Hint}");

        // Features of the program: how much longer sounds are, and by what the pitch is multiplied. Its voice rms does not look at the latter.
        var command = new ProgramCommand(
            file, "-voice", voice.Key, "--setf", Feature("duration_stretch", 1 / manner.Rate), "--setf", Feature("f0_shift", manner.Pitch), "-f", "/dev/stdin", "-o", ProgramCommand.OutputFile);
        return new(new ProgramVoice(pool, command, manner.Rate, voice.SampleRate, isAscii: true));
    }

    /// <summary>Reads what <c>flite -lv</c> prints.</summary>
    /// <param name="text">The output.</param>
    internal static IReadOnlyList<Voice> Read(string text)
    {
        var names = text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return [.. names.Where(static name => name.Length <= 32 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_') && !Limited.Contains(name)).Distinct(StringComparer.Ordinal)
            .OrderBy(static name => Array.IndexOf(Best, name) is >= 0 and var place ? place : Best.Length)
            .Select(static (name, place) => VoiceOf(name, place))];
    }

    private static string Feature(string name, double value) => $"{name}={value.ToString("0.####", CultureInfo.InvariantCulture)}";

    private static Voice VoiceOf(string name, int rank) => new($"{EngineName}:{name}", EngineName, $"Flite {name}", [new VoiceLanguage("en-US", rank), new VoiceLanguage("en", rank)], name, Licence)
    {
        SampleRate = name == "kal" ? 8_000 : SampleRate,
    };
}
