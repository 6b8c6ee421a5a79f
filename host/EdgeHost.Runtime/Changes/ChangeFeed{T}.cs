using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Changes;

/// <summary>
/// Tells subscribers of changes in the order in which they were published, outside all locks, one change after the other. Thread-safe. A change that is
/// published while another is being told is told by the same thread afterwards, so a publisher may return before its own change was told.
/// </summary>
internal sealed class ChangeFeed<T>
{
    /// <summary>Changes that may wait while one is being told; the oldest is dropped, since subscribers want the newest.</summary>
    private const int PendingLimit = 64;

    private readonly Lock _gate = new();
    private readonly Queue<T> _pending = new();
    private readonly ILogger _logger;
    private Subscription[] _subscriptions = [];
    private bool _isTelling;

    public ChangeFeed(ILogger logger) => _logger = logger;

    public IDisposable Subscribe(Action<T> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var subscription = new Subscription(this, handler);
        lock (_gate)
        {
            _subscriptions = [.. _subscriptions, subscription];
        }

        return subscription;
    }

    /// <summary>Puts a change in line. May be called under a lock of the publisher's, so that the line has the order of the changes.</summary>
    public void Publish(T change)
    {
        lock (_gate)
        {
            if (_pending.Count == PendingLimit) _pending.Dequeue();
            _pending.Enqueue(change);
        }
    }

    /// <summary>Tells what is in line, unless another thread is doing so. Called under no lock.</summary>
    public void Tell()
    {
        while (true)
        {
            T change;
            Subscription[] subscriptions;
            lock (_gate)
            {
                if (_isTelling || !_pending.TryDequeue(out change!)) return;
                _isTelling = true;
                subscriptions = _subscriptions;
            }

            foreach (var subscription in subscriptions)
            {
                try
                {
                    subscription.Handler(change);
                }
#pragma warning disable CA1031 // The boundary to subscribers: a bug in one must not keep the others from hearing that a device failed. Logged.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    _logger.LogError(e, "A subscriber failed when it was told of {Change}.", change);
                }
            }

            lock (_gate)
            {
                _isTelling = false;
            }
        }
    }

    private sealed class Subscription(ChangeFeed<T> feed, Action<T> handler) : IDisposable
    {
        public Action<T> Handler => handler;

        public void Dispose()
        {
            lock (feed._gate)
            {
                feed._subscriptions = [.. feed._subscriptions.Where(other => other != this)];
            }
        }
    }
}
