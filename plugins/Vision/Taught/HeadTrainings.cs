using EdgeHost.Plugins.Vision.Taught.Heads;
using EdgeHost.PluginSdk;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Plugins.Vision.Taught;

/// <summary>
/// Trains classifiers after the calls that taught them, a moment after the last, so that many pictures are one training. What is to be trained is written in the classifier's file: a training that
/// the end of the host or of the plugin cut off begins anew with the next call that names the classifier. Thread-safe.
/// </summary>
internal sealed class HeadTrainings(TaughtClassifiers classifiers, TeachingOptions options, TimeProvider time, ILogger<HeadTrainings> logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string App, long User, string Classifier), Waiting> _waiting = [];
    private readonly CancellationTokenSource _stop = new();
    private bool _isStopped;

    /// <summary>Sees to it that a classifier is trained if that is still to be done.</summary>
    /// <param name="app">Whose it is.</param>
    /// <param name="classifier">The classifier.</param>
    /// <param name="trainer">The host's, on the account of the app.</param>
    /// <param name="isTaught">Whether it was taught just now: the training waits until the teaching has settled.</param>
    public void Notice(AppIdentity app, TaughtClassifier classifier, ITrainer trainer, bool isTaught)
    {
        if (!classifier.IsPending || !HeadTrainer.IsReady(classifier)) return;
        var key = (app.Name, app.UserId, classifier.Name);
        lock (_gate)
        {
            if (_isStopped) return;
            if (_waiting.TryGetValue(key, out var known))
            {
                if (isTaught) (known.Due, known.IsAgain) = (time.GetUtcNow() + options.Settle, true);
                return;
            }

            // What does not fit stays marked in its file and is noticed later.
            if (_waiting.Count >= options.MaxTrainings) return;
            var waiting = new Waiting { Due = time.GetUtcNow() + options.Settle };
            _waiting.Add(key, waiting);

            // The flow of the call ends with the call.
            using (ExecutionContext.SuppressFlow()) waiting.Work = Task.Run(() => RunAsync(app, classifier.Name, trainer, waiting), CancellationToken.None);
        }
    }

    /// <summary>Stops what is trained; it is noticed again later.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] works;
        lock (_gate)
        {
            if (_isStopped) return;
            _isStopped = true;
            works = [.. _waiting.Values.Select(static waiting => waiting.Work)];
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(works).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync(AppIdentity app, string name, ITrainer trainer, Waiting waiting)
    {
        var hasFailed = false;
        do
        {
            try
            {
                await SettleAsync(waiting).ConfigureAwait(false);
                await TrainAsync(app, name, trainer).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                hasFailed = true;
            }
            catch (Exception e) when (e is EdgeHostException or IOException)
            {
                hasFailed = true;
                Report(app, name, e);
            }
        }
        while (!IsOver((app.Name, app.UserId, name), waiting, hasFailed));
    }

    private async Task SettleAsync(Waiting waiting)
    {
        while (true)
        {
            TimeSpan left;
            lock (_gate)
            {
                left = waiting.Due - time.GetUtcNow();
                if (left <= TimeSpan.Zero) waiting.IsAgain = false;
            }

            if (left <= TimeSpan.Zero) return;
            await Task.Delay(left, time, _stop.Token).ConfigureAwait(false);
        }
    }

    private async Task TrainAsync(AppIdentity app, string name, ITrainer trainer)
    {
        if (classifiers.Find(app, name) is not { IsPending: true } classifier || !HeadTrainer.IsReady(classifier)) return;
        var trial = await HeadTrainer.TrainAsync(classifier, trainer, _stop.Token).ConfigureAwait(false);

        // Nothing comes of it if something was taught, forgotten or rolled back meanwhile: who did that has it trained again.
        classifiers.Change(app, name, now => now?.Number == classifier.Number ? now.With(trial, time.GetUtcNow(), options.MaxVersions) : null);
    }

    private bool IsOver((string App, long User, string Classifier) key, Waiting waiting, bool hasFailed)
    {
        lock (_gate)
        {
            if (waiting.IsAgain && !hasFailed) return false;
            _waiting.Remove(key);
            return true;
        }
    }

    private void Report(AppIdentity app, string name, Exception e)
    {
        // Other failures pass: the next call that names the classifier tries again.
        var isFinal = e is EdgeHostException { Code: ErrorCode.Unimplemented or ErrorCode.InvalidArgument or ErrorCode.FailedPrecondition };
        logger.LogWarning("The classifier {Classifier} of {App} could not be trained, and what served serves on: {Problem}", name, app.Name, e.Message);
        if (!isFinal) return;
        try
        {
            classifiers.Change(app, name, static now => now is null ? null : now with { IsPending = false });
        }
        catch (EdgeHostException problem)
        {
            logger.LogWarning("That {Classifier} of {App} is not to be trained could not be written: {Problem}", name, app.Name, problem.Message);
        }
    }

    private sealed class Waiting
    {
        /// <summary>When it begins.</summary>
        public required DateTimeOffset Due { get; set; }

        /// <summary>Whether something was taught since it began.</summary>
        public bool IsAgain { get; set; }

        /// <summary>Ends with it.</summary>
        public Task Work { get; set; } = Task.CompletedTask;
    }
}
