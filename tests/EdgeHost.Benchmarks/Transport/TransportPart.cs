namespace EdgeHost.Benchmarks.Transport;

/// <summary>What <c>--only</c> may name besides contenders.</summary>
internal static class TransportPart
{
    public const string One = "one";
    public const string Many = "many";
    public const string Behind = "behind";
    public const string Audio = "audio";
    public const string Idle = "idle";

    /// <summary>All parts.</summary>
    public static IReadOnlyList<string> All { get; } = [One, Many, Behind, Audio, Idle];
}
