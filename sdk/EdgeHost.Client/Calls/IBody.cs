using EdgeHost.Protocol.Frames;
using EdgeHost.Serialization;

namespace EdgeHost.Client.Calls;

/// <summary>Appends a request's body to its frame.</summary>
internal interface IBody
{
    /// <summary>Whether the bytes come from the caller and must be checked.</summary>
    bool IsRaw { get; }

    void AppendTo(FrameWriter frame);
}

/// <summary>A body that is bytes already.</summary>
internal readonly struct RawBody(ReadOnlyMemory<byte> bytes) : IBody
{
    public bool IsRaw => true;

    public void AppendTo(FrameWriter frame) => RpcWriter.AppendBody(frame, bytes);
}

/// <summary>A body that is a message.</summary>
internal readonly struct MessageBody<T>(T message) : IBody
    where T : IWireMessage<T>
{
    public bool IsRaw => false;

    public void AppendTo(FrameWriter frame) => RpcWriter.Append(frame, message);
}
