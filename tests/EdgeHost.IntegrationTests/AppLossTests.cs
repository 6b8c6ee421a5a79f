using System.Diagnostics;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>Apps that are killed while the host works for them.</summary>
public class AppLossTests
{
    private static readonly TestModel Good = new("good", OnnxGraph.MatMul(16, 0.5f).ToModel());
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static string Follower => Path.Combine(Repository.Artifacts, "bin", "TestApps.Follower", Repository.Configuration, OperatingSystem.IsWindows() ? "TestApps.Follower.exe" : "TestApps.Follower");

    [UnixFact]
    public async Task App_KilledInTheMiddleOfAStream_ItsWorkStopsAndWhatItHeldReturns()
    {
        await using var host = await RunnerHost.StartAsync([Good], settings: null, "Ledger");
        using var folder = new TempFolder();
        var ledger = new Ledger(folder.Combine("ledger"));
        using var app = Process.Start(new ProcessStartInfo(Follower, [host.Process.Endpoint, ledger.Path, Good.Id]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            string? line = null;
            for (var i = 0; i < 20; i++) line = await app.StandardOutput.ReadLineAsync(patience.Token);
            await host.UntilStatsAsync("the app holds a lease", s => s is { ActiveCalls: > 0, Pool.Leases: 1 });
            if (OperatingSystem.IsLinux())
            {
                Assert.Equal($"19 {1 << 20} True", line);
                Assert.Equal(1, HostRegions.Count(host.Process));
            }
        }
        finally
        {
            app.Kill();
        }

        await host.UntilStatsAsync("nothing runs and nothing is leased", s => s is { ActiveCalls: 0, Pool.Leases: 0 });
        await ledger.UntilAsync("the stream's work has ended", static lines => lines is ["follow began", "follow ended"], host.Process);
        if (OperatingSystem.IsLinux()) await Until.HoldsAsync("no region", () => Task.FromResult(HostRegions.Count(host.Process)), held => held == 0, held => $"{held}", () => host.Process.Output);
    }
}
