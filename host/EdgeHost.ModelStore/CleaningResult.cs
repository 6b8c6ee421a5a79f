namespace EdgeHost.ModelStore;

/// <summary>What removing or pruning gave back.</summary>
/// <param name="Models">The versions removed, as <c>id@version</c>.</param>
/// <param name="Blobs">How many blobs were deleted.</param>
/// <param name="Bytes">Bytes freed, with those of interrupted pulls.</param>
public sealed record CleaningResult(IReadOnlyList<string> Models, int Blobs, long Bytes);
