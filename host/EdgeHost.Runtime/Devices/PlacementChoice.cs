namespace EdgeHost.Runtime.Devices;

/// <summary>The rule that chooses between usable devices; pure arithmetic over predicted times.</summary>
/// <param name="Index">The chosen one, an index of the view's candidates.</param>
/// <param name="Lead">The one that the order of preference would have taken.</param>
/// <param name="Reason">What decided.</param>
internal readonly record struct PlacementChoice(int Index, int Lead, PlacementReason Reason)
{
    /// <summary>Chooses.</summary>
    /// <param name="options">Gains.</param>
    /// <param name="mode">What counts most.</param>
    /// <param name="view">The candidates, best kind first.</param>
    /// <param name="costs">What each would cost, by index.</param>
    /// <param name="left">Time to the deadline, or null for none.</param>
    public static PlacementChoice Make(
        DeviceOptions options, PlacementMode mode, PlacementView view, ReadOnlySpan<PlacementCost> costs, TimeSpan? left)
    {
        var lead = Preferred(options, view, costs);
        if (mode == PlacementMode.Latency)
        {
            // What never ran is tried once wherever it may: an unknown run time counts as none.
            var first = Earliest(view, costs, TimeSpan.Zero, except: -1) ?? lead;
            return new PlacementChoice(first, lead, first == lead ? PlacementReason.Order : PlacementReason.Earlier);
        }

        // A kind that is not preferred is not tried for its own sake: unknown there, it is taken to run as long as on the preferred one.
        var leadFinish = Finish(costs[lead], TimeSpan.Zero);
        if (Earliest(view, costs, costs[lead].Run, except: lead) is not { } other) return new PlacementChoice(lead, lead, PlacementReason.Order);
        var otherFinish = Finish(costs[other], costs[lead].Run ?? TimeSpan.Zero);
        if (left is { } limit && leadFinish > limit && otherFinish <= limit) return new PlacementChoice(other, lead, PlacementReason.Deadline);
        if (mode == PlacementMode.Efficiency) return new PlacementChoice(lead, lead, PlacementReason.Order);

        var weighed = Weighed(options, costs[lead]);
        return weighed - otherFinish >= options.PlacementGainMinimum && weighed > otherFinish * options.PlacementGain
            ? new PlacementChoice(other, lead, PlacementReason.Earlier)
            : new PlacementChoice(lead, lead, PlacementReason.Order);
    }

    /// <summary>Predicted time from now to the end of the step.</summary>
    /// <param name="cost">The cost.</param>
    /// <param name="unknownRun">What counts as run time where none was learned.</param>
    public static TimeSpan Finish(PlacementCost cost, TimeSpan unknownRun) => cost.Queue + cost.Load + (cost.Run ?? unknownRun);

    /// <summary>Of the first kind: a healthy one before a suspect one, then the earliest.</summary>
    private static int Preferred(DeviceOptions options, PlacementView view, ReadOnlySpan<PlacementCost> costs)
    {
        var lead = 0;
        for (var i = 1; i < costs.Length && view.Eligible[i].Rank == view.Eligible[0].Rank; i++)
        {
            var isBetter = view.Suspect[i] == view.Suspect[lead]
                ? Weighed(options, costs[i]) < Weighed(options, costs[lead])
                : view.Suspect[lead];
            if (isBetter) lead = i;
        }

        return lead;
    }

    /// <summary>The earliest that is not suspect; null where nothing is known of any.</summary>
    private static int? Earliest(PlacementView view, ReadOnlySpan<PlacementCost> costs, TimeSpan? unknownRun, int except)
    {
        int? best = null;
        var finish = TimeSpan.MaxValue;
        for (var i = 0; i < costs.Length; i++)
        {
            if (i == except || view.Suspect[i] || (costs[i].Run is null && unknownRun is null)) continue;
            var own = Finish(costs[i], unknownRun ?? TimeSpan.Zero);
            if (own >= finish) continue;
            best = i;
            finish = own;
        }

        return best;
    }

    /// <summary>The preferred kind's time as it is compared: its load is spread over the uses that it will serve, and not counted before it was tried.</summary>
    private static TimeSpan Weighed(DeviceOptions options, PlacementCost cost)
        => cost.Run is { } run ? cost.Queue + (cost.Load / options.LoadUses) + run : cost.Queue;
}
