using System.Buffers;
using System.Net.Sockets;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.TestKit;
using MessagePack;

namespace EdgeHost.IntegrationTests;

/// <summary>Deadlines as a client of any language may write them, byte by byte.</summary>
public class DeadlineTests
{
    private static readonly TestModel Model = new("good", OnnxGraph.MatMul(16, 0.5f).ToModel());

    [Fact]
    public async Task Deadline_ZeroNegativeOrAbsurdlyFar_HasATypedAnswer()
    {
        await using var host = await RunnerHost.StartAsync([Model]);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(host.Process.Endpoint));
        await using var stream = new NetworkStream(socket);
        using var reader = new MessagePackStreamReader(stream, leaveOpen: true);
        await AskAsync(stream, reader, 0, "host.hello", """{"protocol":1,"app":"raw"}""", context: null);

        foreach (var past in (long[])[0, -1, long.MinValue])
        {
            var (error, _) = await AskAsync(stream, reader, 1, "modelrunner.run", """{"model":"good"}""", Deadline(past));
            Assert.Contains("\"deadline_exceeded\"", error, StringComparison.Ordinal);
        }

        foreach (var far in (long[])[long.MaxValue, int.MaxValue, uint.MaxValue, 4_294_967_296L * 1000])
        {
            var (error, result) = await AskAsync(stream, reader, 2, "modelrunner.run", """{"model":"good"}""", Deadline(far));
            Assert.True(error == "null", $"{far}: {error}");
            Assert.Contains("\"cpu\"", result, StringComparison.Ordinal);
        }

        var (unsigned, _) = await AskAsync(stream, reader, 3, "modelrunner.run", """{"model":"good"}""", Deadline(ulong.MaxValue));
        var (text, _) = await AskAsync(stream, reader, 4, "modelrunner.run", """{"model":"good"}""", Deadline("soon"));
        Assert.Contains("\"invalid_argument\"", unsigned, StringComparison.Ordinal);
        Assert.Contains("deadline_ms", unsigned, StringComparison.Ordinal);
        Assert.Contains("\"invalid_argument\"", text, StringComparison.Ordinal);
        await host.UntilStatsAsync("nothing is left", s => s is { ActiveCalls: 0, Pool.Leases: 0 });
    }

    private static byte[] Deadline<T>(T value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteMapHeader(1);
        writer.Write("deadline_ms");
        writer.Flush();
        MessagePackSerializer.Serialize(buffer, value);
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Request(uint id, string method, string body, byte[]? context)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(4);
        writer.Write(0);
        writer.Write(id);
        writer.Write(method);
        writer.WriteArrayHeader(context is null ? 1 : 2);
        writer.WriteRaw(MessagePackSerializer.ConvertFromJson(body));
        if (context is not null) writer.WriteRaw(context);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Asks and waits for the answer; error and result as JSON.</summary>
    private static async Task<(string Error, string Result)> AskAsync(
        NetworkStream stream, MessagePackStreamReader reader, uint id, string method, string body, byte[]? context)
    {
        await stream.WriteAsync(Request(id, method, body, context));
        var answer = await reader.ReadAsync(CancellationToken.None) ?? throw new InvalidOperationException("The host closed the connection.");
        return Read(answer);
    }

    private static (string Error, string Result) Read(ReadOnlySequence<byte> answer)
    {
        var reader = new MessagePackReader(answer);
        Assert.Equal(4, reader.ReadArrayHeader());
        Assert.Equal(1, reader.ReadInt32());
        reader.Skip();
        return (MessagePackSerializer.ConvertToJson(reader.ReadRaw()), MessagePackSerializer.ConvertToJson(reader.ReadRaw()));
    }
}
