namespace EdgeHost.Benchmarks.Transport.Cases;

/// <summary>What is measured side by side: an exchange and how many of them are in flight. Immutable.</summary>
/// <param name="Exchange">What a call carries.</param>
/// <param name="InFlight">Calls in flight on one connection.</param>
internal sealed record TransportCase(Exchange Exchange, int InFlight)
{
    /// <summary>More bytes than this in flight measure nothing but memory, so fewer calls are.</summary>
    public const int MostBytesInFlight = 32 * 1024 * 1024;

    /// <summary>Payloads of the requests that are measured, in bytes.</summary>
    public static IReadOnlyList<int> Payloads { get; } = [64, 4 * 1024, 64 * 1024, 1024 * 1024, 6 * 1024 * 1024];

    /// <summary>Its name in tables.</summary>
    public string Name => Exchange.IsLargeAnswer
        ? $"{Size(Exchange.AnswerBytes)} answer"
        : InFlight == 1 ? Size(Exchange.Payload.Length) : $"{Size(Exchange.Payload.Length)}, {InFlight} in flight";

    /// <summary>All cases with one call in flight: each payload there, then large answers.</summary>
    public static IEnumerable<TransportCase> OneInFlight()
        => Payloads.Select(bytes => new TransportCase(new Exchange(bytes), 1))
            .Concat(Payloads.Where(bytes => bytes >= 1024 * 1024).Select(bytes => new TransportCase(new Exchange(Exchange.SmallAnswerBytes, bytes), 1)));

    /// <summary>The cases in which a wake-up is most of the time, with one call in flight.</summary>
    public static IEnumerable<TransportCase> Spread() => OneInFlight().Where(measured => !measured.Exchange.IsLargeAnswer && measured.Exchange.Payload.Length <= 64 * 1024);

    /// <summary>All cases with many calls in flight; those that the bound on bytes makes equal are there once.</summary>
    public static IEnumerable<TransportCase> ManyInFlight()
        => from bytes in Payloads
           from inFlight in ((int[])[16, 256]).Select(wanted => Bounded(bytes, wanted)).Distinct()
           select new TransportCase(new Exchange(bytes), inFlight);

    /// <summary>How many calls of a size are in flight where some are wanted; at least 2.</summary>
    internal static int Bounded(int payloadBytes, int wanted) => Math.Clamp(MostBytesInFlight / payloadBytes, 2, wanted);

    private static string Size(int bytes) => bytes switch
    {
        >= 1024 * 1024 => $"{bytes / (1024 * 1024)} MiB",
        >= 1024 => $"{bytes / 1024} KiB",
        _ => $"{bytes} B",
    };
}
