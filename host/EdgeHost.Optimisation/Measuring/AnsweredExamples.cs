using EdgeHost.Optimisation.Examples;

namespace EdgeHost.Optimisation.Measuring;

/// <summary>Examples with what the original model makes of them, so that it runs once however many others are compared with it. Immutable.</summary>
internal sealed class AnsweredExamples
{
    private AnsweredExamples(IReadOnlyList<ModelExample> examples, IReadOnlyList<FloatOutput[]> answers, IReadOnlyList<string> outputs)
        => (Examples, Answers, OutputNames) = (examples, answers, outputs);

    public IReadOnlyList<ModelExample> Examples { get; }

    /// <summary>The original's outputs, an array for each example.</summary>
    public IReadOnlyList<FloatOutput[]> Answers { get; }

    public IReadOnlyList<string> OutputNames { get; }

    /// <summary>Runs the original.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: no examples, or the model does not take one.</exception>
    public static AnsweredExamples Collect(ReadOnlyMemory<byte> original, IReadOnlyList<ModelExample> examples, CancellationToken cancellationToken)
    {
        if (examples.Count == 0) throw new EdgeHostException(ErrorCode.InvalidArgument, "There are no examples to compare the models on.");
        using var runner = new SessionRunner(original);
        return new AnsweredExamples(examples, [.. Run(runner, examples, cancellationToken)], runner.OutputNames);
    }

    /// <summary>Runs another model on the same examples, one after the other.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it gives other things, or does not take an example.</exception>
    public IEnumerable<FloatOutput[]> Run(ReadOnlyMemory<byte> other, CancellationToken cancellationToken)
    {
        using var runner = new SessionRunner(other);
        if (!runner.OutputNames.SequenceEqual(OutputNames))
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The models give different things: {string.Join(", ", OutputNames)} and {string.Join(", ", runner.OutputNames)}.");
        }

        foreach (var answer in Run(runner, Examples, cancellationToken)) yield return answer;
    }

    private static IEnumerable<FloatOutput[]> Run(SessionRunner runner, IReadOnlyList<ModelExample> examples, CancellationToken cancellationToken)
    {
        foreach (var example in examples)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var inputs = runner.Prepare(example);
            yield return runner.Run(inputs);
        }
    }
}
