namespace EdgeHost.Benchmarks.Transport;

/// <summary>What <c>--only</c> may name besides contenders.</summary>
internal static class TransportPart
{
    /// <summary>One call in flight, both processes on one core: what the calls themselves cost.</summary>
    public const string One = "one";

    /// <summary>Small calls, one in flight, wherever the system runs the processes.</summary>
    public const string Spread = "spread";

    public const string Many = "many";
    public const string Behind = "behind";
    public const string Audio = "audio";
    public const string Idle = "idle";

    /// <summary>All parts.</summary>
    public static IReadOnlyList<string> All { get; } = [One, Spread, Many, Behind, Audio, Idle];
}
