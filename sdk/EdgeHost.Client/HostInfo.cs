using EdgeHost.Protocol;

namespace EdgeHost.Client;

/// <summary>What the host said in hello. Immutable.</summary>
/// <param name="Version">The host's version.</param>
/// <param name="Session">The id of this connection, as it appears in the host's log.</param>
/// <param name="Limits">The limits that apply.</param>
/// <param name="Grants">What the app may call: methods, or patterns with a star.</param>
/// <param name="StreamCredit">Items of a stream that may be under way at once.</param>
/// <param name="ProcessId">The host's process, or -1 where the platform does not say.</param>
public sealed record HostInfo(
    string Version, string Session, HostLimits Limits, IReadOnlyList<string> Grants, int StreamCredit, long ProcessId)
{
    /// <summary>Names this run of the host: another one has forgotten idempotency keys. Empty from hosts that do not say.</summary>
    public string Instance { get; init; } = string.Empty;
}
