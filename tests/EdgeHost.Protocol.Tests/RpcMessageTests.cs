using EdgeHost.Protocol.Frames;
using EdgeHost.Protocol.Messages;
using EdgeHost.Serialization;

namespace EdgeHost.Protocol.Tests;

public class RpcMessageTests
{
    [Theory]
    [InlineData(0u)]
    [InlineData(127u)]
    [InlineData(128u)]
    [InlineData(65535u)]
    [InlineData(uint.MaxValue)]
    public void BeginRequest_AnyId_ReadsBackWholeAndFromItsBeginning(uint id)
    {
        var frame = new FrameWriter();
        RpcWriter.BeginRequest(frame, id, "test.echo", hasContext: false);
        RpcWriter.AppendBody(frame, default);
        var bytes = Bytes(frame);

        var message = RpcMessage.Read(bytes);

        Assert.Equal(RpcKind.Request, message.Kind);
        Assert.Equal(id, message.Id);
        Assert.Equal("test.echo"u8.ToArray(), message.Method.ToArray());
        Assert.Equal([0x91, 0x80], message.First.ToArray());
        Assert.True(RpcMessage.TryReadRequestId(bytes.AsSpan(0, 9), out var found));
        Assert.Equal(id, found);
        Assert.False(RpcMessage.TryReadRequestId(bytes.AsSpan(0, 2), out _));
    }

    [Fact]
    public void WriteError_AllFields_ReadBack()
    {
        var frame = new FrameWriter();
        RpcWriter.WriteError(frame, 5, new EdgeHostException(ErrorCode.DataLoss, "The hash differs.")
        {
            RetryAfter = TimeSpan.FromMilliseconds(1.2),
            Details = new Dictionary<string, string> { ["expected"] = "a", ["actual"] = "b" },
        });

        var error = ErrorBody.Read(RpcMessage.Read(Bytes(frame)).First);

        Assert.Equal(ErrorCode.DataLoss, error.Code);
        Assert.Equal("The hash differs.", error.Message);
        Assert.Equal(TimeSpan.FromMilliseconds(2), error.RetryAfter);
        Assert.Equal("b", error.Details["actual"]);
    }

    [Theory]
    [InlineData("a3616263")] // text, as other MessagePack-RPC servers send
    [InlineData("05")]
    [InlineData("81a4636f6465a56e65776572")] // a code of a later version, without a message
    public void Read_ErrorOfAnotherForm_IsInternal(string hex)
        => Assert.Equal(ErrorCode.Internal, ErrorBody.Read(Convert.FromHexString(hex)).Code);

    [Fact]
    public void CallContext_AllFields_ReadBack()
    {
        var frame = new FrameWriter();
        var writer = new WireWriter(frame);
        var context = new CallContext { DeadlineMs = 5, Priority = CallPriority.Background, TraceParent = "t", IdempotencyKey = "i", Explain = true };
        CallContext.Write(ref writer, context);
        writer.Flush();

        Assert.Equal(context, CallContext.Read(Bytes(frame)));
    }

    [Fact]
    public void FrameWriter_SmallAndReferencedParts_KeepTheirOrder()
    {
        var frame = new FrameWriter();
        var big = new byte[50_000];
        big.AsSpan().Fill(7);
        var writer = new WireWriter(frame);
        writer.WriteArrayHeader(5);
        writer.Write("before");
        writer.WriteBinary(big);
        writer.Write(new string('y', 10_000));
        writer.WriteBinary(big);
        writer.Write("after");
        writer.Flush();
        var bytes = Bytes(frame);

        Assert.True(frame.IsComplete(1024 * 1024, 64));
        Assert.NotNull(frame.Sent);
        Assert.Equal(frame.Length, bytes.Length);
        var reader = new WireReader(bytes);
        Assert.Equal(5, reader.EnterArray());
        Assert.Equal("before", reader.ReadString());
        Assert.True(reader.ReadBinary().Span.SequenceEqual(big));
        Assert.Equal(10_000, reader.ReadString().Length);
        Assert.True(reader.ReadBinary().Span.SequenceEqual(big));
        Assert.Equal("after", reader.ReadString());
        frame.Reset();
        Assert.Equal(0, frame.Length);
        Assert.Null(frame.Sent);
    }

    private static byte[] Bytes(FrameWriter frame)
    {
        frame.Seal();
        return [.. frame.Segments.SelectMany(segment => segment.ToArray())];
    }
}
