using EdgeHost.Runtime.Models;

namespace EdgeHost.Runtime.Devices;

/// <summary>
/// What the policies make of this machine's devices for one model: whom it may use, in which order, and why. The devices do not change while the host
/// runs, so a plan is made once. Immutable but for what <see cref="DevicePlacement"/> remembers in it.
/// </summary>
internal sealed class PlacementPlan
{
    private static readonly DeviceKind[] Efficient = [DeviceKind.Npu, DeviceKind.Gpu, DeviceKind.Cpu];

    private readonly List<DeviceKind> _order = [];
    private readonly HashSet<DeviceKind> _here;
    private readonly string _who;
    private readonly bool _hasLastResort;

    public PlacementPlan(
        ModelArtifact artifact, string app, DevicePolicy? modelPolicy, DevicePolicy? appPolicy, bool isEfficient, IReadOnlyList<DeviceDescription> devices)
    {
        Model = $"{artifact.Id}@{artifact.Version}";
        PreferredDevices = artifact.PreferredDevices;
        _here = [.. devices.Select(static device => device.Kind)];
        var require = First(appPolicy?.Require, modelPolicy?.Require);
        var prefer = First(appPolicy?.Prefer, modelPolicy?.Prefer);
        var avoid = First(appPolicy?.Avoid, modelPolicy?.Avoid);
        var own = isEfficient ? artifact.PreferredDevices.Concat([DeviceKind.Cpu]).Distinct().OrderBy(static kind => Array.IndexOf(Efficient, kind)) : artifact.PreferredDevices.AsEnumerable();
        _order = [.. prefer.Concat(own).Concat(require).Where(kind => require.Count == 0 || require.Contains(kind)).Distinct()];
        if (require.Count == 0 && !_order.Contains(DeviceKind.Cpu))
        {
            _order.Add(DeviceKind.Cpu);
            _hasLastResort = true;
        }

        Required = require.Count == 0 ? null : Names(require);
        RequiredBy = require.Count == 0 ? null : ReferenceEquals(require, appPolicy?.Require) ? $"the policy of app '{app}'" : $"the policy of model '{artifact.Id}'";
        _who = RequiredBy is not null ? $"{RequiredBy} requires"
            : prefer.Count > 0 ? (ReferenceEquals(prefer, appPolicy?.Prefer) ? $"the policy of app '{app}' prefers" : "the policy of the model prefers")
            : isEfficient ? "efficiency comes first, and the model may use"
            : "the model prefers";
        Candidates =
        [
            .. devices
                .Where(device => _order.Contains(device.Kind))
                .Select(device => Candidate(device, avoid.Contains(device.Kind)))
                .OrderBy(static candidate => candidate.Rank),
        ];
    }

    /// <summary>The model as <c>id@version</c>.</summary>
    public string Model { get; }

    /// <summary>The order of the artifact that the plan was made for.</summary>
    public IReadOnlyList<DeviceKind> PreferredDevices { get; }

    /// <summary>Allowed devices that this machine has, best first; those of one kind in the engine's order.</summary>
    public PlacementCandidate[] Candidates { get; }

    /// <summary>The kinds that a policy requires, for a person; null without one.</summary>
    public string? Required { get; }

    /// <summary>Whose policy requires them; null without one.</summary>
    public string? RequiredBy { get; }

    /// <summary>The state of the candidates as last seen; replaced when a device's health changes.</summary>
    public PlacementView? View { get; set; }

    /// <summary>Whether its devices were tested.</summary>
    public bool IsPrepared { get; set; }

    /// <summary>The device that was last told of, or null before the first placement.</summary>
    public string? LastPlaced { get; set; }

    /// <summary>When it was told of; guarded by the plan's own lock.</summary>
    public long LastPlacedAt { get; set; }

    /// <summary>When a refusal was last told of, or null before the first; guarded by the plan's own lock.</summary>
    public long? LastRefusedAt { get; set; }

    public Lock Gate { get; } = new();

    public static string Name(DeviceKind kind) => kind switch
    {
        DeviceKind.Npu => "NPU",
        DeviceKind.Gpu => "GPU",
        _ => "CPU",
    };

    private static IList<DeviceKind> First(IList<DeviceKind>? app, IList<DeviceKind>? model) => app is { Count: > 0 } ? app : model ?? [];

    private static string Names(IEnumerable<DeviceKind> kinds) => string.Join(" or ", kinds.Select(Name));

    private PlacementCandidate Candidate(DeviceDescription device, bool isAvoided)
    {
        var rank = _order.IndexOf(device.Kind);
        return new PlacementCandidate(device, isAvoided ? _order.Count + rank : rank, isAvoided, Explain(rank));
    }

    private string Explain(int rank)
    {
        var kind = _order[rank];
        var before = _order[..rank];
        var isLastResort = _hasLastResort && rank == _order.Count - 1;
        if (before.Count == 0) return $"{_who} {Name(kind)}";
        if (!before.Exists(_here.Contains))
        {
            return isLastResort
                ? $"this machine has none of the kinds that {_who} ({string.Join(", ", before.Select(Name))})"
                : $"{_who} {string.Join(", then ", before.Select(Name))}, which this machine does not have, then {Name(kind)}";
        }

        var missing = before.Where(candidate => !_here.Contains(candidate)).Select(Name).ToList();
        var lacks = missing.Count == 0 ? string.Empty : $" (this machine has no {string.Join(", no ", missing)})";
        return isLastResort
            ? $"{_who} {string.Join(", then ", before.Select(Name))}{lacks}, and the processor is the last resort"
            : $"{_who} {string.Join(", then ", _order[..(rank + 1)].Select(Name))}{lacks}";
    }
}
