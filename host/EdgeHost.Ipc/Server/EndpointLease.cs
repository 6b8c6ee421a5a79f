using System.Net.Sockets;
using EdgeHost.Protocol.Connections;

namespace EdgeHost.Ipc.Server;

/// <summary>
/// The sole right to listen on a socket path, held through a lock file beside it for as long as the host lives; the system lets go of the
/// lock even if the host is killed. The lock file stays: deleting it would let two hosts hold different files of the same name.
/// </summary>
internal sealed class EndpointLease : IDisposable
{
    private const int Backlog = 512;

    private readonly FileStream _lock;
    private readonly string _path;
    private bool _isListening;

    private EndpointLease(FileStream @lock, string path)
    {
        _lock = @lock;
        _path = path;
    }

    /// <summary>Whether a socket that nobody listened on was in the way.</summary>
    public bool TookOver { get; private set; }

    /// <summary>Takes the endpoint.</summary>
    /// <param name="path">The socket's path; its folder is created for its owner alone if missing.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.AlreadyExists"/>: another host holds it, with its process id;
    /// <see cref="ErrorCode.FailedPrecondition"/>: the folder is open to everybody.</exception>
    public static EndpointLease Take(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("This version of EdgeHost listens on Unix domain sockets, on Linux and macOS only.");
        }

        path = Path.GetFullPath(path);
        PrepareFolder(Path.GetDirectoryName(path)!);
        FileStream file;
        try
        {
            file = new FileStream(path + ".lock", new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (IOException) when (File.Exists(path + ".lock"))
        {
            throw Held(path, Ask(path)?.ProcessId ?? -1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeHostException(
                ErrorCode.FailedPrecondition, $"The socket '{path}' cannot be made; choose another endpoint (--endpoint, {EdgeHostPaths.EndpointVariable}).", e);
        }

        var lease = new EndpointLease(file, path);
        try
        {
            if (File.Exists(path))
            {
                if (Ask(path) is { } holder) throw Held(path, holder.ProcessId);
                lease.TookOver = true;
            }

            return lease;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Starts to listen. The socket appears under its name only once it has its mode and takes connections.</summary>
    /// <param name="mode">Who may connect.</param>
    public Socket Listen(UnixFileMode mode)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var hidden = _path + "~";
        try
        {
            File.Delete(hidden);
            socket.Bind(new UnixDomainSocketEndPoint(hidden));
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(hidden, mode);
            socket.Listen(Backlog);
            File.Move(hidden, _path, overwrite: true);
            _isListening = true;
            return socket;
        }
        catch (ArgumentOutOfRangeException e)
        {
            socket.Dispose();
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The endpoint '{_path}' is too long for a socket; choose one of at most 100 bytes.", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Takes the socket's name away, so that nobody connects any more.</summary>
    public void Withdraw()
    {
        if (!_isListening) return;
        _isListening = false;
        File.Delete(_path);
    }

    /// <summary>Gives the endpoint up.</summary>
    public void Dispose()
    {
        Withdraw();
        _lock.Dispose();
    }

    private static void PrepareFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        try
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeHostException(
                ErrorCode.FailedPrecondition, $"The socket's folder '{folder}' cannot be made; choose another endpoint (--endpoint, {EdgeHostPaths.EndpointVariable}).", e);
        }

        var mode = File.GetUnixFileMode(folder);
        if (mode.HasFlag(UnixFileMode.OtherWrite) && !mode.HasFlag(UnixFileMode.StickyBit))
        {
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"Everybody may write to '{folder}', so anybody could pose as the host. Run `chmod 700` on it or choose another endpoint.");
        }
    }

    // Who listens there, or null if nobody does.
    private static PeerCredentials? Ask(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.SendTimeout = 1000;
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return PeerCredentials.Of(socket);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static EdgeHostException Held(string path, long processId)
    {
        var who = processId > 0 ? $"process {processId}" : "another process";
        return new EdgeHostException(ErrorCode.AlreadyExists, $"A host runs already: {who} holds '{path}'. Stop it first, or choose another endpoint with {EdgeHostPaths.EndpointVariable}.")
        {
            Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["process_id"] = processId.ToString() },
        };
    }
}
