namespace EdgeHost.Ipc.Idempotency;

/// <summary>What one app has in the store. Used while the store is locked.</summary>
internal sealed class AppShare
{
    /// <summary>Calls that run or whose outcome is kept.</summary>
    public int Calls { get; set; }

    /// <summary>Bytes of kept outcomes.</summary>
    public long Bytes { get; set; }

    /// <summary>The kept outcomes, the oldest first.</summary>
    public Queue<LinkedListNode<CallKey>> Kept { get; } = new();
}
