using EdgeHost.Protocol;
using EdgeHost.Protocol.Frames;

namespace EdgeHost.Client.Calls;

/// <summary>A call that waits for its response. Whoever takes it out of the <see cref="CallTable"/> completes it, once.</summary>
internal abstract class PendingCall
{
    /// <summary>Whether its caller blocks and reads the connection himself, so that nobody else needs to.</summary>
    public virtual bool ReadsItself => false;

    /// <summary>Whether it counts among the calls that the host takes at once.</summary>
    public virtual bool HoldsSlot => true;

    /// <summary>What the host explained, if it was asked to.</summary>
    public CallInfo? Info { get; set; }

    /// <summary>Completes the call with a result; on the reading thread.</summary>
    /// <param name="result">A view of the result.</param>
    /// <param name="reader">Detaches it.</param>
    /// <returns>What goes on now, for the reading thread to run or to pass on; null if nobody awaits.</returns>
    public abstract IThreadPoolWorkItem? Complete(ReadOnlyMemory<byte> result, FrameReader reader);

    /// <summary>Takes an item; on the reading thread.</summary>
    /// <param name="item">A view of the item.</param>
    /// <exception cref="EdgeHostException">The call takes none, or none any more; it fails with this.</exception>
    public abstract void Accept(ReadOnlyMemory<byte> item);

    /// <summary>Allows items to be pushed; a call that pushes none takes no notice.</summary>
    public virtual void AddCredit(int items)
    {
    }

    /// <summary>Completes the call with an error.</summary>
    public abstract void Fail(Exception error);
}
