using EdgeHost.Plugins.Speech.Tests.Keywords;
using EdgeHost.Plugins.Vision.Taught;
using EdgeHost.PluginSdk;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static EdgeHost.Plugins.Vision.Tests.Taught.TaughtThings;

namespace EdgeHost.Plugins.Vision.Tests.Taught;

/// <summary>Training after the teaching: when, how often, and what becomes of it when the plugin ends.</summary>
public sealed class HeadTrainingsTests : IDisposable
{
    private static readonly AppIdentity App = new("kitchen", 1000, 1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly CountingTrainer _trainer = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ManyPictures_AreOneTraining_AMomentAfterTheLast()
    {
        var store = OpenIn(_folder.Path);
        await using var trainings = Start(store);
        for (var i = 0; i < 4; i++)
        {
            trainings.Notice(App, Teach(store), _trainer, isTaught: true);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(0, _trainer.Count);
        Assert.True(store.Find(App, "mine")!.ToInfo().IsTraining);
        var trained = await TrainedAsync(store);

        Assert.Equal(("1.0.0-local.1", false, 1), (trained.Version, trained.ToInfo().IsTraining, trained.Versions.Count));
        Assert.Equal(4, _trainer.Count);
    }

    [Fact]
    public async Task WhatIsTaughtWhileItTrains_IsTrainedAgain()
    {
        var store = OpenIn(_folder.Path);
        await using var trainings = Start(store);
        _trainer.IsHeld = true;
        trainings.Notice(App, Teach(store), _trainer, isTaught: true);
        await AdvanceUntilAsync(() => _trainer.Count == 1);

        trainings.Notice(App, Teach(store), _trainer, isTaught: true);
        _trainer.Release();
        var trained = await TrainedAsync(store);

        Assert.Equal(trained.Number - 1, Assert.Single(trained.Versions).Until);
    }

    [Fact]
    public async Task ATrainingThatTheEndCutOff_IsNoticedByTheNextCall()
    {
        var store = OpenIn(_folder.Path);
        _trainer.IsHeld = true;
        await using (var ended = Start(store))
        {
            ended.Notice(App, Teach(store), _trainer, isTaught: true);
            await AdvanceUntilAsync(() => _trainer.Count == 1);
        }

        var left = OpenIn(_folder.Path).Find(App, "mine")!;
        Assert.Equal((true, 0), (left.IsPending, left.Serving));
        _trainer.Release();
        await using var next = Start(store);
        next.Notice(App, left, _trainer, isTaught: false);
        Assert.Equal(1, (await TrainedAsync(store)).Serving);
    }

    [Fact]
    public async Task AHostThatDoesNotTrain_IsAskedOnce_ABusyOneAgain()
    {
        var store = OpenIn(_folder.Path);
        await using var trainings = Start(store);

        _trainer.Failure = ErrorCode.ResourceExhausted;
        trainings.Notice(App, Teach(store), _trainer, isTaught: true);
        await AdvanceUntilAsync(() => _trainer.Count == 1);
        Assert.True(store.Find(App, "mine")!.IsPending);
        _trainer.Failure = ErrorCode.Unimplemented;
        await AdvanceUntilAsync(() =>
        {
            if (store.Find(App, "mine") is { IsPending: true } pending) trainings.Notice(App, pending, _trainer, isTaught: false);
            return !store.Find(App, "mine")!.IsPending;
        });

        Assert.Equal((2, 0), (_trainer.Count, store.Find(App, "mine")!.Versions.Count));
    }

    [Fact]
    public void Answers_AreKeptForATime_ForWhoGotThem()
    {
        var answers = new RecentAnswers(new TeachingOptions { MaxAnswers = 2, AnswerLifetime = TimeSpan.FromMinutes(10) }, _time);
        var first = answers.Add(App, "mine", "encoder@1.0.0", [1])!;
        var second = answers.Add(App, "mine", "encoder@1.0.0", [2])!;
        Assert.Equal([1f], answers.Find(App, "mine", first).Vector);
        Assert.Throws<EdgeHostException>(() => answers.Find(App with { Name = "garage" }, "mine", first));
        Assert.Throws<EdgeHostException>(() => answers.Find(App, "other", first));

        var third = answers.Add(App, "mine", "encoder@1.0.0", [3])!;
        Assert.Equal(ErrorCode.NotFound, Assert.Throws<EdgeHostException>(() => answers.Find(App, "mine", first)).Code);
        _time.Advance(TimeSpan.FromMinutes(11));

        Assert.All([second, third], id => Assert.Throws<EdgeHostException>(() => answers.Find(App, "mine", id)));
        Assert.Null(new RecentAnswers(new TeachingOptions { MaxAnswers = 0 }, _time).Add(App, "mine", "encoder@1.0.0", [1]));
    }

    private HeadTrainings Start(TaughtClassifiers store) => new(store, new TeachingOptions(), _time, NullLogger<HeadTrainings>.Instance);

    private static TaughtClassifier Teach(TaughtClassifiers store)
        => store.Change(App, "mine", static before => (before is null ? Make(3, "cup", "dog") : before with { Examples = [.. before.Examples, new TaughtExample("cup", [Near(0, new Random(before.Number))], before.Number + 1)] }) with { IsPending = true })!;

    private async Task<TaughtClassifier> TrainedAsync(TaughtClassifiers store)
    {
        await AdvanceUntilAsync(() => !store.Find(App, "mine")!.IsPending);
        return store.Find(App, "mine")!;
    }

    private async Task AdvanceUntilAsync(Func<bool> isSo)
    {
        var until = DateTime.UtcNow + Patience;
        while (!isSo())
        {
            Assert.True(DateTime.UtcNow < until, "It did not come to that.");
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private sealed class CountingTrainer : ITrainer
    {
        private readonly DirectTrainer _trainer = new();
        private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public bool IsHeld { get; set; }

        public ErrorCode? Failure { get; set; }

        public void Release()
        {
            IsHeld = false;
            _release.TrySetResult();
        }

        public async ValueTask<TrainingResult> TrainAsync(TrainingRequest request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _count);
            if (Failure is { } code) throw new EdgeHostException(code, "Not now.");
            if (IsHeld) await _release.Task.WaitAsync(cancellationToken);
            return await _trainer.TrainAsync(request, cancellationToken);
        }
    }
}
