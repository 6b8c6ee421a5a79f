using EdgeHost.Protocol.Messages;
using EdgeHost.Serialization;

namespace EdgeHost.Protocol.Frames;

/// <summary>Writes the envelopes. Each method leaves the frame ready for what comes next.</summary>
internal static class RpcWriter
{
    /// <summary>The bytes of an empty map: the body of who sends none.</summary>
    public static ReadOnlySpan<byte> EmptyBody => [0x80];

    /// <summary>Begins a request; the body comes next, then the context if there is one.</summary>
    public static void BeginRequest(FrameWriter frame, uint id, string method, bool hasContext)
    {
        var writer = new WireWriter(frame);
        writer.WriteArrayHeader(4);
        writer.Write((long)RpcKind.Request);
        writer.Write((ulong)id);
        writer.Write(method);
        writer.WriteArrayHeader(hasContext ? 2 : 1);
        writer.Flush();
    }

    /// <summary>Begins a response without an error; the result comes next.</summary>
    public static void BeginResponse(FrameWriter frame, uint id)
    {
        var writer = new WireWriter(frame);
        writer.WriteArrayHeader(4);
        writer.Write((long)RpcKind.Response);
        writer.Write((ulong)id);
        writer.WriteNil();
        writer.Flush();
    }

    /// <summary>Writes a response that is an error.</summary>
    public static void WriteError(FrameWriter frame, uint id, EdgeHostException error)
    {
        var writer = new WireWriter(frame);
        writer.WriteArrayHeader(4);
        writer.Write((long)RpcKind.Response);
        writer.Write((ulong)id);
        ErrorBody.Write(ref writer, error);
        writer.WriteNil();
        writer.Flush();
    }

    /// <summary>Begins a notification of <paramref name="parameters"/> params, which come next.</summary>
    public static void BeginNotification(FrameWriter frame, string method, int parameters)
    {
        var writer = new WireWriter(frame);
        writer.WriteArrayHeader(3);
        writer.Write((long)RpcKind.Notification);
        writer.Write(method);
        writer.WriteArrayHeader(parameters);
        writer.Flush();
    }

    /// <summary>Begins a notification about a call; the other params come next.</summary>
    public static void BeginCallNotification(FrameWriter frame, string method, uint id, int otherParameters)
    {
        BeginNotification(frame, method, otherParameters + 1);
        var writer = new WireWriter(frame);
        writer.Write((ulong)id);
        writer.Flush();
    }

    /// <summary>Appends one message.</summary>
    public static void Append<T>(FrameWriter frame, T message)
        where T : IWireMessage<T>
    {
        var writer = new WireWriter(frame);
        T.Write(ref writer, message);
        writer.Flush();
    }

    /// <summary>Appends MessagePack bytes, by reference where they are large.</summary>
    public static void AppendBody(FrameWriter frame, ReadOnlyMemory<byte> body)
    {
        if (body.Length >= frame.ReferenceThresholdBytes)
        {
            frame.AppendReference(body);
            return;
        }

        var bytes = body.IsEmpty ? EmptyBody : body.Span;
        bytes.CopyTo(frame.GetSpan(bytes.Length));
        frame.Advance(bytes.Length);
    }
}
