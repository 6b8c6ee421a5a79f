using System.Net.Sockets;

namespace EdgeHost.Benchmarks.Transport.Contenders;

/// <summary>HTTP over a Unix socket.</summary>
internal static class SocketHttp
{
    /// <summary>A handler that connects to the socket, whatever the address says; the caller disposes it.</summary>
    public static SocketsHttpHandler CreateHandler(string path) => new()
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };
}
