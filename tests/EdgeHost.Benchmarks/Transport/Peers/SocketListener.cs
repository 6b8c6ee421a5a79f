using System.Net.Sockets;

namespace EdgeHost.Benchmarks.Transport.Peers;

/// <summary>Accepts connections on a Unix socket and gives each a thread of its own.</summary>
internal sealed class SocketListener : IAsyncDisposable
{
    private const int Backlog = 512;

    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private SocketListener(string path)
    {
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen(Backlog);
    }

    /// <summary>Starts listening.</summary>
    /// <param name="path">The socket's path.</param>
    /// <param name="serve">What the thread of each connection does; owns the socket.</param>
    public static SocketListener Start(string path, Action<Socket> serve)
    {
        var listener = new SocketListener(path);
        new Thread(() => listener.Accept(serve)) { IsBackground = true, Name = "accept" }.Start();
        return listener;
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Accept(Action<Socket> serve)
    {
        try
        {
            while (true)
            {
                var socket = _listener.Accept();
                new Thread(() => serve(socket)) { IsBackground = true, Name = "serve" }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The process ends.
        }
    }
}
