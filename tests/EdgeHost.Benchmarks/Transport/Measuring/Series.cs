using EdgeHost.Benchmarks.Figures;

namespace EdgeHost.Benchmarks.Transport.Measuring;

/// <summary>All slices of one contender in one case. Not thread-safe.</summary>
/// <param name="contender">Its name.</param>
internal sealed class Series(string contender)
{
    private readonly List<Slice> _slices = [];
    private Samples? _pooled;

    public string Contender { get; } = contender;

    public IReadOnlyList<Slice> Slices => _slices;

    /// <summary>The latencies of all rounds together.</summary>
    public Samples Pooled => _pooled ??= Pool();

    /// <summary>Managed bytes a call, this process and the other.</summary>
    public (double Client, double Server) BytesACall => (PerCall(slice => slice.Client.AllocatedBytes), PerCall(slice => slice.Server.AllocatedBytes));

    /// <summary>Microseconds of processor time a call, both processes.</summary>
    public double CpuACall => PerCall(slice => slice.Client.CpuMicroseconds + slice.Server.CpuMicroseconds);

    /// <summary>Calls a second over all rounds.</summary>
    public double CallsASecond => _slices.Sum(slice => slice.Calls) / _slices.Sum(slice => slice.Seconds);

    public void Add(Slice slice)
    {
        _slices.Add(slice);
        _pooled = null;
    }

    private double PerCall(Func<Slice, long> value) => (double)_slices.Sum(value) / _slices.Sum(slice => slice.Calls);

    private Samples Pool()
    {
        var pooled = new Samples();
        foreach (var slice in _slices) pooled.Add(slice.Latencies);
        return pooled;
    }
}
