namespace EdgeHost.Plugins.Language.Encoders;

/// <summary>What an encoder made of a text. Immutable.</summary>
/// <param name="Features">What a head judges by.</param>
/// <param name="Coverage">The share of tokens that are known, 0 to 1.</param>
/// <param name="Model">The encoder, as id@version.</param>
internal sealed record EncodedText(float[] Features, double Coverage, string Model);
