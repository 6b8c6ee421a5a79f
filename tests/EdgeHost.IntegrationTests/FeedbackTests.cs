using EdgeHost.Capabilities.Training;
using EdgeHost.Client;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.Protocol;
using EdgeHost.TestKit;
using TestPlugins.ModelRunner;

namespace EdgeHost.IntegrationTests;

/// <summary>From an answer over its feedback to an example, and drift, on the real host.</summary>
public class FeedbackTests
{
    [UnixFact]
    public async Task Feedback_OnAnAnswer_BecomesAnExample_WithTheOwnersConsent()
    {
        await using var host = await RunnerHost.StartAsync([FeedbackModel]);
        await using var client = await Hosts.ConnectAsync(host.Process, "judge");
        await host.VerbAsync("training", "consent", "judge", "feedback", "grant");

        var plain = await AskAsync(client, judged: null);
        var told = await AskAsync(client, "what a day");
        var result = await client.Training.GiveFeedbackAsync(new FeedbackRequest { Call = told.CallId!, Label = "positive" });

        Assert.Null(plain.CallId);
        Assert.Equal((RunRequest.Method, $"{FeedbackModel.Id}@1.0.0", RunRequest.Method), (result.Method, result.Model, result.Dataset));
        var dataset = Assert.Single((await client.Training.ListDatasetsAsync()).Datasets);
        Assert.Equal((RunRequest.Method, "feedback", ExampleKind.Text), (dataset.Dataset, dataset.Purpose, dataset.Kind));
        Assert.Equal("positive", Assert.Single(dataset.Labels).Label);

        var drift = Assert.Single((await client.Training.GetDriftAsync()).Models);
        Assert.Equal((0, 1), (drift.Correct, drift.Wrong));
        Assert.Equal([("confidence", 1L), ("length", 1L)], drift.Measures.Select(static measure => (measure.Measure, measure.Calls)));
        Assert.All(drift.Measures, static measure => Assert.Equal(DriftState.Collecting, measure.State));
        Assert.Contains(FeedbackModel.Id, (await host.VerbAsync("training", "drift")).Output, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task Feedback_OnACallOfAnotherApp_IsNotFound()
    {
        await using var host = await RunnerHost.StartAsync([FeedbackModel]);
        await using var client = await Hosts.ConnectAsync(host.Process, "judge");
        await using var other = await Hosts.ConnectAsync(host.Process, "other");
        var told = await AskAsync(client, "what a day");

        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await other.Training.GiveFeedbackAsync(new FeedbackRequest { Call = told.CallId!, Correct = true }));
        var kept = await client.Training.GiveFeedbackAsync(new FeedbackRequest { Call = told.CallId!, Correct = true });

        Assert.Equal(ErrorCode.NotFound, error.Code);
        Assert.Null(kept.Dataset);
        Assert.Contains("edgehost training consent judge feedback grant", kept.Reason, StringComparison.Ordinal);
    }

    private static TestModel FeedbackModel { get; } = new("judge-model", OnnxGraph.MatMul(16, 0.5f).ToModel());

    private static async Task<CallInfo> AskAsync(EdgeHostClient client, string? judged)
    {
        CallInfo? info = null;
        await client.CallAsync<RunRequest, RunResponse>(
            RunRequest.Method,
            new RunRequest { Model = FeedbackModel.Id, Steps = 0, Judged = judged, Verdict = "negative", Confidence = 0.6 },
            new CallOptions { OnInfo = given => info = given });
        return info!;
    }
}
