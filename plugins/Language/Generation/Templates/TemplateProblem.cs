namespace EdgeHost.Plugins.Language.Generation.Templates;

/// <summary>Says what is wrong with a chat template.</summary>
internal static class TemplateProblem
{
    /// <summary>A problem of the template itself.</summary>
    /// <param name="line">Where, from 1.</param>
    /// <param name="what">What is wrong.</param>
    public static EdgeHostException At(int line, string what)
        => new(ErrorCode.FailedPrecondition, $"The model's chat template cannot be used (line {line}): {what}. Give a 'prompt' instead of messages, or import the model with another template.");
}
