using System.Net.Sockets;
using EdgeHost.Ipc.Tests.Support;
using EdgeHost.Protocol.Connections;
using EdgeHost.Protocol.Frames;
using EdgeHost.TestKit;

namespace EdgeHost.Ipc.Tests.Parking;

public class ReaderCrewTests
{
    [LinuxFact]
    public async Task Dispose_WithParkedConnections_TheyAreStillReadToTheirEnd()
    {
        using var folder = new TempFolder();
        using var crew = new ReaderCrew("test", 4);
        var handler = new Frames();
        var (connection, peer) = Connect(folder, handler);
        using var end = peer;
        crew.Start(connection);
        await UntilAsync(() => crew.Parked == 1);

        crew.Dispose();
        peer.Send([1]);
        await handler.First.Task.Soon();
        peer.Dispose();

        await connection.Completion.Soon();
        Assert.Equal(1, handler.Closed);
        Assert.Equal(0, crew.Parked);
    }

    /// <summary>Whoever is first, the connection ends once: a peer that sends and leaves, and this side that closes, in the moment it is parked or woken.</summary>
    [LinuxFact]
    public async Task Close_InAnyMoment_EndsOnce()
    {
        using var folder = new TempFolder();
        using var crew = new ReaderCrew("test", 4);
        var random = new Random(1);
        for (var round = 0; round < 150; round++)
        {
            var handler = new Frames();
            var (connection, peer) = Connect(folder, handler);
            using var end = peer;
            crew.Start(connection);
            await Task.Delay(random.Next(6));
            var both = new List<Task>();
            if (random.Next(2) == 0) both.Add(Task.Run(() => connection.Close(CloseReason.PeerClosed, flush: random.Next(2) == 0)));
            if (both.Count == 0 || random.Next(2) == 0) both.Add(Task.Run(peer.Dispose));

            await Task.WhenAll(both).Soon();
            await connection.Completion.Soon();
            Assert.Equal(1, handler.Closed);
        }

        Assert.Equal((0, 0), (crew.Parked, crew.Lent));
    }

    private static (FrameConnection Connection, Socket Peer) Connect(TempFolder folder, Frames handler)
    {
        var path = folder.Combine(Guid.NewGuid().ToString("N")[..8]);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        var peer = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        peer.Connect(new UnixDomainSocketEndPoint(path));
        var connection = new FrameConnection(listener.Accept(), handler, new FrameConnectionOptions { ParkAfter = TimeSpan.FromMilliseconds(1) });
        return (connection, peer);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var unexpected = new CancellationTokenSource(Unexpected.Timeout);
        while (!condition())
        {
            unexpected.Token.ThrowIfCancellationRequested();
            await Task.Delay(2, CancellationToken.None);
        }
    }

    private sealed class Frames : IFrameHandler
    {
        private int _closed;

        public TaskCompletionSource First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Closed => Volatile.Read(ref _closed);

        public bool OnFrame(ReadOnlyMemory<byte> frame, FrameReader reader)
        {
            First.TrySetResult();
            return true;
        }

        public void OnBroken(EdgeHostException error, ReadOnlySpan<byte> beginning)
        {
        }

        public void OnWorkTookLong()
        {
        }

        public void OnClosed(CloseReason reason) => Interlocked.Increment(ref _closed);
    }
}
