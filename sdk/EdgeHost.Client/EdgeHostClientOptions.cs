using System.Diagnostics;
using EdgeHost.Protocol.Messages;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Client;

/// <summary>How a client finds its host and presents itself. Read once, by <see cref="EdgeHostClient.ConnectAsync"/>.</summary>
public sealed class EdgeHostClientOptions
{
    /// <summary>The path of the host's Unix socket; by default <see cref="EdgeHostPaths.Endpoint"/>.</summary>
    public string Endpoint { get; set; } = EdgeHostPaths.Endpoint;

    /// <summary>
    /// The app's name: 1 to 128 characters of <c>a-z 0-9 . _ -</c>. Grants, quotas and the audit log go by it. By default the process's
    /// name, with other characters replaced.
    /// </summary>
    public string AppName { get; set; } = DefaultAppName();

    /// <summary>A token that proves the app's name to hosts that ask for one; null for none.</summary>
    public string? Token { get; set; }

    /// <summary>How long connecting and hello may take together; more than zero, by default 5 seconds.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The connection is lost when the host takes nothing for this long; more than zero, by default 10 seconds.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of requests that may wait to be sent before further calls wait; at least 64 KiB, by default 8 MiB.</summary>
    public int SendQueueBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>
    /// Whether a client whose connection was lost connects again, at once and at the next call; by default it does. Calls under way at the loss fail with
    /// <see cref="ErrorCode.Unavailable"/> all the same, but for those with an idempotency key.
    /// </summary>
    public bool Reconnect { get; set; } = true;

    /// <summary>How long calls wait for a lost connection to come back; more than zero, by default 5 seconds.</summary>
    public TimeSpan ReconnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause before the second try to connect again; each further one may be twice as long. More than zero, by default 50 milliseconds.</summary>
    public TimeSpan ReconnectDelay { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest pause between tries; at least <see cref="ReconnectDelay"/>, by default 2 seconds.</summary>
    public TimeSpan MaxReconnectDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// While calls wait and nothing came for this long, the host is asked for a sign of life; without one for as long again, the connection is given up. At least
    /// 100 milliseconds, by default 30 seconds; zero never asks.
    /// </summary>
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Told of each change of state in one line; null for nobody.</summary>
    public ILogger? Logger { get; set; }

    /// <summary>
    /// Binaries of a request with at least this many bytes go to the host through shared memory, with one copy in this process, instead of over the
    /// socket; at least 16 KiB, by default 64 KiB. <see cref="int.MaxValue"/> for never. Has no effect where there is no shared
    /// memory: another platform, another user's host, a container.
    /// </summary>
    public int RegionThresholdBytes { get; set; } = 64 * 1024;

    /// <summary>
    /// Bytes of shared memory that a connection asks its host for at most, for requests and for buffers that the app rents; not negative, by
    /// default 128 MiB, 0 for none. Memory is taken as it is written to. Beyond it binaries go over the socket.
    /// </summary>
    public long RegionBytes { get; set; } = 128L * 1024 * 1024;

    /// <summary>The clock; the system's by default.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Endpoint);
        if (!HelloRequest.IsAppName(AppName)) throw new ArgumentException($"'{AppName}' is not an app's name: 1 to 128 characters of a-z 0-9 . _ -");
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ConnectTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(SendTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(SendQueueBytes, 64 * 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(RegionThresholdBytes, 16 * 1024);
        ArgumentOutOfRangeException.ThrowIfNegative(RegionBytes);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ReconnectTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ReconnectDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxReconnectDelay, ReconnectDelay);
        if (KeepAliveInterval != TimeSpan.Zero) ArgumentOutOfRangeException.ThrowIfLessThan(KeepAliveInterval, TimeSpan.FromMilliseconds(100));
    }

    private static string DefaultAppName()
    {
        using var process = Process.GetCurrentProcess();
        var name = string.Create(Math.Min(process.ProcessName.Length, Protocol.WireProtocol.MaxNameLength), process.ProcessName, static (characters, name) =>
        {
            for (var i = 0; i < characters.Length; i++)
            {
                var c = char.ToLowerInvariant(name[i]);
                characters[i] = HelloRequest.IsAppNameCharacter(c) ? c : '-';
            }
        });
        return name.Length > 0 ? name : "app";
    }
}
