namespace EdgeHost.ModelStore.Blobs;

/// <summary>What a pull says of a disk that became full.</summary>
internal static class DiskFull
{
    public static EdgeHostException While(string what, Exception cause) => new(
        ErrorCode.ResourceExhausted,
        $"The disk became full while writing {what}. Free some space and pull again: what is complete so far is kept.",
        cause);
}
