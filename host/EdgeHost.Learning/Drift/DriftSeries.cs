namespace EdgeHost.Learning.Drift;

/// <summary>
/// One measure of one version: its first calls are the reference, whose tenths are the bins; the later ones are counted in them with weights that fade over as
/// many calls. Compared by the population stability index, Σ (q − p) · ln(q / p) over the bins (N. Siddiqi, Credit Risk Scorecards, 2006, which has the thresholds
/// 0.1 and 0.25 too); half a call is added to every bin, so that an empty one is no infinity. Not thread-safe.
/// </summary>
internal sealed class DriftSeries(int referenceCalls)
{
    public const double ModerateFrom = 0.1;
    public const double ShiftedFrom = 0.25;

    private const byte Form = 1;
    private const int Bins = 10;
    private const double Smoothing = 0.5;

    private readonly List<double> _reference = [];
    private double[]? _edges;
    private double[] _expected = [];
    private double[] _current = [];
    private long _calls;

    /// <summary>Calls seen.</summary>
    public long Calls => _calls;

    /// <summary>Counts a call.</summary>
    public void Add(double value)
    {
        _calls++;
        if (_edges is null)
        {
            _reference.Add(value);
            if (_reference.Count >= referenceCalls) Close();
            return;
        }

        var fading = 1 - (1.0 / referenceCalls);
        for (var i = 0; i < _current.Length; i++) _current[i] *= fading;
        _current[BinOf(value)]++;
    }

    /// <summary>The index, or null while there are too few calls behind the reference.</summary>
    public double? Index()
    {
        if (_edges is null || _calls < referenceCalls + (referenceCalls / 2)) return null;
        var (expected, current) = (_expected.Sum() + (Smoothing * _expected.Length), _current.Sum() + (Smoothing * _current.Length));
        var index = 0.0;
        for (var i = 0; i < _expected.Length; i++)
        {
            var (p, q) = ((_expected[i] + Smoothing) / expected, (_current[i] + Smoothing) / current);
            index += (q - p) * Math.Log(q / p);
        }

        return index;
    }

    /// <summary>What an index says.</summary>
    public static DriftState StateOf(double? index) => index switch
    {
        null => DriftState.Collecting,
        < ModerateFrom => DriftState.Stable,
        <= ShiftedFrom => DriftState.Moderate,
        _ => DriftState.Shifted,
    };

    /// <summary>All of it in bytes.</summary>
    public byte[] Save()
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            writer.Write(Form);
            writer.Write(_calls);
            foreach (var part in new[] { _edges is null ? [.. _reference] : [], _edges ?? [], _expected, _current })
            {
                writer.Write(part.Length);
                foreach (var value in part) writer.Write(value);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Takes over what was saved; bytes that are none, or of another reference, are left alone.</summary>
    public static DriftSeries Load(byte[] saved, int referenceCalls)
    {
        var series = new DriftSeries(referenceCalls);
        try
        {
            using var reader = new BinaryReader(new MemoryStream(saved, writable: false));
            if (reader.ReadByte() != Form) return series;
            var calls = reader.ReadInt64();
            var parts = new double[4][];
            for (var i = 0; i < parts.Length; i++) parts[i] = Values(reader, saved.Length);
            var isClosed = parts[2].Length > 0;
            if (isClosed && (parts[2].Length != parts[1].Length + 1 || parts[3].Length != parts[2].Length)) return series;
            if (!isClosed)
            {
                foreach (var value in parts[0]) series.Add(value);
                return series;
            }

            (series._edges, series._expected, series._current, series._calls) = (parts[1], parts[2], parts[3], calls);
            return series;
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            return new DriftSeries(referenceCalls);
        }
    }

    private static double[] Values(BinaryReader reader, int most)
    {
        var count = reader.ReadInt32();
        if (count < 0 || count > most / sizeof(double)) throw new InvalidDataException("More values than bytes.");
        var values = new double[count];
        for (var i = 0; i < count; i++) values[i] = reader.ReadDouble();
        return values;
    }

    private void Close()
    {
        var sorted = _reference.Order().ToArray();
        _edges = [.. Enumerable.Range(1, Bins - 1).Select(i => sorted[i * sorted.Length / Bins]).Distinct()];
        _expected = new double[_edges.Length + 1];
        _current = new double[_edges.Length + 1];
        foreach (var value in sorted) _expected[BinOf(value)]++;
        _reference.Clear();
        _reference.TrimExcess();
    }

    private int BinOf(double value)
    {
        var at = Array.BinarySearch(_edges!, value);
        return at < 0 ? ~at : at + 1;
    }
}
