using System.Runtime.CompilerServices;
using EdgeHost.Capabilities.Health;

namespace EdgeHost.Client.Health.Replay;

/// <summary>Replays records as if they came from a live device: the host cannot tell the difference. Thread-safe.</summary>
public static class HealthReplay
{
    /// <summary>Follows the ECG of a record.</summary>
    /// <param name="client">Where to.</param>
    /// <param name="signal">One lead in millivolts, of an even rate.</param>
    /// <param name="options">How fast; null for the speed of life.</param>
    /// <param name="cancellationToken">Ends it; so does leaving the loop early.</param>
    /// <exception cref="ArgumentException">The signal has several channels, or times and no rate.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="EdgeHostException">As <see cref="HealthClient.OpenEcgAsync"/> says.</exception>
    public static IAsyncEnumerable<EcgStreamItem> EcgAsync(HealthClient client, ReplaySignal signal, ReplayOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(signal);
        if (signal.RateHz is not { } rate || signal.Channels != 1) throw new ArgumentException("An ECG is one lead of an even rate.", nameof(signal));
        return RunAsync(token => client.OpenEcgAsync(new AnalyzeEcgStreamRequest { SampleRateHz = rate }, options: null, token), signal, options ?? new ReplayOptions(), cancellationToken);
    }

    /// <summary>Follows the pulse signal of a record.</summary>
    /// <param name="client">Where to.</param>
    /// <param name="signal">The signal, of 1 to 4 channels.</param>
    /// <param name="options">How fast; null for the speed of life.</param>
    /// <param name="cancellationToken">Ends it; so does leaving the loop early.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="EdgeHostException">As <see cref="HealthClient.OpenPpgAsync"/> says.</exception>
    public static IAsyncEnumerable<PpgStreamItem> PpgAsync(HealthClient client, ReplaySignal signal, ReplayOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(signal);
        return RunAsync(
            token => client.OpenPpgAsync(new AnalyzePpgStreamRequest { SampleRateHz = signal.RateHz, Channels = signal.Channels }, options: null, token), signal, options ?? new ReplayOptions(), cancellationToken);
    }

    /// <summary>
    /// Keeps readings in the journal, each when its time comes. Their spacing stays, and the last one is of the moment at which it is sent: at a higher speed the first ones are
    /// kept with times before the replay began, never in the future.
    /// </summary>
    /// <param name="client">Where to.</param>
    /// <param name="samples">The readings, in any order.</param>
    /// <param name="person">Whose they become.</param>
    /// <param name="options">How fast; null for the speed of life.</param>
    /// <param name="cancellationToken">Ends it; so does leaving the loop early.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="EdgeHostException">As <see cref="HealthClient.RecordAsync"/> says.</exception>
    public static async IAsyncEnumerable<RecordSamplesResponse> RecordAsync(
        HealthClient client, IReadOnlyList<HealthSample> samples, string person = "self", ReplayOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        await foreach (var batch in PaceAsync(samples, options ?? new ReplayOptions(), cancellationToken).ConfigureAwait(false))
            yield return await client.RecordAsync(new RecordSamplesRequest { Person = person, Samples = batch }, options: null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The pieces of a signal, each given when its last frame would have been measured.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="options">How fast.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static async IAsyncEnumerable<SignalChunk> PaceAsync(ReplaySignal signal, ReplayOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(signal);
        ArgumentNullException.ThrowIfNull(options);
        var pacer = new Pacer(options);
        for (int first = 0, end; first < signal.Frames; first = end)
        {
            for (end = first + 1; end < signal.Frames && signal.TimeOf(end) - signal.TimeOf(first) < options.Chunk;) end++;
            await pacer.WaitAsync(signal.TimeOf(end - 1), cancellationToken).ConfigureAwait(false);
            yield return signal.Chunk(first, end - first);
        }
    }

    /// <summary>Readings, each given when its time comes, with times as <see cref="RecordAsync"/> says.</summary>
    /// <param name="samples">The readings, in any order.</param>
    /// <param name="options">How fast; those of one chunk of time come together.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static async IAsyncEnumerable<IReadOnlyList<HealthSample>> PaceAsync(
        IReadOnlyList<HealthSample> samples, ReplayOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(options);
        if (samples.Count == 0) yield break;
        List<HealthSample> ordered = [.. samples.OrderBy(static sample => sample.Time)];
        var pacer = new Pacer(options);
        var length = TimeSpan.FromMilliseconds(ordered[^1].Time - ordered[0].Time);
        var shift = (pacer.Began + (length / options.Speed)).ToUnixTimeMilliseconds() - ordered[^1].Time;
        for (int first = 0, end; first < ordered.Count; first = end)
        {
            for (end = first + 1; end < ordered.Count && ordered[end].Time - ordered[first].Time < options.Chunk.TotalMilliseconds;) end++;
            await pacer.WaitAsync(TimeSpan.FromMilliseconds(ordered[end - 1].Time - ordered[0].Time), cancellationToken).ConfigureAwait(false);
            yield return [.. ordered[first..end].Select(sample => Shifted(sample, shift))];
        }
    }

    private static HealthSample Shifted(HealthSample sample, long shift) => new()
    {
        Type = sample.Type,
        Value = sample.Value,
        Unit = sample.Unit,
        Time = sample.Time + shift,
        Source = sample.Source,
        UtcOffsetMinutes = sample.UtcOffsetMinutes,
    };

    private static async IAsyncEnumerable<TItem> RunAsync<TItem>(
        Func<CancellationToken, ValueTask<OpenCall<SignalChunk, TItem, AnalyzeSignalStreamResponse>>> open,
        ReplaySignal signal,
        ReplayOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TItem : Serialization.IWireMessage<TItem>
    {
        options.Check();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var call = await open(stop.Token).ConfigureAwait(false);
        await using var end = call.ConfigureAwait(false);
        var pushing = PushAsync(call, signal, options, stop.Token);
        try
        {
            await foreach (var item in call.ReadAllAsync(stop.Token).ConfigureAwait(false)) yield return item;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await pushing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task PushAsync<TItem>(
        OpenCall<SignalChunk, TItem, AnalyzeSignalStreamResponse> call, ReplaySignal signal, ReplayOptions options, CancellationToken cancellationToken)
        where TItem : Serialization.IWireMessage<TItem>
    {
        await foreach (var chunk in PaceAsync(signal, options, cancellationToken).ConfigureAwait(false)) await call.PushAsync(chunk, cancellationToken).ConfigureAwait(false);
        await call.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }
}
