using EdgeHost.Capabilities.Vision;
using EdgeHost.Plugins.Speech.Tests.Keywords;
using EdgeHost.Plugins.Vision.Taught;
using EdgeHost.Plugins.Vision.Taught.Heads;
using EdgeHost.PluginSdk;
using static EdgeHost.Plugins.Vision.Tests.Taught.TaughtThings;

namespace EdgeHost.Plugins.Vision.Tests.Taught;

/// <summary>What trainings make of taught classifiers: versions, their gate, the way back.</summary>
public class VersionsTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void AVersionThatIsNoWorse_Serves_AndOneThatIsWorse_NeverDoes()
    {
        var first = With(Make(1, "cup", "dog"), 0.9, null, 0.8);
        var equal = With(first, 0.9, 0.9, 0.8);
        var worse = With(equal, 0.7, 0.9, 0.8);
        var means = With(worse, 0.7, 0.8, 0.95);

        Assert.Equal([1, 2, 2, 0], new[] { first, equal, worse, means }.Select(static classifier => classifier.Serving));
        Assert.Equal("1.0.0-local.0", means.Version);
        Assert.Equal((0.9, 0.95), (worse.Accuracy, means.Accuracy));
        Assert.Equal(
            [
                ("1.0.0-local.3", TaughtVersionState.Rejected, 0.7, 0.9), ("1.0.0-local.2", TaughtVersionState.Serving, 0.9, 0.9),
                ("1.0.0-local.1", TaughtVersionState.Kept, 0.9, 0.8),
            ],
            worse.ToInfo().Versions.Select(static version => (version.Version, version.State, version.Accuracy, version.BaselineAccuracy)));
        Assert.Equal((8, Now.ToUnixTimeMilliseconds()), (worse.ToInfo().Versions[0].Examples, worse.ToInfo().Versions[0].TrainedMs));
    }

    [Fact]
    public void RollBack_GoesBackVersionByVersion_ToTheNearestMean()
    {
        var three = With(With(With(Make(1, "cup", "dog"), 0.9, null, 0.8), 0.9, 0.9, 0.8), 0.9, 0.9, 0.8);

        var two = three.RolledBack()!;
        var again = With(two, 1, 0.9, 0.8);
        var back = again.RolledBack()!;
        var one = back.RolledBack()!;
        var none = one.RolledBack()!;

        Assert.Equal([2, 4, 2, 1, 0], new[] { two, again, back, one, none }.Select(static classifier => classifier.Serving));
        Assert.Null(none.RolledBack());
        Assert.All(none.ToInfo().Versions, static version => Assert.Equal(TaughtVersionState.RolledBack, version.State));
    }

    [Fact]
    public void OfVersions_AsManyAreKept_AsTheSettingSays_TheOneThatServesAlways()
    {
        var made = With(Make(1, "cup", "dog"), 0.9, null, 0.8);
        for (var i = 0; i < 5; i++) made = With(made, 0.5, 0.9, 0.8, most: 3);

        Assert.Equal([1, 5, 6], made.Versions.Select(static version => version.Number));
        Assert.Equal((1, 6), (made.Serving, made.LastVersion));
    }

    [Fact]
    public void WhatIsForgotten_IsInNoHeadEither()
    {
        var made = With(Make(1, "cup", "dog", "cat"), 0.9, null, 0.8);
        made = With(made with { IsPending = false }, 0.5, 0.9, 0.8);

        var left = made.Without("cat");

        Assert.Equal(["cup", "dog"], left.Labels);
        Assert.Equal((0, true), (left.Serving, left.IsPending));
        Assert.DoesNotContain(left.Versions, static version => version.Head is not null);
        Assert.Equal(2, left.LastVersion);
    }

    [Fact]
    public async Task Gate_HoldsANewHeadAgainstTheOneThatServes()
    {
        var made = Make(3, "cup", "dog");
        var first = made.With(await HeadTrainer.TrainAsync(made, new DirectTrainer(), CancellationToken.None), Now, 5) with { Number = 1 };
        var random = new Random(8);

        // All that is new is wrong: what was learnt before judges the rest better, and is not given up for it.
        TaughtExample[] wrong = [.. Enumerable.Range(0, 3).SelectMany(_ => new[] { new TaughtExample("dog", [Near(0, random), Near(0, random)], 2), new TaughtExample("cup", [Near(1, random), Near(1, random)], 2) })];
        var spoilt = first with { Number = 2, Examples = [.. made.Examples, .. wrong] };
        var trial = await HeadTrainer.TrainAsync(spoilt, new Forgetful(), CancellationToken.None);

        Assert.Null(trial.Head);
        Assert.True(trial.ServingAccuracy > trial.Accuracy, $"{trial}");
        Assert.Equal(trial.ServingAccuracy >= trial.MeansAccuracy ? 1 : 0, spoilt.With(trial, Now, 5).Serving);
    }

    private static TaughtClassifier With(TaughtClassifier classifier, double accuracy, double? serving, double means, int most = 5)
    {
        var isBest = accuracy >= Math.Max(serving ?? 0, means);
        var labels = classifier.Labels;
        return classifier.With(new HeadTrial(isBest ? new LinearHead(labels, new float[labels.Count * Width], new float[labels.Count]) : null, accuracy, serving, means), Now, most);
    }

    // Learns well from few pictures and nothing from many.
    private sealed class Forgetful : ITrainer
    {
        private readonly DirectTrainer _trainer = new();

        public async ValueTask<TrainingResult> TrainAsync(TrainingRequest request, CancellationToken cancellationToken)
        {
            if (request.Examples <= 12) return await _trainer.TrainAsync(request, cancellationToken);
            return new TrainingResult { Loss = 0, Parameters = new Dictionary<string, ReadOnlyMemory<float>> { ["head/weight"] = new float[Width * 2], ["head/bias"] = new float[2] } };
        }
    }
}
