namespace EdgeHost.Plugins.Language.Encoders;

/// <summary>How a long text is parted into the windows that an encoder takes.</summary>
internal static class Windows
{
    /// <summary>Windows that together hold all tokens, each as long as the others, but for one token.</summary>
    /// <param name="tokens">Tokens of the text, at least 1.</param>
    /// <param name="length">Most tokens of a window, at least 1.</param>
    public static int Count(int tokens, int length) => (tokens + length - 1) / length;

    /// <summary>The tokens of a window.</summary>
    /// <param name="tokens">Tokens of the text.</param>
    /// <param name="windows">What <see cref="Count"/> said.</param>
    /// <param name="window">Which one, from 0.</param>
    public static Range Of(int tokens, int windows, int window)
        => (int)((long)tokens * window / windows)..(int)((long)tokens * (window + 1) / windows);
}
