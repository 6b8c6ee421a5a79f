using System.Globalization;
using EdgeHost.Runtime.Decisions;

namespace EdgeHost.Runtime.Devices;

/// <content>What people are told: why a device, and why none.</content>
internal sealed partial class DevicePlacement
{
    /// <summary>A model that changes its device all the time under load is told of this often at most.</summary>
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(5);

    /// <summary>The order's reason for a candidate, and each better one that was passed over because of its health or a policy.</summary>
    private string Explain(PlacementPlan plan, PlacementCandidate chosen, List<PlacementCandidate> eligible, IReadOnlySet<string>? excluded)
    {
        var parts = new List<string> { $"{chosen.Device.Id}: {chosen.Why}" };
        foreach (var candidate in plan.Candidates)
        {
            // Avoided ones have ranks of their own at the end, so a better one may stand behind.
            if (candidate == chosen || eligible.Contains(candidate) || (candidate.Rank > chosen.Rank && !candidate.IsAvoided)) continue;
            if (WhyNot(candidate, excluded) is { } why) parts.Add(why);
            else if (!chosen.IsAvoided) parts.Add($"{candidate.Device.Id} is to be avoided");
        }

        if (chosen.IsAvoided) parts.Add($"{PlacementPlan.Name(chosen.Device.Kind)} is to be avoided, but nothing else is usable");
        return string.Join("; ", parts);
    }

    private string? WhyNot(PlacementCandidate candidate, IReadOnlySet<string>? excluded)
    {
        var device = candidate.Device.Id;
        if (excluded?.Contains(device) == true) return $"{device} failed this step";
        if (_health.IsUsable(device)) return null;
        var health = _health.Of(device);
        var since = health.Since.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        return health.State == DeviceHealthState.Probing
            ? $"{device} is being tested since {since} UTC ({health.Reason})"
            : $"{device} is out of order since {since} UTC ({health.Reason})";
    }

    private static string Explain(PlacementView view, ReadOnlySpan<PlacementCost> costs, PlacementChoice choice, TimeSpan? left)
    {
        var lead = costs[choice.Lead];
        var unknown = lead.Run ?? TimeSpan.Zero;
        var finish = PlacementChoice.Finish(lead, TimeSpan.Zero);
        var own = PlacementChoice.Finish(costs[choice.Index], unknown);
        var why = choice.Reason == PlacementReason.Deadline ? $"would miss the deadline in {Durations.Text(left ?? TimeSpan.Zero)} and" : "would";
        var device = view.Eligible[choice.Lead].Device.Id;
        return $"{device} {why} take {Durations.Text(finish)} (busy {Durations.Text(lead.Queue)}, load {Durations.Text(lead.Load)}), here it takes {Durations.Text(own)}";
    }

    /// <summary>Puts into the decision log what a person may ask about: not the first preference, or another device than before.</summary>
    private void Record(PlacementPlan plan, Placement placement, AppIdentity app)
    {
        var now = _time.GetTimestamp();
        lock (plan.Gate)
        {
            if (plan.LastPlaced == placement.Device.Id) return;
            var isFirst = plan.LastPlaced is null;
            if (!isFirst && _time.GetElapsedTime(plan.LastPlacedAt, now) < TellEvery) return;
            plan.LastPlaced = placement.Device.Id;
            plan.LastPlacedAt = now;

            // Where a model comes to its first preference, nothing was decided.
            if (isFirst && Array.Exists(plan.Candidates, candidate => candidate.Rank == 0 && candidate.Device == placement.Device)) return;
        }

        _decisions.Add(DecisionKind.Placed, plan.Model, app.Name, placement.Why);
    }

    /// <summary>Puts a refusal into the decision log; a caller that tries again all the time is told of as seldom as one whose model moves about.</summary>
    private void Record(PlacementPlan plan, EdgeHostException refusal, AppIdentity app)
    {
        lock (plan.Gate)
        {
            if (plan.LastRefusedAt is { } last && _time.GetElapsedTime(last) < TellEvery) return;
            plan.LastRefusedAt = _time.GetTimestamp();
        }

        _decisions.Add(DecisionKind.Refused, plan.Model, app.Name, refusal.Message);
    }

    private EdgeHostException NothingUsable(PlacementPlan plan, PlacementRequest request)
    {
        var devices = _directory.Devices;
        if (plan.Candidates.Length == 0)
        {
            return plan.RequiredBy is null
                ? new EdgeHostException(ErrorCode.Unavailable, "The inference engine reports no processor; run `edgehost doctor`.")
                : new EdgeHostException(
                    ErrorCode.FailedPrecondition,
                    $"{char.ToUpperInvariant(plan.RequiredBy[0])}{plan.RequiredBy[1..]} requires {plan.Required} for '{plan.Model}', which this machine does not have "
                    + $"(it has {string.Join(", ", devices.Select(static device => device.Id))}); change the policy, or register the device's provider library.");
        }

        var reasons = plan.Candidates.Select(candidate => WhyNot(candidate, request.Excluded) ?? $"{candidate.Device.Id} has just come back");
        return new EdgeHostException(ErrorCode.Unavailable, $"No device can run '{plan.Model}' now: {string.Join("; ", reasons)}.")
        {
            RetryAfter = RetryAfter(plan),
        };
    }

    /// <summary>When the first of the devices is tested again, or null where nobody knows.</summary>
    private TimeSpan? RetryAfter(PlacementPlan plan)
    {
        var now = _time.GetUtcNow();
        TimeSpan? soonest = null;
        foreach (var candidate in plan.Candidates)
        {
            var health = _health.Of(candidate.Device.Id);
            TimeSpan? wait = health.IsUsable ? TimeSpan.Zero : health.State == DeviceHealthState.Probing ? _options.ProbePause : health.NextProbe - now;
            if (wait is { } own && !(own >= soonest)) soonest = own;
        }

        return soonest is { } value ? (value > TimeSpan.Zero ? value : TimeSpan.Zero) : null;
    }
}
