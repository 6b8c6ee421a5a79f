using EdgeHost.Protocol.Frames;
using EdgeHost.Serialization;

namespace EdgeHost.Client.Calls;

/// <summary>Appends a request's body to its frame.</summary>
internal interface IBody
{
    void AppendTo(FrameWriter frame);
}

/// <summary>A body that is bytes already.</summary>
internal readonly struct RawBody(ReadOnlyMemory<byte> bytes) : IBody
{
    public void AppendTo(FrameWriter frame) => RpcWriter.AppendBody(frame, bytes);
}

/// <summary>A body that is a message.</summary>
internal readonly struct MessageBody<T>(T message) : IBody
    where T : IWireMessage<T>
{
    public void AppendTo(FrameWriter frame) => RpcWriter.Append(frame, message);
}
