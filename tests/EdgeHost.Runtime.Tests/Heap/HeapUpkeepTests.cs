using EdgeHost.Runtime.Heap;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Runtime.Tests.Heap;

/// <summary>When garbage goes back to the system.</summary>
public sealed class HeapUpkeepTests : IAsyncDisposable
{
    private const long Mega = 1 << 20;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly SimulatedHeap _heap = new();
    private readonly RuntimeFixture.CountingTrimmer _trimmer = new();
    private readonly RecordingLoggerFactory _log = new();
    private readonly EdgeHostRuntimeOptions _options = new();
    private HeapUpkeep? _upkeep;

    public async ValueTask DisposeAsync()
    {
        if (_upkeep is not null) await _upkeep.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task Garbage_GoesBack_WhenTheWorkIsOver()
    {
        await StartAsync();
        _heap.Work(1000 * Mega);

        Pass(10);
        Assert.Equal(0, _heap.GivenBack);
        Pass(10);
        Assert.Equal(1, _heap.GivenBack);
        Assert.Equal(1, _trimmer.Trims);

        Pass(3600);
        Assert.Equal(1, _heap.GivenBack);
    }

    [Fact]
    public async Task Nothing_IsCollected_WhileWorkGoesOn()
    {
        await StartAsync();
        for (var i = 0; i < 10; i++)
        {
            _heap.Work(1000 * Mega);
            Pass(10);
        }

        Assert.Equal(0, _heap.GivenBack);
        Pass(10);
        Assert.Equal(1, _heap.GivenBack);
    }

    [Fact]
    public async Task LittleWork_IsLeftAlone_UntilItAddsUp()
    {
        await StartAsync();
        _heap.Work(80 * Mega);
        Pass(60);
        Assert.Equal(0, _heap.GivenBack);

        _heap.Work(80 * Mega);
        Pass(60);
        Assert.Equal(1, _heap.GivenBack);
        _heap.Work(100 * Mega);
        Pass(60);
        Assert.Equal(1, _heap.GivenBack);
    }

    [Fact]
    public async Task WhatIsLetGo_WhileTheHeapDoesNotGrow_GoesBackToo()
    {
        await StartAsync();
        _heap.Hold(500 * Mega);
        Pass(60);
        Assert.Equal((1, 540 * Mega), (_heap.GivenBack, _heap.CommittedBytes));

        // Given back in the middle of the work; its end lets go what it held.
        _heap.Work(150 * Mega);
        _heap.LetGo();
        Pass(60);

        Assert.Equal((2, 40 * Mega), (_heap.GivenBack, _heap.CommittedBytes));
    }

    [Fact]
    public async Task AHost_ThatDoesNothing_IsNotWoken_AndWorkWakesItAgain()
    {
        await StartAsync();
        _heap.Work(1000 * Mega);
        Pass(20);
        var looked = _heap.Looked;

        Pass(3600);
        Assert.Equal(looked, _heap.Looked);

        _heap.Work(1000 * Mega);
        Pass(20);
        Assert.Equal(2, _heap.GivenBack);
    }

    [Fact]
    public async Task Null_SwitchesItOff()
    {
        _options.Heap.IdleTime = null;
        await StartAsync();
        _heap.Work(1000 * Mega);
        Pass(60);
        Assert.Equal((0, 0), (_heap.GivenBack, _heap.Listeners));
    }

    [Fact]
    public async Task AHost_ThatStops_CollectsNothing()
    {
        await StartAsync();
        _heap.Work(1000 * Mega);
        await _upkeep!.StopAsync(CancellationToken.None);
        Pass(60);
        Assert.Equal(0, _heap.GivenBack);
    }

    private async Task StartAsync()
    {
        _upkeep = new HeapUpkeep(_heap, _trimmer, Options.Create(_options), _time, _log.CreateLogger<HeapUpkeep>());
        await _upkeep.StartAsync(CancellationToken.None);
    }

    private void Pass(int seconds)
    {
        for (var i = 0; i < seconds; i++) _time.Advance(TimeSpan.FromSeconds(1));
    }

    private sealed class SimulatedHeap : IManagedHeap
    {
        private Action? _collected;
        private long _held = 40 * Mega;
        private long _garbage;
        private long _allocated;

        public int GivenBack { get; private set; }

        public int Listeners { get; private set; }

        public int Looked { get; private set; }

        public long AllocatedBytes
        {
            get
            {
                Looked++;
                return _allocated;
            }
        }

        public long CommittedBytes => _held + _garbage;

        public void OnNextCollection(Action collected)
        {
            Listeners++;
            _collected += collected;
        }

        public void GiveBack()
        {
            GivenBack++;
            _garbage = 0;
            Collect();
        }

        public void Hold(long bytes)
        {
            _held += bytes;
            _allocated += bytes;
            Collect();
        }

        public void LetGo() => (_held, _garbage) = (40 * Mega, _garbage + _held - (40 * Mega));

        public void Work(long bytes)
        {
            _garbage += bytes;
            _allocated += bytes;
            Collect();
        }

        private void Collect()
        {
            var collected = _collected;
            _collected = null;
            collected?.Invoke();
        }
    }
}
