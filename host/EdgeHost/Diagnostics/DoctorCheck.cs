namespace EdgeHost.Host.Diagnostics;

/// <summary>One line of <c>edgehost doctor</c>.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Status">How it is.</param>
/// <param name="Finding">What was found.</param>
/// <param name="Remedy">How to mend it; null when nothing is to be done.</param>
internal sealed record DoctorCheck(string Name, DoctorStatus Status, string Finding, string? Remedy = null);
