using System.Net.Sockets;

namespace EdgeHost.Client;

/// <summary>Opens the socket, with errors that say what to do.</summary>
internal static class Connector
{
    public static async Task<Socket> ConnectAsync(string endpoint, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("This version of EdgeHost speaks over Unix domain sockets on Linux and macOS only.");
        }

        UnixDomainSocketEndPoint address;
        try
        {
            address = new UnixDomainSocketEndPoint(endpoint);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The endpoint '{endpoint}' is too long for a socket; choose a shorter one.", e);
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // An asynchronous connect would make every later read and write of this socket a slow one. The time-out bounds the blocking one,
            // which has a thread of its own: many at once must not hold up the pool.
            socket.SendTimeout = (int)Math.Clamp(timeout.TotalMilliseconds, 1, int.MaxValue);
            await Task.Factory.StartNew(
                () => socket.Connect(address), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw e.SocketErrorCode switch
            {
                SocketError.AccessDenied => new EdgeHostException(
                    ErrorCode.PermissionDenied, $"The host at '{endpoint}' belongs to another user.", e),
                SocketError.TimedOut or SocketError.WouldBlock => new EdgeHostException(
                    ErrorCode.Unavailable, $"The host at '{endpoint}' does not accept connections. See `edgehost doctor`.", e),
                _ => new EdgeHostException(
                    ErrorCode.Unavailable, $"No host runs at '{endpoint}'. Start one with `edgehost serve`.", e),
            };
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
