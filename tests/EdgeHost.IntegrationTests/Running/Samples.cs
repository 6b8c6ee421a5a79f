using System.Diagnostics;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests.Running;

/// <summary>Runs samples as programs of their own.</summary>
internal static class Samples
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Runs one to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string sample, string endpoint, params string[] arguments)
    {
        using var patience = new CancellationTokenSource(Patience);
        var program = Path.Combine(Repository.Artifacts, "bin", sample, Repository.Configuration, OperatingSystem.IsWindows() ? $"{sample}.exe" : sample);
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment[EdgeHostPaths.EndpointVariable] = endpoint;
        using var process = Process.Start(start)!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output + await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
