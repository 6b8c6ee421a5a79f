using EdgeHost.Client;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.Protocol;
using EdgeHost.Serialization;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>Shared memory of a real host, as the system shows it.</summary>
public class RegionTests
{
    private const int Regions = 300;

    [Fact]
    public async Task Regions_OpenedAndClosed_LeaveNeitherFilesNorMappings()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var folder = new TempFolder();
        await using var host = HostProcess.Start(folder.Combine("host.sock"), folder.Combine("home"));
        await using var client = await Hosts.ConnectAsync(host);
        for (var i = 0; i < Regions; i++)
        {
            var region = await OpenAsync(client);
            if (i == Regions - 1) break;
            (await client.CallAsync(HostMethods.CloseRegion, Body("region", region))).Dispose();
        }

        Assert.Equal(1, HostRegions.Count(host));

        // The client goes without closing what it has.
        await using (var leaving = await Hosts.ConnectAsync(host, "leaving"))
        {
            await OpenAsync(leaving);
            using var buffer = await leaving.RentBufferAsync(1 << 20);
            buffer.Span.Fill(1);
            Assert.Equal(3, HostRegions.Count(host));
        }

        await Until.HoldsAsync("one region", () => Task.FromResult(HostRegions.Count(host)), held => held == 1, held => $"{held}", () => host.Output);
        await client.PingAsync(new byte[1 << 20]);
    }

    private static async Task<long> OpenAsync(EdgeHostClient client)
    {
        using var answer = await client.CallAsync(HostMethods.OpenRegion, Body("bytes", 5000));
        return Read(answer.Memory);
    }

    private static long Read(ReadOnlyMemory<byte> answer)
    {
        var reader = new WireReader(answer);
        for (var count = reader.EnterMap(); count > 0; count--)
        {
            if (reader.ReadKey().SequenceEqual("region"u8)) return reader.ReadInt64();
            reader.Skip();
        }

        throw reader.Missing("region");
    }

    private static byte[] Body(string key, long value) => WireJson.ToMessagePack(System.Text.Encoding.UTF8.GetBytes($$"""{"{{key}}":{{value}}}"""));
}
