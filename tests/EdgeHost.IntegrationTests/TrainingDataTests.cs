using System.Text.Json;
using EdgeHost.Capabilities.Training;
using EdgeHost.Client;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>Examples on the real host: recorded, listed and deleted by apps and by the owner, and kept when the host is killed.</summary>
public sealed class TrainingDataTests : IDisposable
{
    private const string Purpose = "tests";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly TempFolder _home = new();

    public void Dispose() => _home.Dispose();

    [UnixFact]
    public async Task Examples_NeedTheOwnersConsent_AndAreTheAppsOwn()
    {
        await using var host = Start();
        await using var client = await Hosts.ConnectAsync(host, "mail");
        await using var other = await Hosts.ConnectAsync(host, "other");

        var denied = await Assert.ThrowsAsync<EdgeHostException>(async () => await client.Training.RecordAsync(Texts("one")));
        await VerbAsync(host, "training", "consent", "mail", Purpose, "grant");
        var recorded = await client.Training.RecordAsync(Texts("one", "two"));

        Assert.Equal(ErrorCode.PermissionDenied, denied.Code);
        Assert.Contains("edgehost training consent mail tests grant", denied.Message, StringComparison.Ordinal);
        Assert.Equal(2, recorded.Accepted);
        Assert.Equal([("tests", true)], (await client.Training.GetConsentsAsync()).Consents.Select(static consent => (consent.Purpose, consent.Granted)));
        Assert.Empty((await other.Training.ListDatasetsAsync()).Datasets);
        Assert.Equal(2, Count(await client.Training.ListDatasetsAsync()));
        Assert.Contains("\"dataset\":\"texts\"", (await VerbAsync(host, "training", "datasets", "mail", "--json")).Output.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);

        var revoked = await VerbAsync(host, "training", "consent", "mail", Purpose, "revoke", "--delete", "--json");
        Assert.Equal(2, JsonDocument.Parse(revoked.Output).RootElement.GetProperty("deleted_examples").GetInt32());
        Assert.Equal(ErrorCode.PermissionDenied, (await Assert.ThrowsAsync<EdgeHostException>(async () => await client.Training.RecordAsync(Texts("three")))).Code);
        Assert.Empty((await client.Training.ListDatasetsAsync()).Datasets);
    }

    [UnixFact]
    public async Task Examples_OfAllKinds_GoThroughTheSocket()
    {
        await using var host = Start();
        await using var client = await Hosts.ConnectAsync(host, "all");
        await VerbAsync(host, "training", "consent", "all", Purpose, "grant");
        var large = new byte[3 << 20];
        new Random(1).NextBytes(large);

        await RecordAsync(client, ExampleKind.Image, new Example { Data = large, Label = "noise" });
        await RecordAsync(client, ExampleKind.Audio, new Example { Data = new byte[] { 1, 2, 3 }, Group = "clip" });
        await RecordAsync(client, ExampleKind.Features, new Example { Features = [1, 2.5f] }, new Example { Data = new byte[8] });
        await RecordAsync(client, ExampleKind.Interaction, new Example { User = "anna", Item = "film", TimeMs = 1000, Weight = 2 });
        var wrong = await Assert.ThrowsAsync<EdgeHostException>(() => RecordAsync(client, ExampleKind.Text, new Example { Data = large }));

        Assert.Equal(ErrorCode.InvalidArgument, wrong.Code);
        var list = await client.Training.ListDatasetsAsync();
        Assert.Equal((5, 4), (list.Examples, list.Datasets.Count));
        Assert.Equal("noise", list.Datasets.Single(static dataset => dataset.Kind == ExampleKind.Image).Labels.Single().Label);
        Assert.Equal(5, (await client.Training.DeleteAsync(new DeleteExamplesRequest { Everything = true })).Examples);
        Assert.Equal(0, (await client.Training.ListDatasetsAsync()).Bytes);
    }

    [UnixFact]
    public async Task Verb_Record_RecordsAsAnApp()
    {
        await using var host = Start();
        await (await Hosts.ConnectAsync(host)).DisposeAsync();
        await VerbAsync(host, "training", "consent", "notes", Purpose, "grant");

        await VerbAsync(host, "training", "record", "texts", "--purpose", Purpose, "--app", "notes", "--text", "one", "--text", "two", "--label", "number");

        var list = await VerbAsync(host, "training", "datasets", "notes", "--json");
        Assert.Equal(2, JsonDocument.Parse(list.Output).RootElement.GetProperty("examples").GetInt32());
        Assert.Contains("notes", (await VerbAsync(host, "training", "consent")).Output, StringComparison.Ordinal);
        Assert.Contains("2 examples deleted", (await VerbAsync(host, "training", "delete", "notes", "--everything")).Output, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task Host_KilledWhileAppsRecord_LosesNothingThatWasAccepted()
    {
        const int Rounds = 4;
        const int Workers = 4;
        var accepted = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            await using var host = Start();
            await (await Hosts.ConnectAsync(host)).DisposeAsync();
            await using var client = await EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { Endpoint = host.Endpoint, AppName = "mail", Reconnect = false });
            if (round == 0) await VerbAsync(host, "training", "consent", "mail", Purpose, "grant");
            var random = new Random(round);
            var before = accepted.Count;
            var workers = Enumerable.Range(0, Workers).Select(worker => RecordUntilLostAsync(client, $"{round}.{worker}", accepted)).ToList();
            var enough = before + random.Next(5, 30);
            await Until.HoldsAsync($"{enough} examples", () => Task.FromResult(CountOf(accepted)), count => count >= enough, static count => $"{count}", () => host.Output);
            host.Kill();
            await host.WaitForExitAsync(Patience);
            await Task.WhenAll(workers).WaitAsync(Patience);
        }

        await using var last = Start();
        await using var reader = await Hosts.ConnectAsync(last, "mail");
        var again = await reader.Training.RecordAsync(Request(ExampleKind.Image, [.. accepted.Take(500).Select(ImageOf)]));
        var list = await reader.Training.ListDatasetsAsync();

        // What was accepted is there, so recording it again finds duplicates alone; what was on its way may be there too.
        Assert.Equal((0, Math.Min(500, accepted.Count)), (again.Accepted, again.Duplicates));
        Assert.InRange(list.Examples, accepted.Count, accepted.Count + (Rounds * Workers));
    }

    private static async Task RecordUntilLostAsync(EdgeHostClient client, string name, List<string> accepted)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                var id = $"{name}.{i}";
                await client.Training.RecordAsync(Request(ExampleKind.Image, [ImageOf(id)]));
                lock (accepted) accepted.Add(id);
            }
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.Unavailable)
        {
            // The host was killed.
        }
    }

    // Some are in the database, some in files of their own.
    private static Example ImageOf(string id)
    {
        var seed = id.Aggregate(17, static (sum, c) => unchecked((sum * 31) + c));
        var content = new byte[(seed & 1) == 0 ? 300 : 6000];
        new Random(seed).NextBytes(content);
        System.Text.Encoding.ASCII.GetBytes(id, content);
        return new Example { Data = content };
    }

    private static int CountOf(List<string> accepted)
    {
        lock (accepted) return accepted.Count;
    }

    private static RecordExamplesRequest Texts(params string[] texts) => Request(ExampleKind.Text, [.. texts.Select(static text => new Example { Text = text })]);

    private static RecordExamplesRequest Request(ExampleKind kind, IReadOnlyList<Example> examples)
        => new() { Dataset = kind == ExampleKind.Text ? "texts" : $"{kind}".ToLowerInvariant(), Purpose = Purpose, Kind = kind, Examples = examples };

    private static async Task RecordAsync(EdgeHostClient client, ExampleKind kind, params Example[] examples) => await client.Training.RecordAsync(Request(kind, examples));

    private static long Count(ListDatasetsResponse list) => list.Datasets.Sum(static dataset => dataset.Train + dataset.Validation + dataset.Test);

    private HostProcess Start() => HostProcess.Start(_home.Combine("h.sock"), _home.Path);

    private async Task<CommandResult> VerbAsync(HostProcess host, params string[] arguments)
    {
        var result = await HostProcess.RunAsync([.. arguments, "--home", _home.Path, "--endpoint", host.Endpoint], Patience);
        Assert.True(result.ExitCode == 0, $"{result.Output}\n{result.Error}");
        return result;
    }
}
