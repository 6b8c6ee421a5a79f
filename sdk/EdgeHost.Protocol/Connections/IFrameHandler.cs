using EdgeHost.Protocol.Frames;

namespace EdgeHost.Protocol.Connections;

/// <summary>What a connection hands its frames to. Called by the thread that reads; must be quick and never wait.</summary>
internal interface IFrameHandler
{
    /// <summary>Handles one frame.</summary>
    /// <param name="frame">The frame, a view that is valid until this returns.</param>
    /// <param name="reader">Detaches what must live longer.</param>
    /// <returns>Whether the thread still reads; false only after <see cref="FrameConnection.RunWhileReading"/> said so.</returns>
    /// <exception cref="EdgeHostException">The frame makes no sense; the connection closes with this reason.</exception>
    bool OnFrame(ReadOnlyMemory<byte> frame, FrameReader reader);

    /// <summary>The stream cannot be followed any further; the connection closes with this reason next. A last chance to send an error.</summary>
    /// <param name="error">What is wrong.</param>
    /// <param name="beginning">The first bytes of the frame in question.</param>
    void OnBroken(EdgeHostException error, ReadOnlySpan<byte> beginning);

    /// <summary>The work on the reading thread takes so long that another thread reads now; on any thread, while the work goes on.</summary>
    void OnWorkTookLong();

    /// <summary>The connection ended; called once, last.</summary>
    /// <param name="reason">Why.</param>
    void OnClosed(CloseReason reason);
}
