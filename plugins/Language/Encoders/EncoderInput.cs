using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Language.Encoders;

/// <summary>A text as an encoder takes it. Owns its values.</summary>
/// <param name="Values">The encoder's inputs.</param>
/// <param name="Weights">How much each window counts.</param>
/// <param name="Coverage">The share of tokens that are known, 0 to 1.</param>
internal sealed record EncoderInput(NamedValue[] Values, int[] Weights, double Coverage) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var value in Values) value.Value.Dispose();
    }
}
