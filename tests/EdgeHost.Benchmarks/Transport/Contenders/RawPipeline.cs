using System.Diagnostics;
using System.Net.Sockets;
using EdgeHost.Benchmarks.Transport.Measuring;

namespace EdgeHost.Benchmarks.Transport.Contenders;

/// <summary>
/// Keeps a number of raw requests in flight: one thread sends whenever there is room, one receives as many answers at once as are there. For one run at a
/// time.
/// </summary>
internal sealed class RawPipeline
{
    private const int BatchBytes = 64 * 1024;

    private readonly Socket _socket;
    private readonly byte[] _batch;
    private readonly byte[] _received = new byte[BatchBytes];
    private readonly int _requestBytes;
    private readonly int _answerBytes;
    private readonly int _inFlight;
    private readonly long[] _sentAt;
    private readonly object _gate = new();
    private SliceClock _clock = null!;
    private long _sent;
    private long _answered;
    private bool _isSendingOver;

    /// <summary>Creates it.</summary>
    /// <param name="socket">Nothing is in flight on it.</param>
    /// <param name="request">A request with its header.</param>
    /// <param name="answerBytes">Bytes of each answer, its header included.</param>
    /// <param name="inFlight">Most requests without an answer.</param>
    /// <param name="isBatched">Whether as many requests as there is room for go with one send, or each with its own.</param>
    public RawPipeline(Socket socket, byte[] request, int answerBytes, int inFlight, bool isBatched)
    {
        _socket = socket;
        _requestBytes = request.Length;
        _answerBytes = answerBytes;
        _inFlight = inFlight;
        _sentAt = new long[inFlight];
        var atOnce = isBatched ? Math.Clamp(BatchBytes / request.Length, 1, inFlight) : 1;
        _batch = new byte[atOnce * request.Length];
        for (var i = 0; i < atOnce; i++) request.CopyTo(_batch, i * request.Length);
    }

    /// <summary>Runs until the slice ends and everything is answered.</summary>
    public Task RunAsync(SliceClock clock)
    {
        _clock = clock;
        _isSendingOver = false;
        return Task.WhenAll(
            Task.Factory.StartNew(Send, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default),
            Task.Factory.StartNew(Receive, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
    }

    private void Send()
    {
        var goesOn = true;
        while (goesOn)
        {
            int count;
            lock (_gate)
            {
                while (_sent - _answered == _inFlight) Monitor.Wait(_gate);
                var now = Stopwatch.GetTimestamp();
                goesOn = _clock.GoesOn(now);

                // The last request is there so that the receiver, which may be waiting with nothing in flight, sees the end.
                count = goesOn ? (int)Math.Min(_inFlight - (_sent - _answered), _batch.Length / _requestBytes) : 1;
                for (var i = 0; i < count; i++) _sentAt[(_sent + i) % _inFlight] = now;
                _sent += count;
                _isSendingOver = !goesOn;
            }

            RawWire.SendAll(_socket, _batch.AsSpan(0, count * _requestBytes));
        }
    }

    private void Receive()
    {
        var have = 0;
        var isOver = false;
        while (!isOver)
        {
            var received = _socket.Receive(_received.AsSpan(have));
            if (received == 0) throw new EndOfStreamException("The other side closed.");
            var now = Stopwatch.GetTimestamp();
            have += received;
            var count = have / _answerBytes;
            have -= count * _answerBytes;
            _received.AsSpan(count * _answerBytes, have).CopyTo(_received);
            lock (_gate)
            {
                for (var i = 0; i < count; i++) _clock.Record(_sentAt[(_answered + i) % _inFlight], now);
                _answered += count;
                isOver = _isSendingOver && _sent == _answered;
                Monitor.Pulse(_gate);
            }
        }
    }
}
