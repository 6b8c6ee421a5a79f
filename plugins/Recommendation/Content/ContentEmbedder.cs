using EdgeHost.Plugins.Recommendation.Catalogs;
using EdgeHost.PluginSdk;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Plugins.Recommendation.Content;

/// <summary>
/// Turns texts and pictures of a catalogue's items into vectors after the calls that put them, as background work. What is to be done stands in the database, so that the end of the host loses none of it; a
/// batch is done when its vectors are on the disk. What another version of a model made is made again, and serves until most is. Thread-safe.
/// </summary>
internal sealed class ContentEmbedder(CatalogTurn turn, HostServices host, EmbeddingOptions options, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly ContentPart[] Parts = [ContentPart.Text, ContentPart.Picture];

    private readonly ContentState _state = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly HashSet<ContentPart> _looked = [];
    private Task _work = Task.CompletedTask;
    private DateTimeOffset _notBefore;
    private bool _isRunning;
    private bool _isStopped;

    // Nobody knows what an earlier host left.
    private bool _isWanted = options.IsOn;

    /// <summary>What hinders, for people; empty if nothing does.</summary>
    public IReadOnlyList<string> Problems => _state.Problems;

    /// <summary>Whether vectors are made at the moment.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_gate) return _isRunning;
        }
    }

    /// <summary>Goes on if something may wait, and is not known to be in vain at the moment.</summary>
    /// <param name="isPut">Whether items were put just now.</param>
    public void Notice(bool isPut)
    {
        if (!options.IsOn) return;
        lock (_gate)
        {
            _isWanted |= isPut;
            if (!_isWanted || _isRunning || _isStopped || host.Calls is not { } calls || time.GetUtcNow() < _notBefore) return;
            (_isRunning, _isWanted) = (true, false);

            // The flow of the call ends with the call.
            using (ExecutionContext.SuppressFlow()) _work = Task.Run(() => RunAsync(calls), CancellationToken.None);
        }
    }

    /// <summary>Stops; what waits is begun again when the catalogue is used again.</summary>
    public async ValueTask DisposeAsync()
    {
        Task work;
        lock (_gate)
        {
            if (_isStopped) return;
            _isStopped = true;
            work = _work;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await work.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync(ICapabilityCaller calls)
    {
        var isDone = true;
        try
        {
            if (!turn.Exists) return;
            var embedder = new PartEmbedder(turn, calls, options);
            foreach (var part in Parts) isDone &= await RunAsync(part, embedder).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The plugin stops, or the catalogue is closed.
        }
        catch (EdgeHostException e)
        {
            isDone = false;
            if (!_stop.IsCancellationRequested) logger.LogWarning("Texts and pictures of a catalogue wait for their vectors: {Problem}", e.Message);
        }
        finally
        {
            lock (_gate)
            {
                _isRunning = false;
                if (!isDone) (_isWanted, _notBefore) = (true, time.GetUtcNow() + options.Retry);
            }
        }

        // What was put meanwhile.
        Notice(isPut: false);
    }

    // Whether all that waits of a part is made.
    private async Task<bool> RunAsync(ContentPart part, PartEmbedder embedder)
    {
        if (_looked.Add(part)) await turn.GoOnAsync((database, _) => database.Content.WantOne(part), _stop.Token).ConfigureAwait(false);
        while (true)
        {
            turn.CheckExists();
            IReadOnlyList<ContentVector> made;
            try
            {
                made = await embedder.MakeAsync(part, _stop.Token).ConfigureAwait(false);
            }
            catch (EdgeHostException e) when (!_stop.IsCancellationRequested)
            {
                _state.Report(part, e.Message);
                logger.LogInformation("{Part} of a catalogue's items cannot be turned into vectors now: {Problem}", part, e.Message);
                return false;
            }

            _state.Clear(part);
            if (made.Count == 0) return true;
            await turn.GoOnAsync(
                (database, contents) =>
                {
                    contents.Embedded(database, made);
                    if (made.FirstOrDefault(static vector => vector.Model is not null) is { Model: { } model } && database.Content.WantOthersThan(part, model) is > 0 and var others)
                    {
                        logger.LogInformation("{Model} makes vectors now: {Count} of others are made again.", model, others);
                    }

                    return 0;
                },
                _stop.Token).ConfigureAwait(false);
        }
    }
}
