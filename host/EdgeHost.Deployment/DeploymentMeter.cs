using System.Diagnostics.Metrics;
using EdgeHost.Deployment.Shadow;
using EdgeHost.Deployment.Versions;

namespace EdgeHost.Deployment;

/// <summary>Counters of versions, under the name <see cref="SourceName"/>. Thread-safe; disposing it ends its instruments.</summary>
public sealed class DeploymentMeter : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string SourceName = "EdgeHost.Deployment";

    private readonly Meter _meter = new(SourceName);
    private readonly Counter<long> _shadow;
    private readonly Counter<long> _moves;

    /// <summary>Creates the instruments.</summary>
    public DeploymentMeter()
    {
        _shadow = _meter.CreateCounter<long>(
            "edgehost.version.shadow_steps", "{step}", "Steps in shadow by result: compared, failed, or dropped (busy, size, kind, conditions).");
        _moves = _meter.CreateCounter<long>("edgehost.version.moves", "{move}", "Versions that changed their state, by state and by who decided.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Compared(bool hasFailed) => _shadow.Add(1, new KeyValuePair<string, object?>("result", hasFailed ? "failed" : "compared"));

    internal void Dropped(ShadowDrop why) => _shadow.Add(1, new KeyValuePair<string, object?>("result", why switch
    {
        ShadowDrop.Busy => "busy",
        ShadowDrop.Size => "size",
        ShadowDrop.Kind => "kind",
        _ => "conditions",
    }));

    internal void Moved(VersionState to, VersionActor actor)
        => _moves.Add(1, new("state", to.ToString()), new("actor", actor.ToString()));
}
