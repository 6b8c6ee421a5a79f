using System.Diagnostics;

namespace EdgeHost.IntegrationTests.Running;

/// <summary>A browser without a window.</summary>
internal static class Browser
{
    /// <summary>The program that tests need.</summary>
    public const string Program = "chromium";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>What a page has become once its scripts have run.</summary>
    public static async Task<string> RenderAsync(string page)
    {
        using var patience = new CancellationTokenSource(Patience);
        var start = new ProcessStartInfo(Program, ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000", "--dump-dom", new Uri(page).AbsoluteUri])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        try
        {
            var (dom, error) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            await error;
            return await dom;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
