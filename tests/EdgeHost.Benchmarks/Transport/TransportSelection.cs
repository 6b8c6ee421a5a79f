using EdgeHost.Benchmarks.Transport.Contenders;
using EdgeHost.Benchmarks.Transport.Peers;

namespace EdgeHost.Benchmarks.Transport;

/// <summary>Which contenders and parts run. Naming contenders alone runs all parts with them; naming parts alone runs them with all contenders.</summary>
internal sealed class TransportSelection
{
    private static readonly string[] Contenders = [PeerKinds.Raw, OursContender.Family, PeerKinds.StreamJsonRpc, PeerKinds.Grpc, PeerKinds.Json];

    private readonly IReadOnlyList<string> _contenders;
    private readonly IReadOnlyList<string> _parts;

    /// <summary>Reads what <c>--only</c> says.</summary>
    /// <exception cref="FormatException">A name is neither.</exception>
    public TransportSelection(IReadOnlyList<string> only)
    {
        var unknown = only.FirstOrDefault(name => !Contenders.Contains(name) && !TransportPart.All.Contains(name));
        if (unknown is not null) throw new FormatException($"--only {unknown}: there are {string.Join(", ", Contenders.Concat(TransportPart.All))}.");
        _contenders = [.. only.Intersect(Contenders)];
        _parts = [.. only.Intersect(TransportPart.All)];
    }

    public bool HasContender(string name) => _contenders.Count == 0 || _contenders.Contains(name);

    public bool HasPart(string name) => _parts.Count == 0 || _parts.Contains(name);
}
