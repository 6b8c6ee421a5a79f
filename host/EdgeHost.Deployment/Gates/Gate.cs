using System.Globalization;

namespace EdgeHost.Deployment.Gates;

/// <summary>Holds figures against a rule. Without state, clock or side effects.</summary>
public static class Gate
{
    /// <summary>Failures before a version may be out ahead of its time: a single one may be anybody's.</summary>
    private const int LeastErrors = 3;

    /// <summary>Judges.</summary>
    public static GateVerdict Judge(GateRule rule, GateFigures figures)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(figures);
        if (figures.LoadFailure is { } failure) return Failed($"it does not load: {failure}");
        if (HasFailedAlready(rule, figures.Calls, figures.Errors, figures.BaselineErrorRate)) return Failed(ErrorText(rule, figures));
        if (AccuracyProblem(rule, figures) is { } inaccurate) return Failed(inaccurate);
        if (figures.Calls < rule.MinCalls) return new GateVerdict(GateOutcome.Waiting, $"{figures.Calls} of {rule.MinCalls} calls so far");
        if (ExcessErrorRate(figures) > rule.MaxErrorRate) return Failed(ErrorText(rule, figures));
        if (figures.Agreement is { } agreement && rule.MinAgreement is { } least && agreement < least)
        {
            return Failed($"it agrees in {Percent(agreement)} of scores, at least {Percent(least)} are asked for");
        }

        if (figures.LargestDifference is { } difference && rule.MaxDifference is { } most && !(difference <= most))
        {
            return Failed($"an output differs by {Number(difference)} of its size, allowed are {Number(most)}");
        }

        // Times of less than a clock's noise may have any ratio.
        if (figures.LatencyRatio is { } ratio && ratio > rule.MaxLatencyRatio && !(figures.ExtraRunTime < rule.LatencyFloor))
        {
            return Failed($"a run takes {Number(ratio)} times as long, allowed are {Number(rule.MaxLatencyRatio)}");
        }

        return new GateVerdict(GateOutcome.Passed, $"{figures.Calls} calls, {figures.Errors} failed, {Describe(figures)}");
    }

    /// <summary>Whether so many calls have failed that more calls cannot mend it.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="calls">Calls of the version.</param>
    /// <param name="errors">Those that failed.</param>
    /// <param name="baselineErrorRate">The share of failed calls of the other version.</param>
    public static bool HasFailedAlready(GateRule rule, long calls, long errors, double baselineErrorRate)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return errors >= LeastErrors && errors > (rule.MaxErrorRate + baselineErrorRate) * Math.Max(rule.MinCalls, calls);
    }

    private static string? AccuracyProblem(GateRule rule, GateFigures figures)
    {
        var gain = figures.Accuracy - figures.BaselineAccuracy;
        if (rule.MinAccuracyGain is { } least)
        {
            if (gain is null) return $"a gain of {Number(least)} in accuracy is asked for, and its lineage has no metrics of accuracy for both versions";
            if (gain < least) return $"its accuracy is {Number(figures.Accuracy)} and was {Number(figures.BaselineAccuracy)}, a gain of {Number(least)} is asked for";
        }

        if (rule.MaxAccuracyDrop is not { } most) return null;
        if (-gain > most) return $"its accuracy is {Number(figures.Accuracy)} and was {Number(figures.BaselineAccuracy)}, a loss of {Number(most)} is allowed";
        if (Math.Min(figures.Feedback, figures.BaselineFeedback) < rule.MinFeedback) return null;
        return figures.BaselineFeedbackAccuracy - figures.FeedbackAccuracy > most
            ? $"by feedback {Percent(figures.FeedbackAccuracy)} of its answers are right ({figures.Feedback}) and {Percent(figures.BaselineFeedbackAccuracy)} were ({figures.BaselineFeedback}), a loss of {Number(most)} is allowed"
            : null;
    }

    private static double ExcessErrorRate(GateFigures figures) => ((double)figures.Errors / Math.Max(1, figures.Calls)) - figures.BaselineErrorRate;

    private static string ErrorText(GateRule rule, GateFigures figures)
        => $"{figures.Errors} of {figures.Calls} calls failed ({Percent(figures.BaselineErrorRate)} of the other version's), allowed are {Percent(rule.MaxErrorRate)} more";

    private static string Describe(GateFigures figures) => string.Join(", ", new[]
    {
        figures.Agreement is { } agreement ? $"agreement {Percent(agreement)}" : null,
        figures.LargestDifference is { } difference ? $"largest difference {Number(difference)}" : null,
        figures.LatencyRatio is { } ratio ? $"{Number(ratio)} times the run time" : "run time not compared",
        figures.FeedbackAccuracy is { } right ? $"{Percent(right)} right by feedback" : null,
    }.OfType<string>());

    private static GateVerdict Failed(string reason) => new(GateOutcome.Failed, reason);

    private static string Percent(double? share) => share is null ? "none" : (share.Value * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private static string Number(double? number) => number is null ? "none" : number.Value.ToString("0.####", CultureInfo.InvariantCulture);
}
