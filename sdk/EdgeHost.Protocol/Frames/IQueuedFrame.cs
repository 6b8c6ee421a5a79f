namespace EdgeHost.Protocol.Frames;

/// <summary>Wants to know when a frame of its own takes its place in the queue of what is sent.</summary>
internal interface IQueuedFrame
{
    /// <summary>It has; called under the connection's lock, so be quick.</summary>
    void OnQueued();
}
