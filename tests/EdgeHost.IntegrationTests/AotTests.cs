using System.Diagnostics;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>The client in an app that is compiled ahead of time, against the real host.</summary>
public sealed class AotTests(ServingHost host) : IClassFixture<ServingHost>, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public void Dispose() => AotPublish.Delete();

    [AotFact]
    public async Task Sample_CompiledAheadOfTime_HasNoWarningsAndCallsTheHost()
    {
        var published = await AotPublish.PublishAsync();
        Assert.True(published.ExitCode == 0, published.Output + published.Error);
        Assert.DoesNotContain("warning", published.Output, StringComparison.OrdinalIgnoreCase);

        var start = new ProcessStartInfo(AotPublish.Executable, [Path.Combine(Repository.Root, "samples", "Photos", "page.jpg")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["EDGEHOST_ENDPOINT"] = host.Endpoint;
        using var app = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        var output = await app.StandardOutput.ReadToEndAsync(limit.Token);
        var error = await app.StandardError.ReadToEndAsync(limit.Token);
        await app.WaitForExitAsync(limit.Token);

        Assert.Contains(" methods", output, StringComparison.Ordinal);
        if (!ModelsAvailability.CanPull)
        {
            // Without weights the error is what travels.
            Assert.Contains("failed_precondition", error, StringComparison.Ordinal);
            return;
        }

        Assert.True(app.ExitCode == 0, output + error);
        Assert.DoesNotContain("\n0 lines", output, StringComparison.Ordinal);
        Assert.Contains("model ocr-", output, StringComparison.Ordinal);
    }
}
