using System.Collections.Concurrent;
using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Decisions;
using EdgeHost.Runtime.Models;
using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Devices;

/// <summary>
/// Chooses devices: plans and their texts are made once for each model and policy and kept until a device's health changes, so that a choice costs a
/// dictionary look-up and, where there is a choice, the costs. Which of several devices finishes first is decided in <see cref="PlacementChoice"/>.
/// </summary>
internal sealed partial class DevicePlacement : IDevicePlacement, IDisposable
{
    /// <summary>Plans kept; more than any machine has models and policies. Beyond it all are made afresh.</summary>
    private const int PlanLimit = 4096;

    /// <summary>Costs kept on the stack; a machine with more devices uses the heap.</summary>
    private const int StackDevices = 16;

    private readonly IDeviceDirectory _directory;
    private readonly IDeviceHealth _health;
    private readonly IMachineConditions _conditions;
    private readonly TimeProvider _time;
    private readonly IDecisionLog _decisions;
    private readonly ConcurrentDictionary<PlacementKey, PlacementPlan> _plans = new();
    private readonly IDisposable _subscription;
    private volatile DeviceOptions _options;
    private int _generation;

    public DevicePlacement(
        IDeviceDirectory directory,
        IDeviceHealth health,
        IMachineConditions conditions,
        IOptions<EdgeHostRuntimeOptions> options,
        TimeProvider time,
        IDecisionLog decisions)
    {
        _directory = directory;
        _health = health;
        _conditions = conditions;
        _options = options.Value.Devices;
        _time = time;
        _decisions = decisions;
        _subscription = health.OnChange(_ => Interlocked.Increment(ref _generation));
    }

    private PlacementMode Mode => _conditions.Current.IsOnBattery ? _options.ModeOnBattery : _options.Mode;

    public Placement Choose(PlacementRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var mode = Mode;
        var plan = PlanFor(request.Artifact, request.App, mode);
        var view = ViewOf(plan, request);
        if (view.Eligible.Length == 0)
        {
            var refusal = NothingUsable(plan, request);
            Record(plan, refusal, request.App);
            throw refusal;
        }

        var placement = view.Eligible.Length == 1 ? view.Placements[0] : Compare(plan, view, request, mode);
        if (request.Excluded is null && plan.LastPlaced != placement.Device.Id) Record(plan, placement, request.App);
        return placement;
    }

    public ValueTask PrepareAsync(ModelArtifact artifact, AppIdentity app, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        ArgumentNullException.ThrowIfNull(app);
        var plan = PlanFor(artifact, app, Mode);
        return plan.IsPrepared ? ValueTask.CompletedTask : PrepareAsync(plan, cancellationToken);
    }

    /// <summary>Puts other policies in force for the next choice. Models that are loaded stay where they are.</summary>
    internal void Apply(DeviceOptions options)
    {
        _options = options;

        // Plans of the old policies are found by nobody any more.
        _plans.Clear();
    }

    public void Dispose() => _subscription.Dispose();

    private async ValueTask PrepareAsync(PlacementPlan plan, CancellationToken cancellationToken)
    {
        // All at once: a device that does not answer must not make the next one wait.
        await Task.WhenAll(plan.Candidates.Select(candidate => _health.PrepareAsync(candidate.Device, cancellationToken).AsTask())).ConfigureAwait(false);
        plan.IsPrepared = true;
    }

    private PlacementPlan PlanFor(ModelArtifact artifact, AppIdentity app, PlacementMode mode)
    {
        var isEfficient = mode == PlacementMode.Efficiency;
        var options = _options;
        var appPolicy = options.Apps.Count == 0 ? null : options.Apps.TryGetValue(app.Name, out var policy) ? policy : null;
        var key = new PlacementKey(options, artifact.Id, artifact.Version, appPolicy, isEfficient);
        if (_plans.TryGetValue(key, out var plan) && IsFor(plan, artifact)) return plan;
        if (_plans.Count >= PlanLimit) _plans.Clear();
        _ = options.Models.TryGetValue(artifact.Id, out var modelPolicy);
        plan = new PlacementPlan(artifact, app.Name, modelPolicy, appPolicy, isEfficient, _directory.Devices);
        _plans[key] = plan;
        return plan;
    }

    /// <summary>A version may come back with another order, where its manifest was mended.</summary>
    private static bool IsFor(PlacementPlan plan, ModelArtifact artifact)
        => ReferenceEquals(plan.PreferredDevices, artifact.PreferredDevices) || plan.PreferredDevices.SequenceEqual(artifact.PreferredDevices);

    private PlacementView ViewOf(PlacementPlan plan, PlacementRequest request)
    {
        // Read before the health is: a change in between makes the view old, not wrong for long.
        var generation = Volatile.Read(ref _generation);
        if (request.Excluded is { Count: > 0 }) return MakeView(plan, generation, request.Excluded);
        if (plan.View is { } view && view.Generation == generation) return view;
        return plan.View = MakeView(plan, generation, null);
    }

    private PlacementView MakeView(PlacementPlan plan, int generation, IReadOnlySet<string>? excluded)
    {
        var usable = plan.Candidates
            .Where(candidate => excluded?.Contains(candidate.Device.Id) != true && _health.IsUsable(candidate.Device.Id))
            .ToList();
        var eligible = usable.Exists(static candidate => !candidate.IsAvoided) ? usable.FindAll(static candidate => !candidate.IsAvoided) : usable;
        return new PlacementView
        {
            Generation = generation,
            Eligible = [.. eligible],
            Suspect = [.. eligible.Select(candidate => _health.StateOf(candidate.Device.Id) == DeviceHealthState.Suspect)],
            Placements = [.. eligible.Select(candidate => new Placement(
                candidate.Device, Explain(plan, candidate, eligible, excluded), HasChoice: usable.Count > 1))],
        };
    }

    private Placement Compare(PlacementPlan plan, PlacementView view, PlacementRequest request, PlacementMode mode)
    {
        var count = view.Eligible.Length;
        var costs = count <= StackDevices ? stackalloc PlacementCost[count] : new PlacementCost[count];
        for (var i = 0; i < count; i++)
        {
            costs[i] = request.Cost(view.Eligible[i].Device);
        }

        TimeSpan? left = request.Deadline is { } deadline ? deadline - _time.GetUtcNow() : null;
        var choice = PlacementChoice.Make(_options, mode, view, costs, left);
        return choice.Reason == PlacementReason.Order
            ? view.Placements[choice.Index]
            : view.Placements[choice.Index] with { Why = $"{view.Placements[choice.Index].Why}; {Explain(view, costs, choice, left)}" };
    }
}
