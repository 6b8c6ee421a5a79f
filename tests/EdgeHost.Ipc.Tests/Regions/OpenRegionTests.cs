using EdgeHost.Ipc.Tests.Support;
using EdgeHost.Protocol;

namespace EdgeHost.Ipc.Tests.Regions;

public class OpenRegionTests
{
    private const int Page = 4096;

    [LinuxFact]
    public async Task Open_GivesWholePagesThatCanBeWrittenAndNotResized()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.ConnectRaw();
        client.Hello();

        var region = RawRegion.Open(client, 5000);

        Assert.Equal(2 * Page, region.Bytes);
        region.Write(8000, [1, 2, 3]);
        using var file = File.OpenHandle(region.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        Assert.ThrowsAny<Exception>(() => RandomAccess.SetLength(file, 0));
        Assert.ThrowsAny<Exception>(() => RandomAccess.SetLength(file, Page));
        Assert.ThrowsAny<Exception>(() => RandomAccess.SetLength(file, 100 * Page));
        Assert.Equal(2 * Page, RandomAccess.GetLength(file));
        Assert.Equal(2 * Page, host.Server.RegionBytes);
    }

    [LinuxFact]
    public async Task Hello_AnnouncesTheLimits()
    {
        await using var host = await TestHost.StartAsync(options =>
        {
            options.MaxConnectionRegionBytes = 1 << 20;
            options.MaxRegionsPerConnection = 3;
        });
        await using var client = await host.ConnectAsync();

        Assert.Equal(1 << 20, client.Host.Limits.MaxRegionBytes);
        Assert.Equal(3, client.Host.Limits.MaxRegions);
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(1 << 20, 0)]
    public async Task Open_WhereTheHostHasNone_IsUnimplementedAndHelloSaysSo(int bytes, int regions)
    {
        await using var host = await TestHost.StartAsync(options =>
        {
            options.MaxConnectionRegionBytes = bytes;
            options.MaxRegionsPerConnection = regions;
        });
        await using var client = await host.ConnectAsync();

        Assert.Equal((0, 0), (client.Host.Limits.MaxRegionBytes, client.Host.Limits.MaxRegions));
        await Unexpected.FailsAsync(ErrorCode.Unimplemented, () => client.CallAsync(HostMethods.OpenRegion, RawRegion.OpenBody(Page)).AsTask());
    }

    [Theory]
    [InlineData("{}", "bytes")]
    [InlineData("""{"bytes":0}""", "bytes")]
    [InlineData("""{"bytes":-5}""", "bytes")]
    [InlineData("""{"bytes":"many"}""", "bytes")]
    public async Task Open_WithABadSize_IsInvalid(string body, string named)
    {
        await using var host = await TestHost.StartAsync();
        await using var client = await host.ConnectAsync();

        var error = await Unexpected.FailsAsync(ErrorCode.InvalidArgument, () => client.CallAsync(HostMethods.OpenRegion, RawClient.Json(body)).AsTask());

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        await client.PingAsync().Soon();
    }

    [LinuxFact]
    public async Task Open_BeyondALimit_IsRefusedUntilARegionIsClosed()
    {
        await using var host = await TestHost.StartAsync(options =>
        {
            options.MaxConnectionRegionBytes = 10 * Page;
            options.MaxRegionsPerConnection = 2;
            options.MaxRegionBytes = 15 * Page;
        });
        using var first = host.ConnectRaw();
        using var second = host.ConnectRaw();
        first.Hello();
        second.Hello();

        Refused(first, (10 * Page) + 1);
        Refused(first, long.MaxValue);
        var large = RawRegion.Open(first, 9 * Page);
        Refused(first, Page + 1);
        Refused(second, (6 * Page) + 1);
        RawRegion.Open(first, 1);
        Refused(first, 1);
        RawRegion.Open(second, 5 * Page);
        Assert.Equal(15 * Page, host.Server.RegionBytes);

        Close(first, large.Id);
        Assert.Equal(6 * Page, host.Server.RegionBytes);
        var again = RawRegion.Open(first, 9 * Page);
        Assert.NotEqual(large.Id, again.Id);
    }

    [LinuxFact]
    public async Task Close_OfWhatIsNotOpenHere_IsNotFound()
    {
        await using var host = await TestHost.StartAsync();
        using var owner = host.ConnectRaw();
        using var other = host.ConnectRaw();
        owner.Hello();
        other.Hello();
        var region = RawRegion.Open(owner, Page);

        other.Send(RawClient.Request(1, HostMethods.CloseRegion, CloseBody(region.Id)));
        Assert.Equal(ErrorCode.NotFound, other.Receive()!.Error!.Code);
        Close(owner, region.Id);
        owner.Send(RawClient.Request(1, HostMethods.CloseRegion, CloseBody(region.Id)));
        Assert.Equal(ErrorCode.NotFound, owner.Receive()!.Error!.Code);
    }

    [LinuxFact]
    public async Task Ids_OfAllConnections_AreNeverUsedTwice()
    {
        await using var host = await TestHost.StartAsync();
        var ids = new List<uint>();
        for (var connection = 0; connection < 5; connection++)
        {
            using var client = host.ConnectRaw();
            client.Hello();
            for (var i = 0; i < 20; i++)
            {
                var region = RawRegion.Open(client, Page);
                ids.Add(region.Id);
                if (i % 3 > 0) Close(client, region.Id);
            }
        }

        Assert.Equal(ids.Count, ids.Distinct().Count());
        await NoRegionsAsync(host);
    }

    internal static async Task NoRegionsAsync(TestHost host)
    {
        using var unexpected = new CancellationTokenSource(Unexpected.Timeout);
        while (host.Server.RegionBytes > 0)
        {
            unexpected.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    internal static void Close(RawClient client, uint region)
    {
        client.Send(RawClient.Request(2, HostMethods.CloseRegion, CloseBody(region)));
        var answer = client.Receive()!;
        Assert.Null(answer.Error);
        Assert.Equal("{}", answer.Json);
    }

    private static byte[] CloseBody(uint region) => RawClient.Json($$"""{"region":{{region}}}""");

    private static void Refused(RawClient client, long bytes)
    {
        client.Send(RawClient.Request(3, HostMethods.OpenRegion, RawRegion.OpenBody(bytes)));
        Assert.Equal(ErrorCode.ResourceExhausted, client.Receive()!.Error!.Code);
    }
}
