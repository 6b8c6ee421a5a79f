namespace EdgeHost.ModelStore.Blobs;

/// <summary>Whether a blob is whole, and if not what was found instead: another hash, another length, or nothing (null).</summary>
internal readonly record struct BlobState(bool IsGood, string? Actual)
{
    public static BlobState Good => new(true, null);

    public static BlobState Missing => new(false, null);

    public bool IsMissing => !IsGood && Actual is null;
}
