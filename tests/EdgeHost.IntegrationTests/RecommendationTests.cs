using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Capabilities.Training;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>Recommendations through the real socket.</summary>
public class RecommendationTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Catalogue_ThroughTheSocket_LearnsAndIsItsAppsOwn()
    {
        using var home = new HostHome();
        await using var host = HostProcess.Start(home.Combine("h.sock"), home.Path);
        await using var client = await Hosts.ConnectAsync(host, "reader");
        await using var other = await Hosts.ConnectAsync(host, "other");
        var items = Enumerable.Range(0, 20).Select(static i => new CatalogItem { Item = $"{(i < 10 ? 'c' : 's')}{i % 10}", Tags = [i < 10 ? "cooking" : "chess"] }).ToList();

        var put = await client.Recommendation.PutItemsAsync("news", items.ToAsyncEnumerable());
        var recorded = await client.Recommendation.RecordAsync("news", [Read("me", "s1", 1), Read("me", "s2", 2), Read("me", "s2", 2)]);
        var built = await client.Recommendation.BuildAsync(new BuildRequest { Catalog = "news" });
        var list = await client.Recommendation.RecommendAsync("news", "me", 3);
        var similar = await client.Recommendation.FindSimilarAsync(new SimilarRequest { Catalog = "news", Item = "c1", Count = 3 });
        await client.Recommendation.RecordAsync("news", [.. Enumerable.Range(1, 4).Select(static i => Read("me", $"c{i}", 10 + i, "like"))]);
        var changed = await client.Recommendation.RecommendAsync("news", "me", 3);
        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await other.Recommendation.RecommendAsync("news", "me"));

        Assert.Equal((20, 20L), (put.Count, put.Items));
        Assert.Equal((2, 1), (recorded.Accepted, recorded.Duplicates));
        Assert.Equal((1L, 2L, true), (built.Version, built.Events, built.Serves));
        Assert.Equal(1, list.Version);
        Assert.All(list.Items, static item => Assert.StartsWith("s", item.Item, StringComparison.Ordinal));
        Assert.All(similar.Items, static item => Assert.StartsWith("c", item.Item, StringComparison.Ordinal));
        Assert.Contains(changed.Items, static item => item.Item[0] == 'c');
        Assert.Equal(ErrorCode.NotFound, error.Code);
    }

    [UnixFact]
    public async Task Host_KilledWhileItRecordsAndBuilds_LosesNoAcceptedEvent()
    {
        const int Rounds = 5;
        using var home = new HostHome();
        var random = new Random(3);
        var accepted = new HashSet<string>(StringComparer.Ordinal);
        var sent = 0;
        for (var round = 0; round < Rounds; round++)
        {
            await using var host = HostProcess.Start(home.Combine("h.sock"), home.Path);
            await using var client = await Hosts.ConnectAsync(host, "reader");
            if (round == 0) await client.Recommendation.PutItemsAsync("news", [.. Enumerable.Range(0, 50).Select(static i => new CatalogItem { Item = $"i{i}", Tags = [$"t{i % 5}"] })]);

            var found = await IdsAsync(client);
            Assert.Empty(accepted.Except(found));
            var list = await client.Recommendation.RecommendAsync(new RecommendRequest { Catalog = "news", User = "u1", Count = 5, ExcludeSeen = false });
            Assert.Equal(5, list.Items.Count);
            Assert.Equal((await client.Recommendation.GetStatusAsync("news")).Version, list.Version);

            var killed = KillAsync(host, random.Next(50, 900));
            var building = BuildUntilGoneAsync(client);
            try
            {
                while (true)
                {
                    var batch = Enumerable.Range(sent, 20).Select(i => new UserEvent { User = $"u{i % 7}", Item = $"i{i % 50}", Type = "view", Time = 1000L * i, Id = $"e{i}" }).ToList();
                    sent += batch.Count;
                    await client.Recommendation.RecordAsync("news", batch);
                    accepted.UnionWith(batch.Select(static recorded => recorded.Id!));
                }
            }
            catch (EdgeHostException e) when (e.Code == ErrorCode.Unavailable)
            {
                // The host is gone.
            }

            await killed;
            await building;
        }

        await using var last = HostProcess.Start(home.Combine("h.sock"), home.Path);
        await using var reader = await Hosts.ConnectAsync(last, "reader");
        Assert.NotEmpty(accepted);
        Assert.Empty(accepted.Except(await IdsAsync(reader)));
        Assert.True((await reader.Recommendation.BuildAsync(new BuildRequest { Catalog = "news" })).Events >= accepted.Count);
    }

    [Fact]
    public async Task Catalogue_OfAnAppWhoseEverythingIsDeleted_LeavesNoTraceAlsoWhileItIsBuilt()
    {
        using var home = new HostHome();
        await using var host = HostProcess.Start(home.Combine("h.sock"), home.Path);
        await using var client = await Hosts.ConnectAsync(host, "reader");
        await using var other = await Hosts.ConnectAsync(host, "other");
        foreach (var each in (Client.EdgeHostClient[])[client, other])
        {
            var owner = each == client ? "mallory" : "alice";
            await each.Recommendation.PutItemsAsync("news", [.. Enumerable.Range(0, 40).Select(i => new CatalogItem { Item = $"{owner}-item{i}", Tags = [$"t{i % 4}"] })]);
            await each.Recommendation.RecordAsync("news", [.. Enumerable.Range(0, 400).Select(i => new UserEvent { User = $"{owner}{i % 20}", Item = $"{owner}-item{i * 7 % 40}", Type = "read", Time = i })]);
            await each.Recommendation.BuildAsync(new BuildRequest { Catalog = "news" });
        }

        Assert.NotEmpty(FilesNaming(home, "mallory"));
        var building = client.Recommendation.BuildAsync(new BuildRequest { Catalog = "news" }).AsTask();
        await client.Training.DeleteAsync(new DeleteExamplesRequest { Everything = true });
        var ended = await Record.ExceptionAsync(() => building);

        Assert.True(ended is null or EdgeHostException { Code: ErrorCode.NotFound or ErrorCode.Unavailable }, ended?.ToString());
        foreach (var ask in (Func<Task>[])[() => client.Recommendation.GetStatusAsync("news").AsTask(), () => client.Recommendation.RecommendAsync("news", "mallory1").AsTask()])
        {
            Assert.Equal(ErrorCode.NotFound, (await Assert.ThrowsAsync<EdgeHostException>(ask)).Code);
        }

        Assert.Empty(FilesNaming(home, "mallory"));
        Assert.Equal(400, (await other.Recommendation.GetStatusAsync("news")).Events);
        Assert.Equal(1, (await other.Recommendation.RecommendAsync("news", "alice1")).Version);

        // What comes after is a catalogue that never knew of the one before.
        await client.Recommendation.PutItemsAsync("news", [new CatalogItem { Item = "fresh" }]);
        var status = await client.Recommendation.GetStatusAsync("news");
        Assert.Equal((1L, 0L, 0L), (status.Items, status.Events, status.Version));
    }

    private static UserEvent Read(string user, string item, long time, string type = "read") => new() { User = user, Item = item, Type = type, Time = time };

    // The files of the home folder, logs and locks left out, in which a name stands.
    private static List<string> FilesNaming(HostHome home, string name)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(name);
        return [.. Directory.EnumerateFiles(home.Path, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is not (".sock" or ".lock" or ".log") && Holds(file, bytes))];
    }

    private static bool Holds(string file, ReadOnlySpan<byte> bytes)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var content = new byte[stream.Length];
        return content.AsSpan(0, stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false)).IndexOf(bytes) >= 0;
    }

    private static async Task<HashSet<string>> IdsAsync(Client.EdgeHostClient client)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var chunk in client.Recommendation.ExportAsync(new ExportRequest { Catalog = "news" }))
        {
            foreach (var line in chunk.Lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                using var json = System.Text.Json.JsonDocument.Parse(line);
                if (json.RootElement.GetProperty("kind").GetString() == "event") ids.Add(json.RootElement.GetProperty("event").GetProperty("id").GetString()!);
            }
        }

        return ids;
    }

    private static async Task BuildUntilGoneAsync(Client.EdgeHostClient client)
    {
        try
        {
            while (true) await client.Recommendation.BuildAsync(new BuildRequest { Catalog = "news" });
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.Unavailable)
        {
            // The host is gone.
        }
    }

    private static async Task KillAsync(HostProcess host, int milliseconds)
    {
        await Task.Delay(milliseconds);
        host.Kill();
        await host.WaitForExitAsync(Patience);
    }
}
