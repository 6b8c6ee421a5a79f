using EdgeHost.Runtime.Decisions;

namespace EdgeHost.Runtime.Models;

/// <summary>
/// What was decided under the pool's lock and is done after it: sessions to dispose, decisions to tell. Mutable and passed by reference; nothing is
/// allocated where nothing was decided, which is every ordinary call.
/// </summary>
internal struct PoolEffects
{
    /// <summary>Models whose session nobody uses any more; null for none.</summary>
    public List<ModelEntry>? Unloads { get; private set; }

    /// <summary>For the decision log; null for none.</summary>
    public List<(DecisionKind Kind, string Subject, string? App, string Text)>? Decisions { get; private set; }

    /// <summary>Versions that wait and may be loaded now that the old one is idle; null for none.</summary>
    public List<VersionSwitch>? Switches { get; private set; }

    /// <summary>Whether buffers of idle sessions should be given back now, since the ledger is over its budget.</summary>
    public bool ReleaseWorkingMemory { get; set; }

    /// <summary>When the upkeep is wanted at the latest; null where it is not.</summary>
    public DateTimeOffset? UpkeepAt { get; set; }

    public void Unload(ModelEntry entry) => (Unloads ??= []).Add(entry);

    public void Decide(DecisionKind kind, string subject, string? app, string text) => (Decisions ??= []).Add((kind, subject, app, text));

    public void Switch(VersionSwitch change) => (Switches ??= []).Add(change);
}
