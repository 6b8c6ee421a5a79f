using System.Text.Json;
using EdgeHost.TestKit;
using WordTools.Client;

namespace EdgeHost.IntegrationTests;

/// <summary>Plugins that come, change and go while the host runs.</summary>
public class PluginTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private static string WordTools => Path.Combine(Repository.Artifacts, "sample-plugins", "WordTools");

    [Fact]
    public async Task Plugin_CopiedIntoTheFolderOfARunningHost_Serves()
    {
        using var folder = new TempFolder();
        await using var host = Start(folder);
        await using var client = await Hosts.ConnectAsync(host);
        var tools = new WordToolsClient(client);

        Copy(WordTools, folder.Combine("plugins", "WordTools"));
        var count = await UntilServedAsync(() => tools.CountAsync("One two three. Four!").AsTask());

        Assert.Equal(4, count.Words);
        Assert.Equal(2, count.Sentences);
        var cli = await HostProcess.RunAsync(
            ["call", "wordtools.keywords", "--json", """{"text":"Edge devices run machine learning models on the edge device itself."}""", "--endpoint", host.Endpoint], Timeout);
        Assert.True(cli.ExitCode == 0, cli.Error);
        using var json = JsonDocument.Parse(cli.Output);
        Assert.NotEmpty(json.RootElement.GetProperty("keywords").EnumerateArray());
    }

    [Fact]
    public async Task Plugin_FolderRemoved_StopsServingAndTheHostGoesOn()
    {
        using var folder = new TempFolder();
        Copy(WordTools, folder.Combine("plugins", "WordTools"));
        await using var host = Start(folder);
        await using var client = await Hosts.ConnectAsync(host);
        var tools = new WordToolsClient(client);
        Assert.Equal(1, (await UntilServedAsync(() => tools.CountAsync("word").AsTask())).Words);

        Directory.Delete(folder.Combine("plugins", "WordTools"), recursive: true);

        await UntilAsync(async () =>
        {
            try
            {
                await tools.CountAsync("word");
                return false;
            }
            catch (EdgeHostException e)
            {
                return e.Code == ErrorCode.Unimplemented;
            }
        });
        await client.PingAsync();
    }

    [Fact]
    public async Task Plugin_ReplacedUnderLoad_FailsNoCall()
    {
        using var folder = new TempFolder();
        Copy(WordTools, folder.Combine("plugins", "WordTools"));
        await using var host = Start(folder);
        await using var client = await Hosts.ConnectAsync(host);
        var tools = new WordToolsClient(client);
        await UntilServedAsync(() => tools.CountAsync("word").AsTask());
        using var stop = new CancellationTokenSource();
        var load = Task.Run(async () =>
        {
            var calls = 0;
            while (!stop.IsCancellationRequested)
            {
                await tools.CountAsync("a few words");
                calls++;
            }

            return calls;
        });

        var manifest = folder.Combine("plugins", "WordTools", "plugin.json");
        var text = await File.ReadAllTextAsync(manifest);
        await File.WriteAllTextAsync(manifest, text.Replace("\"version\": \"1.0.0\"", "\"version\": \"1.0.1\"", StringComparison.Ordinal));
        await UntilAsync(async () => (await PluginsAsync(host)).Any(p => p.Id == "sample.wordtools" && p.Version == "1.0.1" && p.State == "active"));
        await stop.CancelAsync();

        Assert.True(await load > 0);
    }

    [Theory]
    [InlineData("broken manifest", "{ \"id\": \"x.y\", ", "broken")]
    [InlineData("missing assembly", """{"id":"x.y","version":"1.0.0","contract":"1.0","entry":"Missing.dll","summary":"s","capabilities":["x.y"],"models":[],"permissions":[],"isolation":"in-process","settings":{}}""", "broken")]
    [InlineData("wrong contract", """{"id":"x.y","version":"1.0.0","contract":"9.0","entry":"WordTools.dll","summary":"s","capabilities":["x.y"],"models":[],"permissions":[],"isolation":"in-process","settings":{}}""", "not_supported")]
    public async Task Plugin_ThatCannotLoad_IsShownWithTheReasonAndCostsNothingElse(string kind, string manifest, string state)
    {
        using var folder = new TempFolder();
        Copy(WordTools, folder.Combine("plugins", "WordTools"));
        Directory.CreateDirectory(folder.Combine("plugins", "Bad"));
        await File.WriteAllTextAsync(folder.Combine("plugins", "Bad", "plugin.json"), manifest);
        await using var host = Start(folder);
        await using var client = await Hosts.ConnectAsync(host);

        Assert.Equal(1, (await UntilServedAsync(() => new WordToolsClient(client).CountAsync("word").AsTask())).Words);
        var bad = (await PluginsAsync(host)).Single(static p => p.Id != "sample.wordtools" && !p.Id.StartsWith("edgehost.", StringComparison.Ordinal));

        Assert.True(bad.State == state, $"{kind}: {bad.State}: {bad.Reason}");
        Assert.NotEmpty(bad.Reason);
    }

    private static HostProcess Start(TempFolder folder)
    {
        Directory.CreateDirectory(folder.Combine("plugins"));
        return HostProcess.Start(folder.Combine("a.sock"), folder.Combine("home"), "--plugins", folder.Combine("plugins"));
    }

    private static async Task<IReadOnlyList<(string Id, string Version, string State, string Reason)>> PluginsAsync(HostProcess host)
    {
        var result = await HostProcess.RunAsync(["plugins", "list", "--json", "--endpoint", host.Endpoint], Timeout);
        Assert.True(result.ExitCode == 0, result.Error);
        using var json = JsonDocument.Parse(result.Output);
        return
        [
            .. json.RootElement.GetProperty("plugins").EnumerateArray().Select(p => (
                p.GetProperty("id").GetString()!,
                p.GetProperty("version").GetString()!,
                p.GetProperty("state").GetString()!,
                p.TryGetProperty("reason", out var reason) ? reason.GetString() ?? string.Empty : string.Empty)),
        ];
    }

    private static async Task<T> UntilServedAsync<T>(Func<Task<T>> call)
    {
        T? result = default;
        await UntilAsync(async () =>
        {
            try
            {
                result = await call();
                return true;
            }
            catch (EdgeHostException e) when (e.Code is ErrorCode.Unimplemented or ErrorCode.Unavailable)
            {
                return false;
            }
        });
        return result!;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(Timeout);
        while (!await condition()) await Task.Delay(Poll, deadline.Token);
    }

    private static void Copy(string source, string target)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }
}
