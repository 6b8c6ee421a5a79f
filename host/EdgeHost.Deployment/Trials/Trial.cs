using EdgeHost.Deployment.Gates;
using EdgeHost.Deployment.Versions;

namespace EdgeHost.Deployment.Trials;

/// <summary>A version that is tried, or watched after it took over, and what has been seen of it in this stage. Thread-safe.</summary>
internal sealed class Trial
{
    private readonly (double? Accuracy, double? Parent) _metrics;
    private volatile string? _loadFailure;

    public Trial(ModelVersion version, string? baseline, GateRule rule, TrialRecord? record)
    {
        Version = version;
        Baseline = baseline;
        Rule = rule;
        if (record?.Stage != version.State) record = null;
        Candidate = new ServedFigures(record?.Candidate);
        Other = new ServedFigures(record?.Baseline);
        Shadow = new ShadowFigures(record?.Shadow);
        _metrics = LineageMetrics.Read(version.Lineage);
    }

    /// <summary>The version, in the state that this trial is about.</summary>
    public ModelVersion Version { get; }

    /// <summary>The version that it is compared with: the one that serves, or served before it; null if there is none.</summary>
    public string? Baseline { get; }

    public GateRule Rule { get; }

    /// <summary>Its own calls.</summary>
    public ServedFigures Candidate { get; }

    /// <summary>Calls of the other version.</summary>
    public ServedFigures Other { get; }

    public ShadowFigures Shadow { get; }

    /// <summary>Why it could not be loaded, or null. Set once.</summary>
    public string? LoadFailure
    {
        get => _loadFailure;
        set => _loadFailure ??= value;
    }

    /// <summary>Whether calls must not get it any more, before anybody has written that down.</summary>
    public bool IsOut
    {
        get
        {
            if (_loadFailure is not null) return true;
            if (Version.State == VersionState.Shadow) return false;
            var own = Candidate.Record;
            return Gate.HasFailedAlready(Rule, own.Calls, own.Errors, BaselineErrorRate(Other.Record));
        }
    }

    /// <summary>What it was the last time it was written; the same object if nothing was counted since.</summary>
    public TrialRecord? Written { get; set; }

    public TrialRecord ToRecord() => new(Version.State, Candidate.Record, Other.Record, Shadow.Record);

    /// <summary>The figures that its gate judges.</summary>
    /// <param name="feedback">Feedback by <c>id@version</c>.</param>
    public GateFigures Figures(IReadOnlyDictionary<string, FeedbackCount> feedback)
    {
        var (own, other, shadow) = (Candidate.Record, Other.Record, Shadow.Record);
        var isShadow = Version.State == VersionState.Shadow;
        var (said, saidOfOther) = (feedback.GetValueOrDefault(Version.Name), Baseline is null ? default : feedback.GetValueOrDefault($"{Version.Model}@{Baseline}"));
        var (accuracy, before) = _metrics;
        var (ratio, extra) = RunTimes(shadow);
        return new GateFigures
        {
            Calls = isShadow ? shadow.Compared : own.Calls,
            Errors = isShadow ? shadow.Errors : own.Errors,
            BaselineCalls = other.Calls,
            BaselineErrorRate = isShadow ? 0 : BaselineErrorRate(other),
            Agreement = isShadow && shadow.Scored > 0 ? shadow.Agreement / shadow.Scored : null,
            LargestDifference = isShadow ? shadow.Difference : null,
            LatencyRatio = ratio,
            ExtraRunTime = extra,
            Accuracy = accuracy,
            BaselineAccuracy = before,
            Feedback = said.Total,
            FeedbackAccuracy = said.Accuracy,
            BaselineFeedback = saidOfOther.Total,
            BaselineFeedbackAccuracy = saidOfOther.Accuracy,
            Dropped = shadow.Dropped,
            LoadFailure = LoadFailure,
        };
    }

    // Canary and the other serve at the same time and so compare as they are. What served before may have served on an idler machine.
    private (double? Ratio, TimeSpan? Extra) RunTimes(ShadowRecord shadow)
    {
        var (ratio, other) = Version.State != VersionState.Canary
            ? shadow.Ratios > 0 ? (shadow.LogRatioSum / shadow.Ratios, shadow.LogOtherSum / shadow.Ratios) : (null, (double?)null)
            : (Candidate.MeanLog - Other.MeanLog, Other.MeanLog);
        if (ratio is not { } log || Math.Exp(log) is var times && !double.IsFinite(times)) return (null, null);
        return (times, other is { } before ? TimeSpan.FromSeconds(Math.Exp(before) * (times - 1)) : null);
    }

    private static double BaselineErrorRate(ServedRecord other) => other.Calls == 0 ? 0 : (double)other.Errors / other.Calls;
}
