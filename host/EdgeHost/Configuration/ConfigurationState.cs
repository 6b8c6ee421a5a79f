namespace EdgeHost.Host.Configuration;

/// <summary>How the configuration in force stands to the one that is written, for health. Thread-safe.</summary>
internal sealed class ConfigurationState
{
    private volatile string? _problem;
    private volatile IReadOnlyList<string> _waiting = [];

    /// <summary>Why a changed configuration was not taken over; null if it was.</summary>
    public string? Problem => _problem;

    /// <summary>Keys whose change waits for a restart.</summary>
    public IReadOnlyList<string> Waiting => _waiting;

    public void Kept(string problem) => _problem = problem;

    public void TakenOver(IReadOnlyList<string> waiting)
    {
        _waiting = waiting;
        _problem = null;
    }
}
