using System.Text;
using EdgeHost.Capabilities.Language;
using EdgeHost.Capabilities.Models;
using EdgeHost.Capabilities.Training;
using EdgeHost.Client;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.Plugins.Language.Tests;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>A shipped model learns from what one app's person corrects, on the real host with the real model, without a hand on it.</summary>
public sealed class PersonalSentimentTests : IDisposable
{
    private const string Head = "language-sentiment";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly TempFolder _home = new();

    public void Dispose() => _home.Dispose();

    [UnixFact]
    public async Task Corrections_MakeAVersionOfTheAppsOwn_ThatOthersNeverSee()
    {
        await using var host = Start();
        await using var client = await Hosts.ConnectAsync(host, "chat");
        await using var other = await Hosts.ConnectAsync(host, "other");
        await VerbAsync(host, "training", "consent", "chat", "feedback", "grant");
        var (taught, unseen) = HouseSlang.Make(40, 40, seed: 1);
        List<(string Text, string Label)> clear = [.. ClearSentences.English.Concat(ClearSentences.Chinese).Select(static entry => (entry.Text, Of(entry.Tone)))];
        var (before, clearBefore) = (await RightAsync(client, unseen), await RightAsync(client, clear));
        var othersBefore = await ScoresAsync(other, unseen);

        await TeachAsync(client, taught);
        var job = await UntilTrainedAsync(client, host);

        Assert.True(job.State == TrainingJobState.Done, job.Reason);
        Assert.DoesNotContain(job.Warnings, static warning => warning.Contains("only stored", StringComparison.Ordinal));
        Assert.Equal(Head, job.Model);
        Assert.Equal(["negative", "neutral", "positive"], job.Metrics!.Labels);
        var (after, clearAfter) = (await RightAsync(client, unseen), await RightAsync(client, clear));
        Assert.True(before < 15 && after >= 34, $"{before} of 40 before, {after} after");
        Assert.True(clearAfter >= clearBefore - 2, $"{clearBefore} of {clear.Count} before, {clearAfter} after");
        Assert.Equal(othersBefore, await ScoresAsync(other, unseen));

        var version = Assert.Single((await client.Models.ListVersionsAsync(Head)).Versions);
        Assert.Equal((job.Version, VersionStage.Current, "chat", "1.2.0"), (version.Version, version.Stage, version.App, version.Base));
        Assert.Contains("\"replay\"", version.Lineage, StringComparison.Ordinal);
        Assert.Empty((await other.Models.ListVersionsAsync(Head)).Versions);
        Assert.Contains(job.Version!, (await VerbAsync(host, "models", "versions", Head, "--app", "chat")).Output, StringComparison.Ordinal);
        Assert.Contains(Head, (await VerbAsync(host, "jobs", "list", "--app", "chat")).Output, StringComparison.Ordinal);

        await client.Models.RollBackAsync(new RollBackModelRequest { Model = Head });
        Assert.Equal(othersBefore, await ScoresAsync(client, unseen));

        await client.Training.DeleteAsync(new DeleteExamplesRequest { Everything = true });
        Assert.Empty((await client.Models.ListVersionsAsync(Head)).Versions);
        Assert.Empty(await client.Training.ListJobsAsync());
    }

    [UnixFact]
    public async Task Corrections_AreKeptAsFeatures_AndLearnedFromByTheNextHost()
    {
        var (taught, _) = HouseSlang.Make(12, 1, seed: 2);
        await using (var silent = Start("--set", "Jobs:Personalise=false"))
        {
            await using var client = await Hosts.ConnectAsync(silent, "chat");
            await VerbAsync(silent, "training", "consent", "chat", "feedback", "grant");
            Assert.Equal(["language.analyze_sentiment.language-features-en.1.0.0"], await TeachAsync(client, taught));
            Assert.Empty(await client.Training.ListJobsAsync());
        }

        // No word of a text is on the disk.
        foreach (var file in Directory.GetFiles(_home.Combine("learning"), "*", SearchOption.AllDirectories))
        {
            Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes("snorply")));
        }

        await using var host = Start("--set", "Jobs:RetrainInterval=00:00:01");
        await using var again = await Hosts.ConnectAsync(host, "chat");
        var job = await UntilTrainedAsync(again, host);

        Assert.True(job.State == TrainingJobState.Done, job.Reason);
        Assert.Equal(Head, job.Model);
    }

    private HostProcess Start(params string[] more)
        => HostProcess.Start(_home.Combine("h.sock"), _home.Path, ["--set", "Runtime:Conditions:SystemRoot=/nonexistent", .. more]);

    private async Task<CommandResult> VerbAsync(HostProcess host, params string[] arguments)
    {
        var result = await HostProcess.RunAsync([.. arguments, "--home", _home.Path, "--endpoint", host.Endpoint], Patience);
        Assert.True(result.ExitCode == 0, $"{result.Output}\n{result.Error}");
        return result;
    }

    /// <summary>Corrects the answers on texts; gives the datasets that the corrections are in.</summary>
    private static async Task<IReadOnlyList<string>> TeachAsync(EdgeHostClient client, IReadOnlyList<(string Text, string Label)> texts)
    {
        var datasets = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (text, label) in texts)
        {
            string? call = null;
            await client.Language.AnalyzeSentimentAsync(text, new CallOptions { OnInfo = info => call = info.CallId });
            var result = await client.Training.GiveFeedbackAsync(new FeedbackRequest { Call = call!, Label = label });
            Assert.Null(result.Reason);
            datasets.Add(result.Dataset!);
        }

        return [.. datasets];
    }

    private static async Task<TrainingJob> UntilTrainedAsync(EdgeHostClient client, HostProcess host)
    {
        var jobs = await Until.HoldsAsync(
            "a job that has ended",
            async () => await client.Training.ListJobsAsync(),
            static jobs => jobs.Count > 0 && jobs[0].EndedMs is not null,
            static jobs => string.Join("; ", jobs.Select(static job => $"{job.Id} {job.State} {job.Reason}")),
            () => host.Output);
        return jobs[0];
    }

    private static async Task<int> RightAsync(EdgeHostClient client, IReadOnlyList<(string Text, string Label)> texts)
    {
        var right = 0;
        foreach (var (text, label) in texts)
        {
            if (Of((await client.Language.AnalyzeSentimentAsync(text)).Label) == label) right++;
        }

        return right;
    }

    private static async Task<IReadOnlyList<(double, double, double)>> ScoresAsync(EdgeHostClient client, IReadOnlyList<(string Text, string Label)> texts)
    {
        var scores = new List<(double, double, double)>();
        foreach (var (text, _) in texts)
        {
            var answer = await client.Language.AnalyzeSentimentAsync(text);
            scores.Add((answer.Scores.Negative, answer.Scores.Neutral, answer.Scores.Positive));
        }

        return scores;
    }

    private static string Of(Sentiment tone) => tone switch
    {
        Sentiment.Negative => "negative",
        Sentiment.Neutral => "neutral",
        _ => "positive",
    };
}
