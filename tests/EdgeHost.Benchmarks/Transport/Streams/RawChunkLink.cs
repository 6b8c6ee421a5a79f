using System.Net.Sockets;
using EdgeHost.Benchmarks.Transport.Contenders;
using EdgeHost.Benchmarks.Transport.Measuring;

namespace EdgeHost.Benchmarks.Transport.Streams;

/// <summary>Chunks over a bare socket of their own.</summary>
internal sealed class RawChunkLink : ChunkLink
{
    private readonly Socket _socket;
    private readonly byte[] _request;
    private readonly Thread _receiver;

    public RawChunkLink(string path, int chunkBytes, LatencyRecorder recorder)
        : base(recorder)
    {
        _socket = RawWire.Connect(path);
        _request = RawWire.Request(new byte[chunkBytes], chunkBytes);
        _receiver = new Thread(() => Receive(new byte[RawWire.AnswerHeaderBytes + chunkBytes])) { IsBackground = true };
        _receiver.Start();
    }

    public override ValueTask DisposeAsync()
    {
        _socket.Shutdown(SocketShutdown.Both);
        _receiver.Join();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override ValueTask PushAsync()
    {
        RawWire.SendAll(_socket, _request);
        return ValueTask.CompletedTask;
    }

    private void Receive(byte[] answer)
    {
        try
        {
            while (true)
            {
                RawWire.ReceiveAll(_socket, answer);
                OnReceived();
            }
        }
        catch (Exception e) when (e is EndOfStreamException or SocketException)
        {
            // Disposed.
        }
    }
}
