namespace EdgeHost.Wfdb;

/// <summary>How a record is put together: what it is as a whole, and the place of each segment's signals in it. Immutable.</summary>
/// <param name="Header">The record as if it were of one segment.</param>
/// <param name="Segments">What is read one after the other.</param>
internal sealed record WfdbPlan(WfdbHeader Header, IReadOnlyList<WfdbPlan.Segment> Segments)
{
    /// <summary>The plan of an ordinary record.</summary>
    public static WfdbPlan Of(WfdbHeader header) => new(header, [new Segment(header, header.SampleCount, [.. Enumerable.Range(0, header.Signals.Count)])]);

    /// <summary>The plan of a record of several segments.</summary>
    /// <param name="master">Its header.</param>
    /// <param name="read">Reads the header of a segment.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the segments do not fit together.</exception>
    public static WfdbPlan Of(WfdbMasterHeader master, Func<string, WfdbHeader> read)
    {
        // A segment may be there many times.
        var headers = new Dictionary<string, WfdbHeader>(StringComparer.Ordinal);
        foreach (var segment in master.Segments.Where(static segment => !segment.IsNull))
        {
            if (!headers.TryGetValue(segment.Name, out var header)) headers[segment.Name] = header = read(segment.Name);
            Check(master, segment, header);
        }

        var layout = master.HasLayout ? headers[master.Segments[0].Name] : null;
        var parts = master.Segments.Skip(layout is null ? 0 : 1).ToList();
        if (parts.Find(static segment => !segment.IsNull) is not { } first) throw new EdgeHostException(ErrorCode.InvalidArgument, $"The record '{master.Name}' has nothing but gaps.");
        var signals = (layout ?? headers[first.Name]).Signals.ToArray();
        Require.That(signals.Length == master.SignalCount, $"The record '{master.Name}' has {master.SignalCount} signals by its header, and {signals.Length} by that of '{(layout is null ? first.Name : layout.Name)}'.");
        var segments = new List<Segment>(parts.Count);
        foreach (var part in parts)
        {
            var header = part.IsNull ? null : headers[part.Name];
            int[] columns = header is null ? [] : layout is null ? InOrder(master, header) : ByDescription(header, signals);
            for (var i = 0; i < columns.Length; i++) signals[columns[i]] = Join(signals[columns[i]], header!.Signals[i], header, layout is not null);
            segments.Add(new Segment(header, part.SampleCount, columns));
        }

        return new WfdbPlan(new WfdbHeader(master.Name, master.RateHz, master.SampleCount, master.Start, signals), segments);
    }

    private static void Check(WfdbMasterHeader master, WfdbSegment segment, WfdbHeader header)
    {
        Require.That(header.RateHz == master.RateHz, $"The segment '{segment.Name}' has {header.RateHz} samples a second; the record '{master.Name}' has {master.RateHz}.");
        Require.That(
            (header.SampleCount ?? segment.SampleCount) == segment.SampleCount,
            $"The segment '{segment.Name}' has {header.SampleCount} samples by its own header, and {segment.SampleCount} by that of the record '{master.Name}'.");
    }

    private static int[] InOrder(WfdbMasterHeader master, WfdbHeader header)
    {
        Require.That(
            header.Signals.Count == master.SignalCount,
            $"The segment '{header.Name}' has {header.Signals.Count} signals; the record '{master.Name}' has {master.SignalCount} and no layout, which would say which of them are missing.");
        return [.. Enumerable.Range(0, header.Signals.Count)];
    }

    // Of several signals of one description, the first one of a segment is the first one of the layout.
    private static int[] ByDescription(WfdbHeader header, WfdbSignal[] layout)
    {
        var columns = new int[header.Signals.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            var name = header.Signals[i].Description;
            columns[i] = Array.FindIndex(layout, 0, one => one.Description == name);
            for (var k = 0; k < i && columns[i] >= 0; k++)
            {
                if (columns[k] == columns[i]) columns[i] = Array.FindIndex(layout, columns[i] + 1, one => one.Description == name);
            }

            Require.That(columns[i] >= 0, $"The segment '{header.Name}' has a signal '{name}', or one more of them, that the record's layout has not.");
        }

        return columns;
    }

    // Gains and baselines may differ, as samples are read in physical units; what they are of may not. A null signal without a layout says nothing of what it stands for.
    private static WfdbSignal Join(WfdbSignal known, WfdbSignal added, WfdbHeader header, bool hasLayout)
    {
        if (added.IsNull) return known;
        Require.That(
            (known.IsNull && !hasLayout) || (added.Unit == known.Unit && added.Description == known.Description),
            $"The segment '{header.Name}' has '{added.Description}' in '{added.Unit}' where the record has '{known.Description}' in '{known.Unit}'.");
        return known.IsNull ? added : known;
    }

    /// <summary>One stretch of the record.</summary>
    /// <param name="Header">The header of its files, or null for a gap.</param>
    /// <param name="Frames">Its frames, or null where only the files' ends tell.</param>
    /// <param name="Columns">For each of its signals, the place in a frame of the record.</param>
    internal sealed record Segment(WfdbHeader? Header, long? Frames, IReadOnlyList<int> Columns);
}
