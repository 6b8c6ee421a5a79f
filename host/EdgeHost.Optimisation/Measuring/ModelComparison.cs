using System.Diagnostics;
using EdgeHost.Optimisation.Examples;

namespace EdgeHost.Optimisation.Measuring;

/// <summary>Two models on the same examples. Immutable.</summary>
public sealed record ModelComparison
{
    /// <summary>What the scores say.</summary>
    public required ScoreKind Kind { get; init; }

    /// <summary>The original.</summary>
    public required ModelMeasure Before { get; init; }

    /// <summary>The other one.</summary>
    public required ModelMeasure After { get; init; }

    /// <summary>How many examples were run.</summary>
    public required int Examples { get; init; }

    /// <summary>How much the score fell; negative if it rose.</summary>
    public double Drop => Before.Score - After.Score;

    /// <summary>Size of the other over the original.</summary>
    public double SizeRatio => (double)After.Bytes / Before.Bytes;

    /// <summary>Time of a run of the other over the original.</summary>
    public double TimeRatio => After.MedianMilliseconds / Before.MedianMilliseconds;

    /// <summary>Runs both.</summary>
    /// <param name="before">The original's file.</param>
    /// <param name="after">The other's file, with the same inputs and outputs.</param>
    /// <param name="examples">At least one.</param>
    /// <param name="kind">What the scores say; null for the first that the examples allow: classes where all have labels, then rows of classes, then values.</param>
    /// <param name="timedRuns">Runs of each that are timed, in turns; 0 measures no time.</param>
    /// <param name="cancellationToken">Stops between two runs.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: no examples, classes wanted where an example has no label, or a model does not take one.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ModelComparison Measure(
        ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after, IReadOnlyList<ModelExample> examples, ScoreKind? kind, int timedRuns, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(examples);
        return Measure(before, after, AnsweredExamples.Collect(before, examples, cancellationToken), kind, timedRuns, cancellationToken);
    }

    internal static ModelComparison Measure(
        ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after, AnsweredExamples answered, ScoreKind? kind, int timedRuns, CancellationToken cancellationToken)
    {
        var score = new ScoreKeeper(answered.OutputNames, answered.Examples, kind);
        var at = 0;
        foreach (var answer in answered.Run(after, cancellationToken))
        {
            score.Add(answered.Examples[at], answered.Answers[at], answer);
            at++;
        }

        var (slow, fast) = timedRuns > 0 ? Time(before, after, answered.Examples, timedRuns, cancellationToken) : (double.NaN, double.NaN);
        return new ModelComparison
        {
            Kind = score.Kind,
            Before = new ModelMeasure(before.Length, slow, score.Before),
            After = new ModelMeasure(after.Length, fast, score.After),
            Examples = answered.Examples.Count,
        };
    }

    private static (double Before, double After) Time(
        ReadOnlyMemory<byte> original, ReadOnlyMemory<byte> other, IReadOnlyList<ModelExample> examples, int runs, CancellationToken cancellationToken)
    {
        using var first = new SessionRunner(original);
        using var second = new SessionRunner(other);
        var (before, after) = (new double[runs], new double[runs]);
        for (var i = 0; i < runs; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var inputs = first.Prepare(examples[i % examples.Count]);
            if (i % 2 == 0) (before[i], after[i]) = (Once(first, inputs), Once(second, inputs));
            else (after[i], before[i]) = (Once(second, inputs), Once(first, inputs));
        }

        return (Median(before), Median(after));
    }

    private static double Once(SessionRunner runner, PreparedInputs inputs)
    {
        var start = Stopwatch.GetTimestamp();
        runner.RunOnly(inputs);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
