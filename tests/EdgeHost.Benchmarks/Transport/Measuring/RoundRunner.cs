using System.Diagnostics;
using EdgeHost.Benchmarks.Transport.Cases;
using EdgeHost.Benchmarks.Transport.Contenders;

namespace EdgeHost.Benchmarks.Transport.Measuring;

/// <summary>
/// Lets contenders take turns: a short slice each in a round, begun by another one each time, so that a slow phase of the machine meets all. For one
/// thread.
/// </summary>
/// <param name="slice">How long a slice is.</param>
internal sealed class RoundRunner(TimeSpan slice)
{
    /// <summary>Rounds of a case, however short its slices are.</summary>
    public const int Rounds = 8;

    private const int MostLatencies = 400_000;

    private readonly LatencyRecorder _recorder = new(MostLatencies);

    /// <summary>Calls for a while without measuring.</summary>
    public async Task WarmUpAsync(TransportCase measured, Contender contender, TimeSpan length)
    {
        await contender.PrepareAsync(measured);
        _recorder.Reset();
        await contender.RunAsync(measured, new SliceClock(_recorder, length));
    }

    /// <summary>Measures a case.</summary>
    /// <returns>A series each, in the contenders' order.</returns>
    public async Task<IReadOnlyList<Series>> RunAsync(TransportCase measured, IReadOnlyList<Contender> contenders, CancellationToken cancellationToken)
    {
        var series = contenders.Select(contender => new Series(contender.Name)).ToList();
        foreach (var contender in contenders) await WarmUpAsync(measured, contender, slice / 2);
        for (var round = 0; round < Rounds; round++)
        {
            for (var turn = 0; turn < contenders.Count; turn++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var index = (round + turn) % contenders.Count;
                series[index].Add(await MeasureAsync(round, measured, contenders[index]));
            }
        }

        return series;
    }

    private async Task<Slice> MeasureAsync(int round, TransportCase measured, Contender contender)
    {
        await contender.PrepareAsync(measured);

        // What the one before left behind must not be collected in this one's time.
        GC.Collect();
        _recorder.Reset();
        var server = await contender.GetServerUseAsync();
        var client = ResourceUse.OfThisProcess();
        var started = Stopwatch.GetTimestamp();
        await contender.RunAsync(measured, new SliceClock(_recorder, slice));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        client = ResourceUse.OfThisProcess() - client;
        server = await contender.GetServerUseAsync() - server;
        return new Slice(round, _recorder.Count, seconds, _recorder.ToSamples(), client, server);
    }
}
