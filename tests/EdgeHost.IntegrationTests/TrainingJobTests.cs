using EdgeHost.Capabilities.Training;
using EdgeHost.Client;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.Protocol;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>Training jobs on the real host: through the socket, by the command line, and over kills.</summary>
public sealed class TrainingJobTests : IDisposable
{
    private const string Purpose = "tests";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly TempFolder _home = new();

    public void Dispose() => _home.Dispose();

    [UnixFact]
    public async Task ExclusiveOr_IsRecorded_Trained_Asked_AndCorrected()
    {
        await using var host = Start();
        await using var client = await Hosts.ConnectAsync(host, "lab");
        await using var other = await Hosts.ConnectAsync(host, "other");
        await VerbAsync(host, "training", "consent", "lab", Purpose, "grant");
        await VerbAsync(host, "training", "consent", "lab", "feedback", "grant");
        await client.Training.RecordAsync(new RecordExamplesRequest
        {
            Dataset = "xor", Purpose = Purpose, Kind = ExampleKind.Features, ValidationShare = 0, TestShare = 0,
            Examples = [.. Xor.Select(static row => new Example { Features = row.Values, Label = row.Label })],
        });

        var job = await client.Training.StartAsync(XorSpec("""{ "dataset": "xor" }"""));
        var items = new List<TrainingProgress>();
        await foreach (var progress in client.Training.WatchAsync(job.Id)) items.Add(progress);

        var end = items[^1].Job;
        Assert.True(end.State == TrainingJobState.Done, end.Reason);
        Assert.Equal(1, end.Metrics!.Accuracy);
        Assert.InRange(end.Metrics.Loss, 0, 0.03);
        Assert.Equal(["0", "1"], end.Metrics.Labels);
        var steps = items.SelectMany(static item => item.Points).Select(static point => point.Step).ToList();
        Assert.Equal(steps.Order(), steps);
        Assert.True(steps.Count > 50, $"{steps.Count} points");

        CallInfo? info = null;
        var all = await client.Training.PredictAsync(new PredictRequest { Model = "xor", Inputs = [.. Xor.Select(static row => new PredictInput { Features = row.Values })] });
        Assert.Equal(Xor.Select(static row => row.Label), all.Predictions.Select(static prediction => prediction.Label));
        Assert.All(all.Predictions, static prediction => Assert.InRange(prediction.Confidence!.Value, 0.9, 1));
        Assert.Equal("lab/xor@1.0.0-local.1", all.Model);
        await client.Training.PredictAsync(new PredictRequest { Model = "xor", Inputs = [new PredictInput { Features = [0.4f, 0.4f] }] }, new CallOptions { OnInfo = given => info = given });
        var feedback = await client.Training.GiveFeedbackAsync(new FeedbackRequest { Call = info!.CallId!, Label = "0" });
        Assert.Equal(("xor", null), (feedback.Dataset, feedback.Reason));
        Assert.Equal(5, Assert.Single((await client.Training.ListDatasetsAsync()).Datasets).Train);

        Assert.Equal(ErrorCode.NotFound, (await Assert.ThrowsAsync<EdgeHostException>(async () => await other.Training.WaitAsync(job.Id))).Code);
        Assert.Equal(
            ErrorCode.NotFound,
            (await Assert.ThrowsAsync<EdgeHostException>(async () => await other.Training.PredictAsync(new PredictRequest { Model = "xor", Inputs = [new PredictInput { Features = [0, 0] }] }))).Code);
        Assert.Empty(await other.Training.ListJobsAsync());
        Assert.Equal(job.Id, Assert.Single(await client.Training.ListJobsAsync()).Id);

        Assert.Equal(1, (await client.Training.DeleteAsync(new DeleteExamplesRequest { Everything = true })).Models);
        Assert.Empty(await client.Training.ListJobsAsync());
        Assert.Empty((await client.Models.ListVersionsAsync("lab/xor")).Versions);
        Assert.Equal(
            ErrorCode.NotFound,
            (await Assert.ThrowsAsync<EdgeHostException>(async () => await client.Training.PredictAsync(new PredictRequest { Model = "xor", Inputs = [new PredictInput { Features = [0, 0] }] }))).Code);
    }

    [UnixFact]
    public async Task Job_OverKillsOfTheHost_ComesToTheSameBits()
    {
        var random = new Random(5);
        var spec = XorSpec("""{ "inputs": { "x": [[0,0],[0,1],[1,0],[1,1]] }, "labels": ["0","1","1","0"] }""", steps: 100_000);
        string id;
        await using (var host = Start())
        {
            await using var client = await Hosts.ConnectAsync(host, "lab");
            var whole = await client.Training.WaitAsync((await client.Training.StartAsync(spec)).Id);
            Assert.True(whole.State == TrainingJobState.Done, whole.Reason);
            id = (await client.Training.StartAsync(spec)).Id;
            await UntilAsync(client, id, static job => job.Step > 0);
            host.Kill();
        }

        var kills = 1;
        for (var at = 20_000; at < 100_000 && kills < 5; at += 20_000, kills++)
        {
            await using var host = Start();
            await using var client = await Hosts.ConnectAsync(host, "lab");
            await UntilAsync(client, id, job => job.Step >= at + random.Next(10_000) || job.EndedMs is not null);
            host.Kill();
        }

        await using (var host = Start())
        {
            await using var client = await Hosts.ConnectAsync(host, "lab");
            var end = await client.Training.WaitAsync(id);
            Assert.True(end.State == TrainingJobState.Done, end.Reason);
        }

        var graphs = Directory.GetFiles(_home.Combine("deployment", "files"), "model.onnx", SearchOption.AllDirectories);
        Assert.Equal(2, graphs.Length);
        Assert.Equal(File.ReadAllBytes(graphs[0]), File.ReadAllBytes(graphs[1]));
    }

    [UnixFact]
    public async Task Verbs_TrainWithACurve_ListAndEnd()
    {
        await using var host = Start();
        await using var client = await Hosts.ConnectAsync(host, "lab");
        var (file, picture) = (_home.Combine("job.json"), _home.Combine("curve.png"));
        await File.WriteAllTextAsync(file, XorSpec("""{ "inputs": { "x": [[0,0],[0,1],[1,0],[1,1]] }, "labels": ["0","1","1","0"] }"""));

        var trained = await VerbAsync(host, "train", "--spec", file, "--app", "lab", "--watch", "--curve", picture);
        var listed = await VerbAsync(host, "jobs", "list", "--app", "lab");
        var job = Assert.Single(await client.Training.ListJobsAsync());
        var shown = await VerbAsync(host, "jobs", "show", job.Id, "--app", "lab");
        var ended = await VerbAsync(host, "jobs", "cancel", job.Id, "--app", "lab");

        Assert.Contains("xor@1.0.0-local.1: loss 0.0", trained.Output, StringComparison.Ordinal);
        Assert.Contains(trained.Output, static c => c is > '\u2800' and <= '\u28FF');
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await File.ReadAllBytesAsync(picture))[..4]);
        Assert.Contains(job.Id, listed.Output, StringComparison.Ordinal);
        Assert.Contains("100.0", shown.Output, StringComparison.Ordinal);
        Assert.StartsWith("done", ended.Output, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task Job_OnBattery_Rests_AndGoesOnOnMains()
    {
        using var machine = new FakeMachine();
        await using var host = Start(machine);
        await using var client = await Hosts.ConnectAsync(host, "lab");
        var id = (await client.Training.StartAsync(XorSpec("""{ "inputs": { "x": [[0,0],[0,1],[1,0],[1,1]] }, "labels": ["0","1","1","0"] }""", steps: 10_000_000))).Id;
        await UntilAsync(client, id, static job => job.Step > 0);

        machine.SetPower(isOnMains: false, percent: 60);
        await UntilAsync(client, id, static job => job.State == TrainingJobState.Paused);
        var resting = (await client.Training.ListJobsAsync())[0];
        machine.SetPower(isOnMains: true, percent: 60);
        await UntilAsync(client, id, job => job.State == TrainingJobState.Running && job.Step > resting.Step);
        var ended = await client.Training.CancelAsync(id);

        Assert.Contains("battery", resting.Reason, StringComparison.Ordinal);
        Assert.Equal(TrainingJobState.Cancelled, ended.State);
    }

    [UnixFact]
    public async Task Digits_AreToldApart_WithAConvolution()
    {
        await using var host = Start();
        await using var client = await Hosts.ConnectAsync(host, "lab");
        await VerbAsync(host, "training", "consent", "lab", Purpose, "grant");
        foreach (var page in DrawnDigits.Make(1_500, seed: 1).Chunk(500))
        {
            await client.Training.RecordAsync(new RecordExamplesRequest
            {
                Dataset = "digits", Purpose = Purpose, Kind = ExampleKind.Features,
                Examples = [.. page.Select(static digit => new Example { Features = digit.Pixels, Label = digit.Label })],
            });
        }

        var job = await client.Training.WaitAsync((await client.Training.StartAsync(DrawnDigits.Spec)).Id);

        Assert.True(job.State == TrainingJobState.Done, job.Reason);
        Assert.True(job.Metrics!.HeldOut);
        Assert.InRange(job.Metrics.Accuracy!.Value, 0.95, 1);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], job.Metrics.Labels);
        var others = DrawnDigits.Make(100, seed: 2);
        var answer = await client.Training.PredictAsync(new PredictRequest { Model = "digits", Inputs = [.. others.Select(static digit => new PredictInput { Features = digit.Pixels })] });
        Assert.InRange(others.Zip(answer.Predictions).Count(static pair => pair.First.Label == pair.Second.Label), 90, 100);

        var small = _home.Combine("small.onnx");
        var shrunk = await VerbAsync(host, "models", "quantize", "lab/digits", "--method", "int8", "--max-drop", "0.02", "--out", small, "--json");
        var added = await VerbAsync(host, "models", "add", "lab/digits", small, "--shadow", "--json");
        Assert.Contains("\"score\": \"accuracy\"", shrunk.Output, StringComparison.Ordinal);
        Assert.Contains("\"stage\": \"shadow\"", added.Output, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task Ranking_SaysWhichOfTwoItemsIsWanted()
    {
        await using var host = Start();
        await using var client = await Hosts.ConnectAsync(host, "lab");
        const string spec = """
            {
              "model": "taste", "task": "rank",
              "network": {
                "inputs": [{ "name": "user", "shape": [1], "type": "int64" }, { "name": "items", "shape": [2], "type": "int64" }],
                "layers": [
                  { "name": "users", "kind": "embedding", "count": 2, "width": 4, "deviation": 0.3, "inputs": ["user"] },
                  { "name": "things", "kind": "embedding", "count": 3, "width": 4, "deviation": 0.3, "inputs": ["items"] },
                  { "name": "both", "kind": "multiply", "inputs": ["users", "things"] },
                  { "name": "scores", "kind": "mean", "axes": [2] }
                ],
                "loss": { "kind": "bayesian_personalised_ranking" }
              },
              "data": { "inputs": { "user": [[0], [0], [1], [1]], "items": [[0, 1], [0, 2], [1, 0], [2, 0]] } },
              "optimiser": { "kind": "adam", "rate": 0.05 }, "batch": 4, "steps": 400
            }
            """;
        var job = await client.Training.WaitAsync((await client.Training.StartAsync(spec)).Id);
        Assert.True(job.State == TrainingJobState.Done, job.Reason);

        var answer = await client.Training.PredictAsync(new PredictRequest { Model = "taste", Inputs = [Of(0, 0, 1), Of(0, 2, 0), Of(1, 1, 0), Of(1, 0, 2)] });

        Assert.All(answer.Predictions, static prediction => Assert.Null(prediction.Label));
        Assert.Equal([true, false, true, false], answer.Predictions.Select(static prediction => prediction.Values[0] > prediction.Values[1]));
        Assert.All(answer.Predictions, static prediction => Assert.Equal(2, prediction.Values.Count));
        Assert.Contains("takes 'user' (ids [1]), 'items' (ids [2])", await ProblemAsync(new PredictInput { Features = [1, 2] }), StringComparison.Ordinal);
        Assert.Contains("has no values for 'items'", await ProblemAsync(new PredictInput { Values = new Dictionary<string, IReadOnlyList<double>> { ["user"] = [1] } }), StringComparison.Ordinal);
        Assert.Contains("has 1 values for 'items'", await ProblemAsync(Of(0, 1)), StringComparison.Ordinal);
        Assert.Contains("has 0.5 for 'items', which is no whole number", await ProblemAsync(Of(0, 0.5, 1)), StringComparison.Ordinal);
        await ProblemAsync(Of(0, 1, 99));

        async Task<string> ProblemAsync(PredictInput input)
        {
            var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await client.Training.PredictAsync(new PredictRequest { Model = "taste", Inputs = [input] }));
            Assert.Equal(ErrorCode.InvalidArgument, error.Code);
            return error.Message;
        }

        static PredictInput Of(double user, params double[] items) => new() { Values = new Dictionary<string, IReadOnlyList<double>> { ["user"] = [user], ["items"] = items } };
    }

    [UnixFact]
    public async Task WrongSpecifications_AreRefused_WithWhatIsRight()
    {
        await using var host = Start();
        await using var client = await Hosts.ConnectAsync(host, "lab");

        var unknown = await Assert.ThrowsAsync<EdgeHostException>(async () => await client.Training.StartAsync(XorSpec("""{ "datasset": "xor" }""")));
        var missing = await Assert.ThrowsAsync<EdgeHostException>(async () => await client.Training.StartAsync(XorSpec("""{ "dataset": "xor" }""")));

        Assert.Equal(ErrorCode.InvalidArgument, unknown.Code);
        Assert.Contains("did you mean 'dataset'?", unknown.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.NotFound, missing.Code);
        Assert.Empty(await client.Training.ListJobsAsync());
    }

    private static readonly (float[] Values, string Label)[] Xor = [([0, 0], "0"), ([0, 1], "1"), ([1, 0], "1"), ([1, 1], "0")];

    private static string XorSpec(string data, int steps = 800) => $$"""
        {
          "model": "xor", "task": "classify",
          "network": {
            "inputs": [{ "name": "x", "shape": [2] }],
            "layers": [
              { "name": "hidden", "kind": "linear", "width": 3, "activation": "sigmoid" },
              { "name": "output", "kind": "linear", "width": 1, "activation": "sigmoid" }
            ],
            "loss": { "kind": "binary_cross_entropy" }
          },
          "data": {{data}}, "optimiser": { "kind": "adam", "rate": 0.1 }, "batch": 4, "steps": {{steps}}, "seed": 3
        }
        """;

    private static async Task UntilAsync(EdgeHostClient client, string id, Func<TrainingJob, bool> isThere)
    {
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var progress in client.Training.WatchAsync(id, patience.Token))
        {
            if (isThere(progress.Job)) return;
        }
    }

    // Training rests where the machine that runs the tests is hot or on battery; the tests of that bring a machine of their own.
    private HostProcess Start(FakeMachine? machine = null)
        => HostProcess.Start(
            _home.Combine("h.sock"),
            _home.Path,
            [
                "--set", "Jobs:CheckpointInterval=00:00:00.1",
                .. (machine?.Settings() ?? new Dictionary<string, string> { ["Runtime:Conditions:SystemRoot"] = "/nonexistent" }).SelectMany(static setting => new[] { "--set", $"{setting.Key}={setting.Value}" }),
            ]);

    private async Task<CommandResult> VerbAsync(HostProcess host, params string[] arguments)
    {
        var result = await HostProcess.RunAsync([.. arguments, "--home", _home.Path, "--endpoint", host.Endpoint], Patience);
        Assert.True(result.ExitCode == 0, $"{result.Output}\n{result.Error}");
        return result;
    }
}
