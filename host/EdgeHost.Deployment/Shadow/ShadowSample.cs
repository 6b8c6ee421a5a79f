using EdgeHost.Deployment.Trials;

namespace EdgeHost.Deployment.Shadow;

/// <summary>A step of the version that serves, with its outputs, to be run again. Owns its values: whoever has it disposes it.</summary>
/// <param name="Trial">The version that it is for.</param>
/// <param name="Inputs">The inputs.</param>
/// <param name="OutputNames">The outputs that the step named; empty for all.</param>
/// <param name="Outputs">What the version that serves gave.</param>
internal sealed record ShadowSample(
    Trial Trial, IReadOnlyList<CopiedValue> Inputs, IReadOnlyList<string> OutputNames, IReadOnlyList<CopiedValue> Outputs) : IDisposable
{
    public void Dispose()
    {
        foreach (var value in Inputs) value.Dispose();
        foreach (var value in Outputs) value.Dispose();
    }
}
