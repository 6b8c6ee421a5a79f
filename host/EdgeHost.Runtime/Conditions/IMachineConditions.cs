namespace EdgeHost.Runtime.Conditions;

/// <summary>Watches battery, heat and memory pressure. Thread-safe; reading takes no lock.</summary>
public interface IMachineConditions
{
    /// <summary>The last look.</summary>
    MachineConditions Current { get; }

    /// <summary>
    /// Calls the handler after <see cref="Current"/> changed, and at every look while memory is short; outside all locks, on the thread that looked.
    /// Handlers return soon and do not throw.
    /// </summary>
    /// <param name="handler">Whom to call.</param>
    /// <returns>Ends the subscription when disposed.</returns>
    IDisposable OnChange(Action<MachineConditions> handler);
}
