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
    /// <returns>The things it did, each in words that are the same whenever it took the same path: an input with a new one is worth keeping.</returns>
    /// <exception cref="FuzzException">It broke a rule. Any other exception does so too.</exception>
    ValueTask<IReadOnlyCollection<string>> RunAsync(byte[] input);
}
