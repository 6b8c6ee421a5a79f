using EdgeHost.PluginSdk;
using EdgeHost.Plugins.Speech.Keywords.Hearing;

namespace EdgeHost.Plugins.Speech.Keywords.Heads;

/// <summary>A keyword that is a model of its own: float32 [1, N, 96] in, float32 [1, 1] out, a score from 0 to 1. Names and N are read from the model.</summary>
internal sealed class ModelHead : IKeywordHead
{
    /// <summary>From which score such keywords count.</summary>
    public const float UsualThreshold = 0.5f;

    private const int LargestWindow = 256;
    private readonly IModelLease _lease;
    private readonly ModelValue _input;
    private readonly ModelStep _step;

    /// <summary>Takes a leased model.</summary>
    /// <param name="keyword">The keyword's id.</param>
    /// <param name="lease">The model; disposed with this.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: the model is none of a keyword, and why; the lease then stays the caller's.</exception>
    public ModelHead(string keyword, IModelLease lease)
    {
        (Keyword, _lease) = (keyword, lease);
        Window = WindowOf(lease.Model);
        _input = lease.CreateValue(ElementType.Float32, new TensorShape(1, Window, KeywordFeatures.Width));
        _step = new ModelStep { Inputs = [new NamedValue(lease.Model.Inputs[0].Name, _input)], Outputs = [lease.Model.Outputs[0].Name], MayRunOnCallingThread = true };
    }

    public string Keyword { get; }

    public int Window { get; }

    public float Threshold => UsualThreshold;

    public string Model => $"{_lease.Model.Id}@{_lease.Model.Version}";

    public async ValueTask<float> ScoreAsync(ReadOnlyMemory<float> vectors, CancellationToken cancellationToken)
    {
        vectors.Span.CopyTo(_input.AsSpan<float>());
        using var result = await _lease.RunAsync(_step, cancellationToken).ConfigureAwait(false);
        var score = result[0].AsSpan<float>()[0];
        return float.IsNaN(score) ? 0 : Math.Clamp(score, 0, 1);
    }

    public void Dispose()
    {
        _input.Dispose();
        _lease.Dispose();
    }

    private static int WindowOf(ModelDescription model)
    {
        if (model is { Inputs: [{ ElementType: ElementType.Float32, Shape: var shape }], Outputs: [{ ElementType: ElementType.Float32, Shape: var output }] }
            && shape.Rank == 3 && shape[0] is 1 or -1 && shape[1] is > 0 and <= LargestWindow && shape[2] == KeywordFeatures.Width
            && output.Rank == 2 && output[1] == 1)
        {
            return (int)shape[1];
        }

        throw new EdgeHostException(
            ErrorCode.FailedPrecondition,
            $"The model '{model.Id}' is no keyword: it must have one input, float32 [1, N, {KeywordFeatures.Width}] with N from 1 to {LargestWindow}, and one output, float32 [1, 1].");
    }
}
