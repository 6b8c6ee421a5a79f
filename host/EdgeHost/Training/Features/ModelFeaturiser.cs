using EdgeHost.Learning.Preprocessing;
using EdgeHost.PluginSdk;

namespace EdgeHost.Host.Training.Features;

/// <summary>
/// Runs models of the pool over samples, one at a time: a step of several samples may round differently, and then the same example would not always become the same vector. Thread-safe.
/// </summary>
/// <param name="models">Gives leases on the account of whoever asks.</param>
internal sealed class ModelFeaturiser(IModelProvider models) : IFeaturiser
{
    /// <summary>Checks whether the model may be used, each time before it is leased; null where all may.</summary>
    public Func<string, CancellationToken, ValueTask>? Check { get; init; }

    /// <summary>Whether a step may run on the thread that asks; work that nobody waits for belongs on the threads of low priority.</summary>
    public bool MayRunOnCallingThread { get; init; }

    public async ValueTask<float[]> FeaturiseAsync(FeatureRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            if (Check is { } check) await check(request.Step.Model!, cancellationToken).ConfigureAwait(false);
            using var lease = await models.LeaseAsync(request.Step.Model!, cancellationToken).ConfigureAwait(false);
            return await RunAsync(lease, request, cancellationToken).ConfigureAwait(false);
        }
        catch (EdgeHostException e) when (!e.Message.StartsWith(request.Name, StringComparison.Ordinal))
        {
            throw new EdgeHostException(e.Code, $"{request.Name} failed: {e.Message}", e) { RetryAfter = e.RetryAfter, Details = e.Details };
        }
    }

    private async ValueTask<float[]> RunAsync(IModelLease lease, FeatureRequest request, CancellationToken cancellationToken)
    {
        var output = FeatureOutput.NameOf(request, lease.Model);
        var (name, shape, values) = FeatureInput.Of(request, lease.Model);
        using var input = lease.CreateValue(ElementType.Float32, shape);
        values.CopyTo(input.AsSpan<float>());
        using var result = await lease.RunAsync(new ModelStep { Inputs = [new NamedValue(name, input)], Outputs = [output], MayRunOnCallingThread = MayRunOnCallingThread }, cancellationToken).ConfigureAwait(false);
        return FeatureOutput.Read(request, result[0].Shape, result[0].AsSpan<float>());
    }
}
