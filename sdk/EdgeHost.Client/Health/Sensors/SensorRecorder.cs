using System.Runtime.CompilerServices;
using System.Threading.Channels;
using EdgeHost.Capabilities.Health;

namespace EdgeHost.Client.Health.Sensors;

/// <summary>
/// Keeps what a sensor gives in the journal: values are sent together, in the order in which they came, and again while the host is not there, which changes nothing where they
/// were kept already. Where the host stays away, the transport is not read further. One run at a time for an instance; instances are independent.
/// </summary>
public sealed class SensorRecorder
{
    private const int MostBatch = 10_000;
    private static readonly TimeSpan MostDelay = TimeSpan.FromMinutes(10);

    private readonly Func<RecordBleRequest, CancellationToken, ValueTask<RecordBleResponse>> _record;
    private readonly SensorRecorderOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Makes a recorder.</summary>
    /// <param name="client">Where to.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public SensorRecorder(HealthClient client, SensorRecorderOptions? options = null, TimeProvider? time = null)
        : this((request, token) => client.RecordBleAsync(request, options: null, token), options, time) => ArgumentNullException.ThrowIfNull(client);

    internal SensorRecorder(Func<RecordBleRequest, CancellationToken, ValueTask<RecordBleResponse>> record, SensorRecorderOptions? options, TimeProvider? time)
    {
        (_record, _options, _time) = (record, options ?? new SensorRecorderOptions(), time ?? TimeProvider.System);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.BatchSize, MostBatch);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.BatchDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.BatchDelay, MostDelay);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.RetryDelay, TimeSpan.FromMilliseconds(10));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.RetryDelay, MostDelay);
    }

    /// <summary>Records until the sensor goes away or the caller cancels.</summary>
    /// <param name="transport">The sensor.</param>
    /// <param name="cancellationToken">Ends it; values that were not sent yet are lost then.</param>
    /// <returns>What became of each call's values, as it is known.</returns>
    /// <exception cref="EdgeHostException">The host refuses the values, or the app; not thrown while it is away or busy.</exception>
    public async IAsyncEnumerable<RecordBleResponse> RunAsync(ISensorTransport transport, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transport);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = Channel.CreateBounded<SensorNotification>(_options.BatchSize);
        var reading = ReadAsync(transport, waiting.Writer, stop.Token);
        try
        {
            while (await waiting.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var batch = await CollectAsync(waiting.Reader, cancellationToken).ConfigureAwait(false);
                yield return await SendAsync(transport.Device, batch, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await reading.ConfigureAwait(false);
    }

    private static async Task ReadAsync(ISensorTransport transport, ChannelWriter<SensorNotification> writer, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var notification in transport.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                await writer.WriteAsync(notification, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // What came before a failure is sent; the failure is told after it.
            writer.Complete();
        }
    }

    private async Task<List<SensorNotification>> CollectAsync(ChannelReader<SensorNotification> reader, CancellationToken cancellationToken)
    {
        var batch = new List<SensorNotification>();
        using var soon = new CancellationTokenSource(_options.BatchDelay, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(soon.Token, cancellationToken);
        while (batch.Count < _options.BatchSize)
        {
            if (reader.TryRead(out var next)) batch.Add(next);
            else if (!await MoreAsync(reader, either.Token, cancellationToken).ConfigureAwait(false)) break;
        }

        return batch;
    }

    private static async Task<bool> MoreAsync(ChannelReader<SensorNotification> reader, CancellationToken soon, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.WaitToReadAsync(soon).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<RecordBleResponse> SendAsync(string device, List<SensorNotification> batch, CancellationToken cancellationToken)
    {
        var request = new RecordBleRequest { Person = _options.Person, Device = device, Notifications = batch, UtcOffsetMinutes = _options.UtcOffsetMinutes, UserId = _options.UserId };
        while (true)
        {
            try
            {
                return await _record(request, cancellationToken).ConfigureAwait(false);
            }
            catch (EdgeHostException e) when (e.Code is ErrorCode.Unavailable or ErrorCode.ResourceExhausted)
            {
                await Task.Delay(e.RetryAfter ?? _options.RetryDelay, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
