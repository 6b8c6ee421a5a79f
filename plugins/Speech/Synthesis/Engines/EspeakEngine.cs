using System.Globalization;
using System.Text;
using EdgeHost.Plugins.Speech.Synthesis.Programs;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Speech.Synthesis.Engines;

/// <summary>
/// The installed <c>espeak-ng</c> program: small, quick, of nearly every language. It is under GPL-3, so it runs as its own process and nothing of it is linked or shipped. Thread-safe.
/// </summary>
internal sealed class EspeakEngine(SynthesisOptions options, ProgramPool pool) : ISpeechEngine
{
    /// <summary>The engine's name.</summary>
    public const string EngineName = "espeak-ng";

    /// <summary>What to do where it is missing.</summary>
    public const string Hint = "Install the program espeak-ng, on Debian and Ubuntu with: apt install espeak-ng.";

    // The program's own figures (its manual page and synthesiser): words a minute, 175 as it is, 80 at least, and from 450 on it shortens the sound; pitch 0 to 99, twice as high every 50.
    private const double WordsAMinute = 175;
    private const int LeastWordsAMinute = 80;
    private const int MostWordsAMinute = 700;
    private const int Pitch = 50;
    private const int MostPitch = 99;
    private const int SampleRate = 22_050;
    private const int MostListBytes = 1 << 20;

    private volatile KnownVoices? _known;

    public string Name => EngineName;

    public async ValueTask<IReadOnlyList<Voice>> ListAsync(IModelProvider models, CancellationToken cancellationToken)
    {
        var file = ProgramFile.Find(options.EspeakProgram);
        if (file is null) return [new Voice($"{EngineName}:en-us", EngineName, "eSpeak NG", [new VoiceLanguage("en-US", 0), new VoiceLanguage("en", 0)], string.Empty, "GPL-3.0-or-later") { Hint = Hint }];
        if (_known is { } known && known.File == file) return known.Voices;
        var text = await pool.RunAsync(new ProgramCommand(file, "--voices"), default, MostListBytes, cancellationToken).ConfigureAwait(false);
        var voices = EspeakVoiceList.Read(Encoding.UTF8.GetString(text.Span), EngineName, SampleRate);
        _known = new KnownVoices(file, voices);
        return voices;
    }

    public ValueTask<IOpenVoice> OpenAsync(Voice voice, string? speaker, SpeechManner manner, IModelProvider models, CancellationToken cancellationToken)
    {
        if (speaker is not null) throw new EdgeHostException(ErrorCode.NotFound, $"The voice '{voice.Id}' has no speaker '{speaker}': leave '#{speaker}' out.");
        var (words, pitch) = ParametersOf(manner);
        var command = new ProgramCommand(
            Find(), "-b", "1", "-v", voice.Key, "-s", words.ToString(CultureInfo.InvariantCulture), "-p", pitch.ToString(CultureInfo.InvariantCulture), "--stdin", "--stdout");
        return new(new ProgramVoice(pool, command, words / WordsAMinute, SampleRate, isAscii: false));
    }

    /// <summary>The program's parameters of a manner.</summary>
    /// <param name="manner">How to speak.</param>
    /// <returns>Words a minute, and its number for the pitch.</returns>
    internal static (int Words, int Pitch) ParametersOf(SpeechManner manner) => (
        (int)Math.Clamp(Math.Round(WordsAMinute * manner.Rate), LeastWordsAMinute, MostWordsAMinute),
        (int)Math.Clamp(Math.Round(Pitch * (1 + Math.Log2(manner.Pitch))), 0, MostPitch));

    /// <summary>The program.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it is not installed.</exception>
    internal ProgramFile Find() => ProgramFile.Find(options.EspeakProgram) ?? throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The voices of eSpeak NG need its program. {Hint}");
}
