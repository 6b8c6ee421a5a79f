namespace EdgeHost.Learning.Examples;

/// <summary>What became of the examples of one recording; all are on the disk.</summary>
/// <param name="Accepted">New ones.</param>
/// <param name="Duplicates">Those that were there with the same label, or that had none to add; kept once.</param>
/// <param name="Relabelled">Those that were there without a label or with another one, and have the new one now.</param>
/// <param name="Examples">How many the app has now.</param>
/// <param name="Bytes">Their bytes.</param>
public sealed record RecordResult(int Accepted, int Duplicates, int Relabelled, long Examples, long Bytes);
