namespace EdgeHost.Runtime.Heap;

/// <summary>The process's managed heap; a seam for tests. Thread-safe.</summary>
internal interface IManagedHeap
{
    /// <summary>Bytes that were allocated since the process began.</summary>
    long AllocatedBytes { get; }

    /// <summary>Bytes that the heap has of the system, as of the last collection.</summary>
    long CommittedBytes { get; }

    /// <summary>Calls back once, after the next collection of any part of the heap, on the thread of finalizers. A process that does nothing has none.</summary>
    /// <param name="collected">Returns at once and throws nothing.</param>
    void OnNextCollection(Action collected);

    /// <summary>Collects everything, and gives the memory back. Stops all threads meanwhile.</summary>
    void GiveBack();
}
