namespace EdgeHost.Runtime.Dispatch;

/// <summary>Who serves which method now. Thread-safe; reading takes no lock.</summary>
public interface ICapabilityCatalog
{
    /// <summary>All methods, sorted by name.</summary>
    IReadOnlyList<CapabilityRoute> Routes { get; }

    /// <summary>The route of a method, or null.</summary>
    /// <param name="method">The method.</param>
    CapabilityRoute? Find(string method);

    /// <summary>
    /// Replaces all routes of a provider in one atomic step: a call sees either the old routes or the new ones.
    /// </summary>
    /// <param name="provider">The plugin's id, or the host's for its own methods.</param>
    /// <param name="routes">Its routes now; empty to take it out.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.AlreadyExists"/>: another provider serves one of the methods (named); nothing changes.</exception>
    void Replace(string provider, IReadOnlyList<CapabilityRoute> routes);
}
