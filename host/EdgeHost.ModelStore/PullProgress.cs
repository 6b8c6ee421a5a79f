namespace EdgeHost.ModelStore;

/// <summary>A moment of a pull. Within one pull <see cref="BytesDone"/> never falls.</summary>
/// <param name="Model">The model's id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Phase">What is being done.</param>
/// <param name="File">The file or package concerned, or null.</param>
/// <param name="BytesDone">Bytes of the model's files that are here, 0 to <paramref name="BytesTotal"/>.</param>
/// <param name="BytesTotal">Bytes of all files of the variant.</param>
/// <param name="PackageBytes">
/// While a package is received: its bytes so far. The client does not say how many there will be, so a bar is indeterminate
/// then; <paramref name="BytesDone"/> moves on when the package is unpacked. Null otherwise.
/// </param>
public sealed record PullProgress(
    string Model, string Version, PullPhase Phase, string? File, long BytesDone, long BytesTotal, long? PackageBytes);
