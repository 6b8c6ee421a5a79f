namespace EdgeHost.Runtime.Engines;

/// <summary>Measured bytes of a session.</summary>
/// <param name="PrivateBytes">Weights and structures in memory of this process alone.</param>
/// <param name="MappedBytes">Weights that are clean pages of a mapped file, which the system may drop and read again.</param>
/// <param name="WorkingBytes">Buffers kept between runs (the arena's regions); <see cref="IEngineSession.ReleaseWorkingMemory"/> gives them back.</param>
public readonly record struct SessionMemory(long PrivateBytes, long MappedBytes, long WorkingBytes)
{
    /// <summary>What the budget is charged.</summary>
    public long TotalBytes => PrivateBytes + MappedBytes + WorkingBytes;
}
