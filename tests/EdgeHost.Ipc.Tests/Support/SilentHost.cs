using System.Net.Sockets;
using EdgeHost.Protocol;
using EdgeHost.Protocol.Frames;
using EdgeHost.Protocol.Messages;

namespace EdgeHost.Ipc.Tests.Support;

/// <summary>Answers hello and then nothing, as a host does whose process was stopped.</summary>
internal sealed class SilentHost : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private Socket? _accepted;

    public string Endpoint { get; } = Path.Combine(Path.GetTempPath(), $"silent-{Guid.NewGuid():N}.sock");

    public static Task<SilentHost> StartAsync()
    {
        var host = new SilentHost();
        host._listener.Bind(new UnixDomainSocketEndPoint(host.Endpoint));
        host._listener.Listen();
        _ = Task.Run(host.ServeAsync);
        return Task.FromResult(host);
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _accepted?.Dispose();
        File.Delete(Endpoint);
        return ValueTask.CompletedTask;
    }

    private async Task ServeAsync()
    {
        _accepted = await _listener.AcceptAsync();
        var buffer = new byte[4096];
        var received = await _accepted.ReceiveAsync(buffer);
        Assert.True(RpcMessage.TryReadRequestId(buffer.AsSpan(0, received), out var id));
        var frame = new FrameWriter();
        RpcWriter.BeginResponse(frame, id);
        RpcWriter.Append(frame, new HelloResponse("1", "s1", new HostLimits(), ["*"], 16));
        frame.Seal();
        foreach (var segment in frame.Segments) await _accepted.SendAsync(segment);
    }
}
