namespace EdgeHost.Benchmarks.Figures;

/// <summary>One measured number of one run.</summary>
/// <param name="Name">What it is; the same in each run.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit; empty for a ratio.</param>
/// <param name="Must">What it must be, or null where it is printed to be compared with.</param>
/// <param name="Aim">What it should be, or null.</param>
internal sealed record Figure(string Name, double Value, string Unit = "", Bound? Must = null, Bound? Aim = null);
