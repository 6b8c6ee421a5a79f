using System.Globalization;

namespace EdgeHost.Benchmarks.Bookkeeping;

/// <summary>What a call costs over the bare run, medians of batches.</summary>
/// <param name="Microseconds">Time.</param>
/// <param name="Bytes">Managed memory, all threads.</param>
internal readonly record struct Cost(double Microseconds, double Bytes)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Microseconds:F1} us, {Bytes:F0} B");
}
