namespace EdgeHost.Plugins.Language.Generation.Grammars;

/// <summary>Where a text may be in a grammar: all the ways in which it may go on. Belongs to its machine; not thread-safe.</summary>
internal sealed class GrammarState(int[] stacks)
{
    /// <summary>The ways, as numbers of the machine's stacks; 0 where it may end.</summary>
    public int[] Stacks => stacks;

    /// <summary>Whether the text may end here.</summary>
    public bool MayEnd => stacks[0] == 0;

    /// <summary>Whether it must end here.</summary>
    public bool MustEnd => stacks is [0];

    /// <summary>The states after each byte, where they have been asked for.</summary>
    public GrammarState?[] Next { get; } = new GrammarState?[256];

    /// <summary>For which bytes <see cref="Next"/> has been found out.</summary>
    public bool[] IsKnown { get; } = new bool[256];

    /// <summary>A bit a token that may come next; null where it has not been asked for.</summary>
    public ulong[]? Tokens { get; set; }
}
