using System.Runtime.CompilerServices;
using System.Threading.Channels;
using EdgeHost.Capabilities.Health;
using EdgeHost.Client.Health.Sensors;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Ipc.Tests.Health;

/// <summary>Values of a simulated sensor on their way to the journal.</summary>
public class SensorRecorderTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly SimulatedSensor _sensor = new();
    private readonly Channel<RecordBleRequest> _calls = Channel.CreateUnbounded<RecordBleRequest>();
    private readonly Queue<EdgeHostException> _failures = new();

    [Fact]
    public async Task Values_AreSentTogether_InTheirOrder()
    {
        for (var i = 0; i < 5; i++) _sensor.Give(i);
        _sensor.Leave();

        var responses = await RunAsync(new SensorRecorderOptions { BatchSize = 2, Person = "mother", UtcOffsetMinutes = 60, UserId = 3 });

        var calls = Calls();
        Assert.Equal(5, responses.Sum(static response => response.Accepted));
        Assert.All(calls, static call => Assert.Equal(("mother", "strap", 60, 3), (call.Person, call.Device, call.UtcOffsetMinutes, call.UserId)));
        Assert.All(calls, static call => Assert.InRange(call.Notifications.Count, 1, 2));
        Assert.Equal([0, 1, 2, 3, 4], calls.SelectMany(static call => call.Notifications).Select(static one => one.Time));
    }

    [Fact]
    public async Task Value_ThatNoOtherFollows_IsSentAfterTheDelay()
    {
        var run = RunAsync(new SensorRecorderOptions { BatchDelay = TimeSpan.FromSeconds(2) });
        _sensor.Give(1);
        await _sensor.TakenAsync(1);

        // The delay begins when the recorder sees the value; until then time does not help.
        while (!_calls.Reader.TryPeek(out _))
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }

        _sensor.Leave();
        Assert.Equal(1, (await run).Sum(static response => response.Accepted));
    }

    [Theory]
    [InlineData(ErrorCode.Unavailable)]
    [InlineData(ErrorCode.ResourceExhausted)]
    public async Task HostThatIsAway_GetsTheSameValuesAgain(ErrorCode code)
    {
        _failures.Enqueue(new EdgeHostException(code, "away") { RetryAfter = TimeSpan.FromSeconds(30) });
        _failures.Enqueue(new EdgeHostException(code, "away"));
        _sensor.Give(7);
        _sensor.Leave();
        var run = RunAsync(new SensorRecorderOptions { RetryDelay = TimeSpan.FromSeconds(5) });

        while (!run.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        Assert.Equal(1, (await run).Sum(static response => response.Accepted));
        Assert.Equal([7, 7, 7], Calls().SelectMany(static call => call.Notifications).Select(static one => one.Time));
    }

    [Fact]
    public async Task Refusal_EndsIt()
    {
        _failures.Enqueue(new EdgeHostException(ErrorCode.PermissionDenied, "no grant"));
        _sensor.Give(1);
        _sensor.Leave();

        Assert.Equal(ErrorCode.PermissionDenied, (await Assert.ThrowsAsync<EdgeHostException>(() => RunAsync(new SensorRecorderOptions()))).Code);
    }

    [Fact]
    public async Task FailureOfTheTransport_IsToldAfterWhatCameBefore()
    {
        _sensor.Give(1);
        _sensor.Leave(new IOException("out of reach"));

        await Assert.ThrowsAsync<IOException>(() => RunAsync(new SensorRecorderOptions()));

        Assert.Equal(1, Assert.Single(Assert.Single(Calls()).Notifications).Time);
    }

    [Fact]
    public void Options_OutOfTheirRange_AreRefused()
    {
        foreach (var options in new SensorRecorderOptions[] { new() { BatchSize = 0 }, new() { BatchSize = 10_001 }, new() { BatchDelay = TimeSpan.FromDays(1) }, new() { RetryDelay = TimeSpan.Zero } })
            Assert.Throws<ArgumentOutOfRangeException>(() => Recorder(options));
    }

    private SensorRecorder Recorder(SensorRecorderOptions options) => new(RecordAsync, options, _time);

    private async Task<List<RecordBleResponse>> RunAsync(SensorRecorderOptions options)
    {
        var responses = new List<RecordBleResponse>();
        await foreach (var response in Recorder(options).RunAsync(_sensor)) responses.Add(response);
        return responses;
    }

    private List<RecordBleRequest> Calls()
    {
        var calls = new List<RecordBleRequest>();
        while (_calls.Reader.TryRead(out var call)) calls.Add(call);
        return calls;
    }

    private ValueTask<RecordBleResponse> RecordAsync(RecordBleRequest request, CancellationToken cancellationToken)
    {
        _calls.Writer.TryWrite(request);
        return _failures.TryDequeue(out var failure)
            ? ValueTask.FromException<RecordBleResponse>(failure)
            : ValueTask.FromResult(new RecordBleResponse { Accepted = request.Notifications.Count, Duplicates = 0, Flagged = [], Skipped = [], Contexts = [] });
    }

    private sealed class SimulatedSensor : ISensorTransport
    {
        private readonly Channel<SensorNotification> _values = Channel.CreateUnbounded<SensorNotification>();
        private readonly SemaphoreSlim _taken = new(0);

        public string Device => "strap";

        public void Give(long time) => _values.Writer.TryWrite(new SensorNotification { Characteristic = "2A37", Value = new byte[] { 0, 60 }, Time = time });

        public void Leave(Exception? cause = null) => _values.Writer.TryComplete(cause);

        public async Task TakenAsync(int count)
        {
            for (; count > 0; count--) await _taken.WaitAsync();
        }

        public async IAsyncEnumerable<SensorNotification> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var value in _values.Reader.ReadAllAsync(cancellationToken))
            {
                _taken.Release();
                yield return value;
            }
        }
    }
}
