namespace PhotoShelf;

/// <summary>What a run did.</summary>
/// <param name="Looked">Photos that were looked at.</param>
/// <param name="Known">Photos that had not changed.</param>
/// <param name="Failed">Files that are no photos, or damaged.</param>
/// <param name="Missing">What the host could not do, and how to enable it.</param>
internal sealed record Report(int Looked, int Known, IReadOnlyList<(string File, string Problem)> Failed, IReadOnlyList<string> Missing);
