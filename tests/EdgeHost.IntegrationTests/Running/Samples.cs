using System.Diagnostics;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests.Running;

/// <summary>Runs samples as programs of their own.</summary>
internal static class Samples
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Runs one to its end.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(string sample, string endpoint, params string[] arguments) => RunAsync(sample, endpoint, input: null, arguments);

    /// <summary>Runs one to its end that reads what comes through a pipe.</summary>
    public static Task<(int ExitCode, string Output)> RunWithInputAsync(string sample, string endpoint, string input, params string[] arguments) => RunAsync(sample, endpoint, input, arguments);

    private static async Task<(int ExitCode, string Output)> RunAsync(string sample, string endpoint, string? input, string[] arguments)
    {
        using var patience = new CancellationTokenSource(Patience);
        var program = Path.Combine(Repository.Artifacts, "bin", sample, Repository.Configuration, OperatingSystem.IsWindows() ? $"{sample}.exe" : sample);
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = input is not null, UseShellExecute = false };
        start.Environment[EdgeHostPaths.EndpointVariable] = endpoint;
        using var process = Process.Start(start)!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            if (input is not null)
            {
                await process.StandardInput.WriteAsync(input);
                process.StandardInput.Close();
            }

            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output + await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
