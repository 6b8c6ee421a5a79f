using System.Net.Sockets;
using EdgeHost.Client;
using EdgeHost.TestKit;

namespace EdgeHost.Ipc.Tests;

/// <summary>A host that says why and closes at once, while the client is still sending.</summary>
public class RefusedClientTests
{
    // [2, "$/going_away", [{"code": "resource_exhausted", "message": "full"}]]
    private static readonly byte[] GoingAway =
    [
        0x93, 0x02, 0xAC, .. "$/going_away"u8, 0x91, 0x82, 0xA4, .. "code"u8, 0xB2, .. "resource_exhausted"u8, 0xA7, .. "message"u8, 0xA4, .. "full"u8,
    ];

    [Fact]
    public async Task ConnectAsync_RefusedBeforeHelloWasRead_GivesTheHostsReason()
    {
        using var folder = new TempFolder();
        var path = folder.Combine("h.sock");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(8);

        // Often enough that the close meets the client before, while and after it sends.
        for (var i = 0; i < 300; i++)
        {
            var connecting = EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { Endpoint = path, AppName = "refused" }).AsTask();
            using (var accepted = await listener.AcceptAsync())
            {
                accepted.Send(GoingAway);
            }

            var error = await Assert.ThrowsAsync<EdgeHostException>(() => connecting);
            Assert.Equal(ErrorCode.Unavailable, error.Code);
            Assert.EndsWith("full", error.Message, StringComparison.Ordinal);
        }
    }
}
