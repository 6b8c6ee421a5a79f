namespace EdgeHost.Plugins.Health.Signals.Wfdb;

/// <summary>One signal of a record, as its header describes it.</summary>
/// <param name="FileName">The file it is in, a plain name.</param>
/// <param name="Format">16 or 212.</param>
/// <param name="Gain">Converter units for one physical unit; never 0.</param>
/// <param name="Baseline">The converter's value of physical zero.</param>
/// <param name="Unit">The physical unit, "mV" where the header says none.</param>
/// <param name="Description">What it is, such as the lead's name; may be empty.</param>
public sealed record WfdbSignal(string FileName, int Format, double Gain, int Baseline, string Unit, string Description);
