using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using EdgeHost.TestKit;

namespace EdgeHost.Benchmarks.Speech;

/// <summary>The pocketsphinx of Debian (packages pocketsphinx and pocketsphinx-en-us) with its own model, as it comes: another engine to compare with.</summary>
internal static partial class PocketSphinx
{
    private const string Program = "pocketsphinx_batch";
    private const string Models = "/usr/share/pocketsphinx/model/en-us";
    private const int HeaderBytes = 44;

    /// <summary>Has it write down WAV files of 16 bits, 16,000 samples a second, one channel, in one run.</summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="names">Their names.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <returns>The texts by name, and the time of the processor by its own count, without that of loading; or null and why not.</returns>
    public static async Task<((Dictionary<string, string> Texts, double ProcessorSeconds)? Heard, string? Missing)> HearAsync(
        string folder, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Models)) return (null, "pocketsphinx's English model is not installed (apt install pocketsphinx-en-us)");
        using var scratch = new TempFolder();
        await File.WriteAllLinesAsync(scratch.Combine("names"), names.Select(static name => Path.GetFileNameWithoutExtension(name)), cancellationToken);
        string[] arguments =
        [
            "-adcin", "yes", "-adchdr", $"{HeaderBytes}", "-cepdir", folder, "-cepext", ".wav", "-ctl", scratch.Combine("names"), "-hyp", scratch.Combine("texts"),
            "-logfn", scratch.Combine("log"), "-hmm", $"{Models}/en-us", "-lm", $"{Models}/en-us.lm.bin", "-dict", $"{Models}/cmudict-en-us.dict",
        ];
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Program, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
            using var ended = cancellationToken.Register(process.Kill);
            await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            if (process.ExitCode != 0) throw new InvalidOperationException($"{Program} ended with {process.ExitCode}.");
        }
        catch (Win32Exception)
        {
            return (null, $"the program {Program} is not installed (apt install pocketsphinx)");
        }

        var texts = (await File.ReadAllLinesAsync(scratch.Combine("texts"), cancellationToken)).Select(static line => Line().Match(line));
        var total = Total().Match(await File.ReadAllTextAsync(scratch.Combine("log"), cancellationToken));
        return ((texts.ToDictionary(static line => line.Groups["name"].Value + ".wav", static line => line.Groups["text"].Value), double.Parse(total.Groups["cpu"].Value, CultureInfo.InvariantCulture)), null);
    }

    // "go forward ten meters (cmd-goforward -7095)"
    [GeneratedRegex(@"^(?<text>.*?)\s*\((?<name>\S+) -?\d+\)$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();

    [GeneratedRegex(@"TOTAL [\d.]+ seconds speech, (?<cpu>[\d.]+) seconds CPU", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Total();
}
