using System.Text.RegularExpressions;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>Starts hosts whose door for programs of OpenAI's interface is open on a free port.</summary>
internal static partial class Gateways
{
    private const string App = "gateway-tests";

    /// <summary>Starts one.</summary>
    /// <param name="folder">Where its socket and its home are.</param>
    /// <param name="arguments">Further arguments.</param>
    /// <returns>The host; where its door is, with <c>/v1</c>; the key of an app.</returns>
    public static async Task<(HostProcess Host, Uri Address, string Key)> StartAsync(TempFolder folder, params string[] arguments)
    {
        var home = folder.Combine("home");
        var added = await HostProcess.RunAsync(["apps", "add", App, "--token", "--home", home], TimeSpan.FromMinutes(1));
        Assert.True(added.ExitCode == 0, added.Error);
        var host = HostProcess.Start(folder.Combine("h.sock"), home, ["--gateway", "--set", "Gateway:Port=0", .. arguments]);
        await using (await Hosts.ConnectAsync(host, "starter"))
        {
        }

        var line = await Until.HoldsAsync(
            "the door's address in the log", () => Task.FromResult(Listening().Match(host.Output)), static match => match.Success, static match => match.Value, () => host.Output);
        return (host, new Uri(line.Groups["address"].Value), $"{App}:{added.Output.Trim()}");
    }

    [GeneratedRegex(@"served on (?<address>http://127\.0\.0\.1:[0-9]+/v1);", RegexOptions.NonBacktracking)]
    private static partial Regex Listening();
}
