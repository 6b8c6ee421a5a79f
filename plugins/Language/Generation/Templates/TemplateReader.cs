namespace EdgeHost.Plugins.Language.Generation.Templates;

/// <summary>Goes through the tokens of a template. For one template.</summary>
internal sealed class TemplateReader(List<TemplateToken> tokens)
{
    private int _at;

    /// <summary>The token that comes next.</summary>
    public TemplateToken Next => tokens[_at];

    /// <summary>The one after it.</summary>
    public TemplateToken After => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    /// <summary>Takes the next one.</summary>
    public TemplateToken Take() => tokens[_at < tokens.Count - 1 ? _at++ : _at];

    /// <summary>Whether an operator comes next.</summary>
    public bool IsOperator(string text) => Next.Kind == TemplateTokenKind.Operator && Next.Text == text;

    /// <summary>Whether a word comes next.</summary>
    public bool IsWord(string text) => Next.Kind == TemplateTokenKind.Name && Next.Text == text;

    /// <summary>Takes an operator, if it comes next.</summary>
    public bool TryOperator(string text)
    {
        if (!IsOperator(text)) return false;
        _at++;
        return true;
    }

    /// <summary>Takes a word, if it comes next.</summary>
    public bool TryWord(string text)
    {
        if (!IsWord(text)) return false;
        _at++;
        return true;
    }

    /// <summary>Takes an operator that must come next.</summary>
    public void Operator(string text)
    {
        if (!TryOperator(text)) throw Unexpected($"'{text}'");
    }

    /// <summary>Takes a word that must come next.</summary>
    public void Word(string text)
    {
        if (!TryWord(text)) throw Unexpected($"'{text}'");
    }

    /// <summary>Takes a token that must come next.</summary>
    public TemplateToken Kind(TemplateTokenKind kind) => Next.Kind == kind ? Take() : throw Unexpected($"a {kind}");

    /// <summary>The error for something else than what must come.</summary>
    public EdgeHostException Unexpected(string wanted) => TemplateProblem.At(Next.Line, $"{wanted} was expected, not '{(Next.Text.Length > 0 ? Next.Text : Next.Kind.ToString())}'");
}
