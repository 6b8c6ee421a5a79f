using System.Diagnostics;
using System.Text.RegularExpressions;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>The sample's tour: from the first lesson over corrections to a better version that serves, without a hand on the host.</summary>
public sealed partial class TeachMyDeviceTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly TempFolder _home = new();

    private static string Sample => Path.Combine(Repository.Artifacts, "bin", "TeachMyDevice", Repository.Configuration, OperatingSystem.IsWindows() ? "TeachMyDevice.exe" : "TeachMyDevice");

    public void Dispose() => _home.Dispose();

    [UnixFact]
    public async Task Tour_CorrectsTheDevice_WhichLearnsAndUsesWhatItLearned()
    {
        await using var host = HostProcess.Start(
            _home.Combine("h.sock"),
            _home.Path,
            ["--set", "Jobs:RetrainInterval=00:00:01", "--set", "Deployment:JudgeInterval=00:00:00.200", "--set", "Runtime:Conditions:SystemRoot=/nonexistent"]);
        await using (await Hosts.ConnectAsync(host))
        {
        }

        foreach (var purpose in new[] { "teaching", "feedback" })
        {
            var consent = await HostProcess.RunAsync(["training", "consent", "teach-my-device", purpose, "grant", "--home", _home.Path], Patience);
            Assert.True(consent.ExitCode == 0, consent.Error);
        }

        var (exitCode, output) = await RunAsync(host.Endpoint);

        Assert.True(exitCode == 0, $"{output}\n{host.Output}");
        var match = Result().Match(output);
        Assert.True(match.Success, output);

        // By chance alone a quarter would be right. How much better the second version is differs, since which lessons are kept for tests does.
        Assert.True(int.Parse(match.Groups["after"].Value) >= 65, output);
    }

    [GeneratedRegex(@"From (?<before>\d+)\s?% to (?<after>\d+)\s?% by \d+ corrections", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Result();

    private static async Task<(int ExitCode, string Output)> RunAsync(string endpoint)
    {
        using var patience = new CancellationTokenSource(Patience);
        var start = new ProcessStartInfo(Sample, ["--tour"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
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
            if (!process.HasExited) process.Kill();
        }
    }
}
