namespace EdgeHost.Runtime.Heap;

/// <summary>The heap of this process.</summary>
internal sealed class ManagedHeap : IManagedHeap
{
    public long AllocatedBytes => GC.GetTotalAllocatedBytes();

    public long CommittedBytes => GC.GetGCMemoryInfo().TotalCommittedBytes;

    public void OnNextCollection(Action collected) => _ = new Sentinel(collected);

    public void GiveBack() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    // Nobody refers to it, so the next collection, which is of the youngest objects at least, finds it.
    private sealed class Sentinel(Action collected)
    {
#pragma warning disable MA0055 // There is no other notice of collections that costs nothing while there are none.
        ~Sentinel()
#pragma warning restore MA0055
        {
            if (!Environment.HasShutdownStarted) collected();
        }
    }
}
