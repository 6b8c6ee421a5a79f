using System.Diagnostics;
using System.Text.Json.Nodes;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>Runs programs of these tests that are written for Node.</summary>
internal static class NodeClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs one to its end.</summary>
    /// <param name="script">Its file in the folder of this project.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The JSON that it printed.</returns>
    public static async Task<JsonNode> RunAsync(string script, params string[] arguments)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Repository.Root, "tests", "EdgeHost.IntegrationTests", script), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var (output, error) = (node.StandardOutput.ReadToEndAsync(patience.Token), node.StandardError.ReadToEndAsync(patience.Token));
            await node.WaitForExitAsync(patience.Token);
            Assert.True(node.ExitCode == 0, await error);
            return JsonNode.Parse(await output)!;
        }
        finally
        {
            if (!node.HasExited) node.Kill(entireProcessTree: true);
        }
    }
}
