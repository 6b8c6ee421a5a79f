namespace Translator;

/// <summary>Work of which only the latest counts: what begins stops what was under way.</summary>
internal sealed class Draft : IDisposable
{
    private CancellationTokenSource _latest = new();

    /// <summary>Begins, and stops what was under way.</summary>
    public void Begin(Func<CancellationToken, Task> work)
    {
        Stop();
        _ = work(_latest.Token);
    }

    /// <summary>Stops what is under way.</summary>
    public void Stop()
    {
        using var old = Interlocked.Exchange(ref _latest, new CancellationTokenSource());
        old.Cancel();
    }

    public void Dispose() => _latest.Dispose();
}
