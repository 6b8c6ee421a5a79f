namespace EdgeHost.Fuzz;

/// <summary>Something that takes bytes from strangers.</summary>
internal interface IFuzzTarget : IAsyncDisposable
{
    /// <summary>Its name, and that of its corpus.</summary>
    string Name { get; }

    /// <summary>Pieces that inputs are made of.</summary>
    IReadOnlyList<byte[]> Tokens { get; }

    /// <summary>Feeds an input.</summary>
    /// <param name="input">Any bytes.</param>
    /// <returns>What it did, in words that are the same whenever it took the same path: an input that gives new words is worth keeping.</returns>
    /// <exception cref="FuzzException">It broke a rule. Any other exception does so too.</exception>
    ValueTask<string> RunAsync(byte[] input);
}
