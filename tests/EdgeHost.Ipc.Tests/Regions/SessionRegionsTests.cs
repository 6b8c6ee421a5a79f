using EdgeHost.Client;
using EdgeHost.Client.Regions;
using EdgeHost.Ipc.Tests.Support;
using EdgeHost.Protocol;
using EdgeHost.Protocol.Messages;
using EdgeHost.Protocol.Regions;
using Microsoft.Win32.SafeHandles;

namespace EdgeHost.Ipc.Tests.Regions;

public class SessionRegionsTests
{
    private static readonly HostLimits Limits = new() { MaxRegionBytes = 64 << 20, MaxRegions = 3 };

    [LinuxFact]
    public async Task Take_WhatDoesNotFit_OpensRegionsThatGrowUpToTheLimit()
    {
        using var source = new FakeSource();
        var regions = new SessionRegions(source, Limits, Environment.ProcessId, new EdgeHostClientOptions());

        Assert.NotNull(await regions.TakeAsync(3 << 20, CancellationToken.None));
        Assert.NotNull(await regions.TakeAsync(20 << 20, CancellationToken.None));
        Assert.Null(await regions.TakeAsync(100 << 20, CancellationToken.None));
        Assert.Equal([16L << 20, 48L << 20], source.Opened);

        regions.Close();
        Assert.Null(await regions.TakeAsync(1, CancellationToken.None));
    }

    [LinuxFact]
    public async Task Take_OfManyAtOnce_OpensOneRegionForAll()
    {
        using var source = new FakeSource();
        var regions = new SessionRegions(source, Limits, Environment.ProcessId, new EdgeHostClientOptions());

        var slots = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => regions.TakeAsync(100_000, CancellationToken.None).AsTask()));

        Assert.Single(source.Opened);
        Assert.Equal(20, slots.Select(slot => slot!.Value.Offset).Distinct().Count());
        foreach (var slot in slots)
        {
            slot!.Value.Region.Give(slot.Value);
        }

        Assert.Equal(regions.OpenBytes, regions.FreeBytes);
        regions.Close();
    }

    [LinuxFact]
    public async Task Take_WhereTheFileIsNotWhatWasAnnounced_GoesOnWithoutRegions()
    {
        using var plain = new TestKit.TempFolder();
        var file = plain.Combine("file");
        await File.WriteAllBytesAsync(file, new byte[16 << 20]);
        using var open = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        foreach (var path in new[]
        {
            "/nowhere", file, "/proc/1/fd/3", $"/proc/{Environment.ProcessId}/fd/../fd/0", $"/proc/{Environment.ProcessId}/fd/999999",
            SharedMemoryFile.PathOf(open), string.Empty,
        })
        {
            using var source = new FakeSource { Path = path };
            var regions = new SessionRegions(source, Limits, Environment.ProcessId, new EdgeHostClientOptions());

            Assert.Null(await regions.TakeAsync(100_000, CancellationToken.None));
            Assert.Null(await regions.TakeAsync(100_000, CancellationToken.None));
            Assert.Single(source.Opened);
            Assert.Equal([1u], source.Closed);
            Assert.True(regions.IsOver);
        }
    }

    [LinuxFact]
    public async Task Take_WhereTheSizeIsNotWhatWasAnnounced_GoesOnWithoutRegions()
    {
        using var source = new FakeSource { ExtraBytes = 4096 };
        var regions = new SessionRegions(source, Limits, Environment.ProcessId, new EdgeHostClientOptions());

        Assert.Null(await regions.TakeAsync(100_000, CancellationToken.None));
        Assert.True(regions.IsOver);
    }

    [LinuxFact]
    public async Task Take_AfterARefusal_AsksAgainLater()
    {
        using var source = new FakeSource { Error = new EdgeHostException(ErrorCode.ResourceExhausted, "The regions of all apps are full.") };
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var regions = new SessionRegions(source, Limits, Environment.ProcessId, new EdgeHostClientOptions { TimeProvider = time });
        Assert.Null(await regions.TakeAsync(100_000, CancellationToken.None));
        source.Error = null;
        Assert.Null(await regions.TakeAsync(100_000, CancellationToken.None));
        Assert.Empty(source.Opened);

        time.Advance(TimeSpan.FromSeconds(11));

        Assert.NotNull(await regions.TakeAsync(100_000, CancellationToken.None));
        regions.Close();
    }

    [Fact]
    public async Task Take_OfAHostWhoseProcessIsUnknown_GivesNone()
    {
        using var source = new FakeSource();
        var regions = new SessionRegions(source, Limits, processId: -1, new EdgeHostClientOptions());

        Assert.Null(await regions.TakeAsync(100_000, CancellationToken.None));
        Assert.Empty(source.Opened);
    }

    private sealed class FakeSource : IRegionSource, IDisposable
    {
        private readonly List<SafeFileHandle> _files = [];

        public string? Path { get; init; }

        public long ExtraBytes { get; init; }

        public EdgeHostException? Error { get; set; }

        public List<long> Opened { get; } = [];

        public List<uint> Closed { get; } = [];

        public ValueTask<OpenRegionResponse> OpenAsync(long bytes, CancellationToken cancellationToken)
        {
            if (Error is not null) throw Error;
            Opened.Add(bytes);
            var file = SharedMemoryFile.Create(bytes);
            _files.Add(file);
            return ValueTask.FromResult(new OpenRegionResponse((uint)Opened.Count, bytes + ExtraBytes, Path ?? SharedMemoryFile.PathOf(file)));
        }

        public ValueTask CloseAsync(uint region)
        {
            Closed.Add(region);
            return ValueTask.CompletedTask;
        }

        public void Dispose() => _files.ForEach(file => file.Dispose());
    }
}
