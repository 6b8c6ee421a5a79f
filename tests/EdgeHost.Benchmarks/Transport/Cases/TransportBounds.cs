using EdgeHost.Benchmarks.Figures;

namespace EdgeHost.Benchmarks.Transport.Cases;

/// <summary>What is wanted of ours: the least that it must reach, and what it should.</summary>
internal static class TransportBounds
{
    private const int KiB = 1024;
    private const int MiB = 1024 * KiB;

    /// <summary>The p50 of one call over raw, the payload over the socket.</summary>
    public static (Bound? Must, Bound? Aim) Socket(int payloadBytes) => payloadBytes switch
    {
        64 or 4 * KiB => AtMost(1.5, 1.15),
        64 * KiB => AtMost(1.5, 1.25),
        MiB => AtMost(1.4, 1.15),
        6 * MiB => AtMost(1.3, 1.1),
        _ => default,
    };

    /// <summary>The same where the payload goes through shared memory, copied there by the call.</summary>
    public static (Bound? Must, Bound? Aim) Region(int payloadBytes) => payloadBytes switch
    {
        64 * KiB => AtMost(1.0, 0.75),
        MiB => AtMost(0.4, 0.3),
        6 * MiB => AtMost(0.3, 0.2),
        _ => default,
    };

    /// <summary>The same where the payload was made in shared memory.</summary>
    public static (Bound? Must, Bound? Aim) InPlace(int payloadBytes) => payloadBytes switch
    {
        64 * KiB => AtMost(0.8, 0.6),
        MiB => AtMost(0.12, 0.08),
        6 * MiB => AtMost(0.03, 0.02),
        _ => default,
    };

    /// <summary>Managed bytes a call of both processes.</summary>
    public static (Bound? Must, Bound? Aim) Allocation(int payloadBytes) => payloadBytes switch
    {
        64 => AtMost(300, 16),
        6 * MiB => AtMost(4 * KiB, KiB),
        _ => default,
    };

    /// <summary>Processor time of both processes over raw.</summary>
    public static (Bound? Must, Bound? Aim) Cpu => AtMost(2, 1.3);

    /// <summary>Calls a second on one connection over raw pipelining.</summary>
    public static (Bound? Must, Bound? Aim) Throughput(int payloadBytes, int inFlight) => (payloadBytes, inFlight) switch
    {
        (64, 16) => AtLeast(0.5, 0.8),
        (64, 256) => AtLeast(0.3, 0.6),
        _ => default,
    };

    private static (Bound? Must, Bound? Aim) AtMost(double must, double aim) => (Bound.AtMost(must), Bound.AtMost(aim));

    private static (Bound? Must, Bound? Aim) AtLeast(double must, double aim) => (Bound.AtLeast(must), Bound.AtLeast(aim));
}
