using EdgeHost.Jobs.Personal;
using EdgeHost.Jobs.Storage;
using EdgeHost.Learning.Examples;
using EdgeHost.ModelTools;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Jobs.Tests.Personal;

/// <summary>Jobs that make versions of a shipped model, and the rules by which they begin.</summary>
public sealed class PersonalJobTests : IAsyncDisposable
{
    private const string Rule = """, "retrain": {"after": 20, "at_most_every": 60, "settle": 5}, "deploy": {"start": "current", "max_accuracy_drop": 0.1}""";
    private readonly TestKit.TempFolder _folder = new();
    private readonly ShippedHead _head;
    private readonly Declared _declared = new();
    private readonly JobsBench _bench;

    public PersonalJobTests()
    {
        _head = new ShippedHead(_folder.Combine("shipped"));
        _bench = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Job_MakesAVersionOfTheShippedModel_ThatDoesNotForget()
    {
        await _bench.RecordAsync("judge", Tops(150));

        var job = await _bench.DoAsync(_head.Spec());

        Assert.Equal((JobState.Done, string.Empty, "head", true, "1.0.0", "1.0.0"), (job.State, job.Reason, job.Model, job.IsPersonal, job.Base, job.Parent));
        Assert.Empty(job.Warnings);
        var (own, replay) = (job.Metrics!.Own!, job.Metrics.Replay!);
        Assert.True(own.Accuracy > 0.9 && own.ShippedAccuracy < 0.2, $"{own}");
        Assert.True(replay.Accuracy > 0.97 && replay.ShippedAccuracy == 1, $"{replay}");
        Assert.Equal(own.Examples + replay.Examples, job.Metrics.Examples);
        Assert.Equal(["right", "left", "top"], job.Metrics.Labels);

        var made = (await _bench.FindAsync("head"))!;
        var graph = ModelProto.Parse(await File.ReadAllBytesAsync(made.GraphPath)).Graph!;
        Assert.Equal("x", Assert.Single(graph.Inputs).Name);
        Assert.Equal("logits", Assert.Single(graph.Outputs).Name);
        Assert.Equal(["right", "left", "top"], made.Card.Labels);
        Assert.Equal("logits", made.Card.Output.Name);
    }

    [Fact]
    public async Task Job_BeginsWithTheShippedLayer_ThenWithTheVersionThatServes()
    {
        await _bench.RecordAsync("judge", Specs.CloudExamples(60).Select(static example => (example.Values, example.Label)));
        var first = await _bench.DoAsync(_head.Spec());
        await _bench.RecordAsync("judge", Tops(60));
        await _bench.DoAsync(_head.Spec());
        var third = await _bench.DoAsync(_head.Spec());

        // The shipped head knows left and right already, and the second version the tops.
        Assert.InRange(first.Curve[0].Loss, 0, 0.6);
        Assert.Equal("1.0.0-local.2", third.Parent);
        Assert.InRange(third.Curve[0].Loss, 0, 0.6);
        Assert.Empty(third.Warnings);
    }

    [Fact]
    public async Task Job_LeavesOutLabelsThatTheShippedModelDoesNotHave()
    {
        await _bench.RecordAsync("judge", [.. Tops(40), .. Specs.CloudExamples(6).Select(static example => (example.Values, (string?)"sideways"))]);

        var job = await _bench.DoAsync(_head.Spec());

        Assert.Equal(JobState.Done, job.State);
        Assert.Contains(job.Warnings, static warning => warning.StartsWith("6 examples have labels that 'head' does not have ('sideways')", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Job_ThatForgets_IsOnlyStored()
    {
        // All that is right is called left.
        await _bench.RecordAsync("judge", Rights(200).Select(static example => (example.Values, (string?)"left")));

        var job = await _bench.DoAsync(_head.Spec(""", "deploy": {"start": "current", "max_accuracy_drop": 0.05}""", """{ "dataset": "judge", "replay": "replay.bin", "replay_share": 0.05 }"""));

        Assert.Equal(JobState.Done, job.State);
        Assert.Contains(job.Warnings, static warning => warning.StartsWith("The version is only stored: on what the shipped version knows its accuracy is", StringComparison.Ordinal));
        Assert.Equal(Jobs.Specs.DeployStart.Stored, _bench.Trained.Added[^1].Deploy!.Start);
    }

    [Fact]
    public async Task Job_OfAModelThatIsNotThere_IsRefused()
    {
        await _bench.RecordAsync("judge", Tops(20));

        var model = await Assert.ThrowsAsync<EdgeHostException>(() => _bench.Jobs.StartAsync(JobsBench.App, _head.Spec().Replace("\"head\"", "\"tail\"", StringComparison.Ordinal), CancellationToken.None));
        var shape = await Assert.ThrowsAsync<EdgeHostException>(() => _bench.Jobs.StartAsync(JobsBench.App, _head.Spec().Replace("\"width\": 3", "\"width\": 4", StringComparison.Ordinal), CancellationToken.None));

        Assert.Equal((ErrorCode.NotFound, ErrorCode.InvalidArgument), (model.Code, shape.Code));
        Assert.Empty(_bench.Jobs.List(JobsBench.App));
    }

    [Fact]
    public async Task Plugin_WhoseMethodGotFeedback_HasItsJobBegun_ForEachApp_AlsoAfterARestart()
    {
        var other = new ExampleOwner("other", 7);
        _declared.All = [new Personalisation("plugin", "judge", "head", _head.Spec(Rule))];
        await _bench.RecordAsync("judge", Tops(25));
        await _bench.RecordAsync("judge", Tops(5), owner: other);

        var begun = await SettledAsync(_bench);
        var job = Assert.Single(_bench.Jobs.List(JobsBench.App));
        await _bench.StartAsync();
        var end = await _bench.EndOfAsync(job.Id);

        Assert.Equal((1, "plugin", JobState.Done), (begun, job.Plugin, end.State));
        Assert.Empty(_bench.Jobs.List(other));

        // Nothing new, then as much as is asked for: another host knows what was learned from.
        await _bench.StopAsync();
        await using var next = Open();
        next.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await SettledAsync(next));
        await next.RecordAsync("judge", Tops(21, seed: 5));
        Assert.Equal(1, await SettledAsync(next));
        Assert.Equal(end.Version, next.Jobs.List(JobsBench.App)[0].Parent);
    }

    [Fact]
    public async Task Plugin_IsSilent_WhereTheOwnerSaysSo()
    {
        _declared.All = [new Personalisation("plugin", "judge", "head", _head.Spec(Rule))];
        await using var off = Open(static options => options.Personalise = false);
        await off.RecordAsync("judge", Tops(25));

        Assert.Equal(0, await SettledAsync(off));
        await _bench.Get<Learning.Consents.ConsentStore>().SetAsync(JobsBench.App, "tests", isGranted: false);
        Assert.Equal(0, await SettledAsync(_bench));
    }

    [Fact]
    public async Task Plugin_WhoseSpecificationIsWrong_IsSaidOnce()
    {
        _declared.All = [new Personalisation("plugin", "judge", "head", "{}")];
        await _bench.RecordAsync("judge", Tops(25));

        Assert.Equal(0, await SettledAsync(_bench));
        Assert.Single(_bench.Log.Lines, static line => line.Text.Contains("cannot learn from feedback on judge", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AppsOwnRule_StandsInPlaceOfThePlugins()
    {
        _declared.All = [new Personalisation("plugin", "judge", "head", _head.Spec(Rule))];
        await _bench.RecordAsync("judge", Tops(25));
        await _bench.DoAsync(_head.Spec(""", "retrain": {"after": 1000}"""));
        _bench.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(0, await SettledAsync(_bench));
    }

    [Fact]
    public async Task Features_OfAnotherEncoder_AreNotMixed()
    {
        var data = """{ "dataset": "judge", "features_of": ["eye"], "replay": "replay.bin" }""";
        _declared.All = [new Personalisation("plugin", "judge", "head", _head.Spec(Rule, data))];
        await _bench.RecordAsync(FeatureDatasets.NameOf("judge", "eye@1.0.0"), Tops(30));
        await _bench.RecordAsync(FeatureDatasets.NameOf("judge", "eye@2.0.0"), Tops(12, seed: 4));

        _head.EyeVersion = "2.0.0";
        Assert.Equal(0, await SettledAsync(_bench));
        var job = await _bench.DoAsync(_head.Spec(data: data));
        _head.EyeVersion = "3.0.0";
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => _bench.Jobs.StartAsync(JobsBench.App, _head.Spec(data: data), CancellationToken.None));

        Assert.True(job.State == JobState.Done, job.Reason);
        Assert.InRange(job.Metrics!.Own?.Examples ?? 0, 0, 12);
        Assert.Equal(ErrorCode.NotFound, error.Code);
        Assert.Contains("features that eye made as they are now", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewShippedVersion_IsLearnedForAgain()
    {
        _declared.All = [new Personalisation("plugin", "judge", "head", _head.Spec(Rule))];
        await _bench.RecordAsync("judge", Tops(25));
        Assert.Equal(1, await SettledAsync(_bench));
        await _bench.StartAsync();
        await _bench.EndOfAsync(_bench.Jobs.List(JobsBench.App)[0].Id);
        _bench.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await SettledAsync(_bench));

        (_head.Version, _head.Trained) = ("1.1.0", null);

        Assert.Equal(1, await SettledAsync(_bench));
        Assert.Equal(("1.1.0", "1.1.0"), (_bench.Jobs.List(JobsBench.App)[0].Base, _bench.Jobs.List(JobsBench.App)[0].Parent));
    }

    private JobsBench Open(Action<JobOptions>? configure = null)
    {
        var bench = new JobsBench(_folder.Combine("bench"), configure, services =>
        {
            services.AddSingleton<IShippedModels>(_head);
            services.AddSingleton<IPersonalisations>(_declared);
        });
        _head.Trained = bench.Models;
        return bench;
    }

    // One look finds the labels, the next one that no more have come.
    private static async Task<int> SettledAsync(JobsBench bench)
    {
        var begun = await bench.Retraining.LookAsync(CancellationToken.None);
        bench.Time.Advance(TimeSpan.FromSeconds(6));
        return begun + await bench.Retraining.LookAsync(CancellationToken.None);
    }

    private static IEnumerable<(float[] Values, string? Label)> Tops(int count, int seed = 3)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++) yield return ([(float)(random.NextDouble() - 0.5), 3 + (float)random.NextDouble()], "top");
    }

    private static IEnumerable<(float[] Values, string? Label)> Rights(int count)
    {
        var random = new Random(6);
        for (var i = 0; i < count; i++) yield return ([0.2f + (float)random.NextDouble(), (float)(random.NextDouble() - 0.5)], "right");
    }

    private sealed class Declared : IPersonalisations
    {
        public IReadOnlyList<Personalisation> All { get; set; } = [];

        public IReadOnlyList<Personalisation> List() => All;
    }
}
