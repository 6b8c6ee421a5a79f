using System.Text;
using System.Text.RegularExpressions;
using EdgeHost.Plugins.Speech.Synthesis.Engines;
using EdgeHost.Plugins.Speech.Synthesis.Programs;
using EdgeHost.Plugins.Speech.Synthesis.Text;

namespace EdgeHost.Plugins.Speech.Synthesis.Piper;

/// <summary>Says by which sounds a text is spoken, by eSpeak NG. Thread-safe.</summary>
internal sealed partial class Phonemiser(EspeakEngine espeak, ProgramPool pool)
{
    private const int LeastBytes = 4096;
    private const int BytesAByte = 64;

    /// <summary>The sounds in the letters of the International Phonetic Association.</summary>
    /// <param name="voice">A voice of eSpeak NG; a checked name.</param>
    /// <param name="text">A clause without marks at its end.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: the program is not installed; else as <see cref="ProgramPool.RunAsync"/> says.</exception>
    public async ValueTask<string> PhonemesOfAsync(string voice, ReadOnlyMemory<char> text, CancellationToken cancellationToken)
    {
        var clean = SpokenText.Clean(text.Span);
        if (!SpokenText.HasWords(clean)) return string.Empty;
        var command = new ProgramCommand(espeak.Find(), "-q", "--ipa", "-b", "1", "-v", voice, "--stdin");
        var output = await pool.RunAsync(command, clean, LeastBytes + (BytesAByte * clean.Length), cancellationToken).ConfigureAwait(false);
        return Tidy(Encoding.UTF8.GetString(output.Span));
    }

    /// <summary>Makes one line of the program's output: without the names of languages that it changes to within a text, <c>(en)</c>, and without joiners.</summary>
    /// <param name="output">The output.</param>
    internal static string Tidy(string output)
        => Blanks().Replace(Languages().Replace(output, string.Empty).Replace("\u0361", string.Empty, StringComparison.Ordinal).Replace("\u200d", string.Empty, StringComparison.Ordinal), " ").Trim();

    [GeneratedRegex(@"\([a-z]{2,3}(-[A-Za-z0-9]+)*\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Languages();

    [GeneratedRegex(@"[\s_^$]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}
