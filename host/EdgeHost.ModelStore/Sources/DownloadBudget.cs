using EdgeHost.ModelStore.Blobs;

namespace EdgeHost.ModelStore.Sources;

/// <summary>What is left of the bytes that one import may fetch. Not thread-safe.</summary>
internal sealed class DownloadBudget(long bytes)
{
    public long Left { get; private set; } = bytes;

    /// <summary>Takes what was fetched.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: more than is left.</exception>
    public void Take(string what, long taken)
    {
        if (taken > Left) throw Exceeded(what, Left);
        Left -= taken;
    }

    public static EdgeHostException Exceeded(string what, long left) => new(
        ErrorCode.ResourceExhausted,
        $"{what} is larger than the {ByteText.Of(left)} that this import may still fetch. Raise {ModelStoreOptions.Section}:{nameof(ModelStoreOptions.MaxImportBytes)} if that is meant.");
}
