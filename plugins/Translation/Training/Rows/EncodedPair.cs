namespace EdgeHost.Plugins.Translation.Training.Rows;

/// <summary>A pair as ids, each with the one that ends it. Immutable.</summary>
internal sealed record EncodedPair(int[] Source, int[] Target);
