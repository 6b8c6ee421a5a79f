using EdgeHost.Learning.Examples;

namespace EdgeHost.Jobs.Personal;

/// <summary>Where nothing ships.</summary>
internal sealed class NoShippedModels : IShippedModels
{
    public ValueTask<ShippedModel> FindAsync(ExampleOwner owner, string model, string? version, CancellationToken cancellationToken)
        => throw new EdgeHostException(ErrorCode.NotFound, $"There is no shipped model '{model}'.");
}
