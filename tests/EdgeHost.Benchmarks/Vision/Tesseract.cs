using System.ComponentModel;
using System.Diagnostics;

namespace EdgeHost.Benchmarks.Vision;

/// <summary>The tesseract of Debian (packages tesseract-ocr and tesseract-ocr-chi-sim) with its own models, as it comes: another reader to compare with.</summary>
internal static class Tesseract
{
    private const string Program = "tesseract";

    /// <summary>Has it read a picture.</summary>
    /// <param name="picture">The file.</param>
    /// <param name="language"><c>eng</c> or <c>chi_sim</c>.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <returns>The text; or null and why not.</returns>
    public static async Task<(string? Text, string? Missing)> ReadAsync(string picture, string language, CancellationToken cancellationToken)
    {
        try
        {
            var (languages, _) = await RunAsync(["--list-langs"], cancellationToken);
            if (!languages.Split('\n').Contains(language)) return (null, $"tesseract's '{language}' is not installed (apt install tesseract-ocr-{language.Replace('_', '-')})");
            var (text, exitCode) = await RunAsync([picture, "stdout", "-l", language], cancellationToken);
            return exitCode == 0 ? (text, null) : throw new InvalidOperationException($"{Program} ended with {exitCode} at {picture}.");
        }
        catch (Win32Exception)
        {
            return (null, $"the program {Program} is not installed (apt install tesseract-ocr)");
        }
    }

    private static async Task<(string Output, int ExitCode)> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(Program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var ended = cancellationToken.Register(process.Kill);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await errors;
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return (output, process.ExitCode);
    }
}
