namespace EdgeHost.Plugins.Health.Signals.Glucose;

/// <summary>Finds episodes: at least 15 minutes beyond the limit, ended by at least 15 minutes back within it. A gap of more than 30 minutes ends one too. Thread-safe.</summary>
public static class GlucoseEpisodes
{
    // Readings come every five minutes give or take some seconds: three of them span ten and stand for fifteen.
    private static readonly TimeSpan Lasting = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan MostGap = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    /// <summary>Finds the episodes of one kind.</summary>
    /// <param name="readings">In order of time.</param>
    /// <param name="kind">Which.</param>
    /// <param name="interval">For how long a reading stands; five minutes where null.</param>
    public static IReadOnlyList<GlucoseEpisode> Find(IReadOnlyList<GlucoseReading> readings, GlucoseEpisodeKind kind, TimeSpan? interval = null)
    {
        ArgumentNullException.ThrowIfNull(readings);
        var stands = interval ?? TimeSpan.FromMinutes(5);
        var episodes = new List<GlucoseEpisode>();
        DateTimeOffset? start = null, back = null;
        var (last, extreme) = (DateTimeOffset.MinValue, 0.0);
        // From the first reading beyond to the end of the last one beyond before it came back.
        void Close(DateTimeOffset end, bool goesOn)
        {
            if (start is { } from && end - from >= Lasting - Tolerance) episodes.Add(new GlucoseEpisode(kind, from, end, extreme, goesOn));
            (start, back) = (null, null);
        }

        foreach (var reading in readings.Where(GlucoseAnalyzer.IsPlausible))
        {
            if (start is not null && reading.Time - last > MostGap) Close(back ?? last + stands, goesOn: false);
            if (IsBeyond(reading.MgPerDl, kind))
            {
                extreme = start is null ? reading.MgPerDl : kind is GlucoseEpisodeKind.Low or GlucoseEpisodeKind.VeryLow ? Math.Min(extreme, reading.MgPerDl) : Math.Max(extreme, reading.MgPerDl);
                start ??= reading.Time;
                back = null;
            }
            else if (start is not null)
            {
                back ??= reading.Time;
                if (reading.Time + stands - back.Value >= Lasting - Tolerance) Close(back.Value, goesOn: false);
            }

            last = reading.Time;
        }

        if (start is not null) Close(back ?? last + stands, goesOn: true);
        return episodes;
    }

    private static bool IsBeyond(double value, GlucoseEpisodeKind kind) => kind switch
    {
        GlucoseEpisodeKind.Low => value < 70,
        GlucoseEpisodeKind.VeryLow => value < GlucoseTargets.VeryLow,
        GlucoseEpisodeKind.High => value > 180,
        GlucoseEpisodeKind.VeryHigh => value > GlucoseTargets.VeryHigh,
        _ => throw new EdgeHostException(ErrorCode.InvalidArgument, $"There is no kind of episode {kind}."),
    };
}
