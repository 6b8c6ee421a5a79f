namespace EdgeHost.Plugins.Language.Generation.Grammars;

/// <summary>Says what is wrong with a grammar.</summary>
internal static class GrammarProblem
{
    /// <summary>A problem of a grammar's text.</summary>
    /// <param name="line">Where, from 1.</param>
    /// <param name="what">What is wrong.</param>
    public static EdgeHostException At(int line, string what) => new(ErrorCode.InvalidArgument, $"'grammar' cannot be read (line {line}): {what}.");

    /// <summary>A problem of a grammar as a whole.</summary>
    /// <param name="what">What is wrong.</param>
    public static EdgeHostException Of(string what) => new(ErrorCode.InvalidArgument, $"'grammar' cannot be used: {what}.");
}
