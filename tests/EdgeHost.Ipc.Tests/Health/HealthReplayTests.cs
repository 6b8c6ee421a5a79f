using EdgeHost.Capabilities.Health;
using EdgeHost.Client.Health.Replay;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Ipc.Tests.Health;

/// <summary>Records that are replayed at the pace of a clock.</summary>
public class HealthReplayTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000));

    [Theory]
    [InlineData(1, 1_000)]
    [InlineData(10, 100)]
    public async Task Signal_ComesInPieces_EachWhenItsLastFrameWouldBeMeasured(double speed, int milliseconds)
    {
        var signal = ReplaySignal.OfRate(Enumerable.Range(0, 250).Select(static i => (float)i).ToArray(), 100);
        await using var pieces = HealthReplay.PaceAsync(signal, new ReplayOptions { Speed = speed, Time = _time }).GetAsyncEnumerator();
        var read = new List<float>();
        foreach (var length in new[] { 100, 100, 50 })
        {
            var next = pieces.MoveNextAsync().AsTask();
            Assert.False(next.IsCompleted);
            _time.Advance(TimeSpan.FromMilliseconds(milliseconds * length / 100));
            Assert.True(await next);
            Assert.Equal(length, pieces.Current.Signal.Samples.Length);
            Assert.Null(pieces.Current.TimesMs);
            read.AddRange(pieces.Current.Signal.Samples.Span);
        }

        Assert.False(await pieces.MoveNextAsync());
        Assert.Equal(signal.Samples.ToArray(), read);
    }

    [Fact]
    public async Task Frames_WithTimes_KeepThemAndTheirChannels()
    {
        var signal = ReplaySignal.OfTimes(new float[] { 1, 2, 3, 4, 5, 6, 7, 8 }, [5_000, 5_030, 6_500, 6_530], channels: 2);
        await using var pieces = HealthReplay.PaceAsync(signal, new ReplayOptions { Time = _time }).GetAsyncEnumerator();

        var first = pieces.MoveNextAsync().AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(30));
        Assert.True(await first);
        Assert.Equal([5_000.0, 5_030.0], pieces.Current.TimesMs);
        Assert.Equal([1, 2, 3, 4], pieces.Current.Signal.Samples.ToArray());

        var second = pieces.MoveNextAsync().AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(1_499));
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await second);
        Assert.Equal([6_500.0, 6_530.0], pieces.Current.TimesMs);
    }

    [Fact]
    public async Task Readings_KeepTheirSpacing_EndNow_AndAreNeverOfTheFuture()
    {
        HealthSample[] samples = [Glucose(300_000), Glucose(0), Glucose(600_000)];
        await using var batches = HealthReplay.PaceAsync(samples, new ReplayOptions { Speed = 60, Time = _time }).GetAsyncEnumerator();
        var times = new List<long>();
        for (var i = 0; i < samples.Length; i++)
        {
            var next = batches.MoveNextAsync().AsTask();
            if (i > 0) _time.Advance(TimeSpan.FromSeconds(5));
            Assert.True(await next);
            times.Add(Assert.Single(batches.Current).Time);
            Assert.True(times[^1] <= _time.GetUtcNow().ToUnixTimeMilliseconds());
        }

        Assert.False(await batches.MoveNextAsync());
        Assert.Equal([300_000, 300_000], times.Skip(1).Zip(times, static (later, earlier) => later - earlier));
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds(), times[^1]);
    }

    [Fact]
    public async Task Cancellation_EndsTheWait()
    {
        using var stop = new CancellationTokenSource();
        await using var pieces = HealthReplay.PaceAsync(ReplaySignal.OfRate(new float[100], 1), new ReplayOptions { Time = _time }, stop.Token).GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await pieces.MoveNextAsync());
        var next = pieces.MoveNextAsync().AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(100_001)]
    [InlineData(double.NaN)]
    public async Task Speed_OutOfItsRange_IsRefused(double speed)
        => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
        {
            await foreach (var piece in HealthReplay.PaceAsync(ReplaySignal.OfRate(new float[1], 1), new ReplayOptions { Speed = speed })) Assert.NotNull(piece.Signal);
        });

    [Fact]
    public void Signals_ThatAreNone_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => ReplaySignal.OfRate(new float[3], 100, channels: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReplaySignal.OfRate(new float[3], 0));
        Assert.Throws<ArgumentException>(() => ReplaySignal.OfTimes(new float[3], [1, 2]));
    }

    private static HealthSample Glucose(long time) => new() { Type = "glucose", Value = 100, Unit = "mg/dL", Time = time };
}
