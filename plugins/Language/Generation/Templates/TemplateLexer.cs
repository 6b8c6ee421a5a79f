using System.Text;

namespace EdgeHost.Plugins.Language.Generation.Templates;

/// <summary>Cuts a template into tokens. Blanks go as Transformers has them: the newline behind a statement (<c>trim_blocks</c>) and the blanks before one on its line (<c>lstrip_blocks</c>) are dropped, and <c>-</c> drops all. For one template.</summary>
internal sealed class TemplateLexer(string source)
{
    private static readonly string[] Operators = ["==", "!=", "<=", ">=", "//", "**", "+", "-", "*", "/", "%", "~", "<", ">", "=", "(", ")", "[", "]", "{", "}", ",", ".", ":", "|"];

    private readonly List<TemplateToken> _tokens = [];
    private int _at;
    private int _line = 1;

    /// <summary>Cuts.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: a tag or text has no end, or a character is none of the language.</exception>
    public List<TemplateToken> Cut()
    {
        var trims = false;
        var dropsNewline = false;
        while (_at < source.Length)
        {
            var open = NextTag();
            var text = source[_at..open];
            Count(text);
            if (trims) text = text.TrimStart();
            else if (dropsNewline) text = DropNewline(text);
            (trims, dropsNewline) = (false, false);
            if (open == source.Length)
            {
                AddData(text);
                break;
            }

            var kind = source[open + 1];
            _at = open + 2;
            if (_at < source.Length && source[_at] == '-')
            {
                text = text.TrimEnd();
                _at++;
            }
            else if (_at < source.Length && source[_at] == '+')
            {
                _at++;
            }
            else if (kind is '%' or '#')
            {
                text = DropIndent(text, _tokens.Count == 0);
            }

            AddData(text);
            if (kind == '#') SkipComment(out trims, out dropsNewline);
            else CutTag(kind, out trims, out dropsNewline);
        }

        _tokens.Add(new TemplateToken(TemplateTokenKind.End, string.Empty, _line));
        return _tokens;
    }

    private int NextTag()
    {
        for (var at = source.IndexOf('{', _at); at >= 0 && at + 1 < source.Length; at = source.IndexOf('{', at + 1))
        {
            if (source[at + 1] is '{' or '%' or '#') return at;
        }

        return source.Length;
    }

    private void AddData(string text)
    {
        if (text.Length > 0) _tokens.Add(new TemplateToken(TemplateTokenKind.Data, text, _line));
    }

    private static string DropNewline(string text) => text.StartsWith('\n') ? text[1..] : text.StartsWith("\r\n", StringComparison.Ordinal) ? text[2..] : text;

    private static string DropIndent(string text, bool isFirst)
    {
        var newline = text.LastIndexOf('\n');
        var tail = text.AsSpan(newline + 1);
        return (newline >= 0 || isFirst) && tail.Trim(" \t").IsEmpty ? text[..(newline + 1)] : text;
    }

    private void SkipComment(out bool trims, out bool dropsNewline)
    {
        var end = source.IndexOf("#}", _at, StringComparison.Ordinal);
        if (end < 0) throw Bad("a comment has no end");
        trims = source[end - 1] == '-' && end > _at;
        dropsNewline = true;
        Count(source.AsSpan(_at, end - _at));
        _at = end + 2;
    }

    private void CutTag(char kind, out bool trims, out bool dropsNewline)
    {
        _tokens.Add(new TemplateToken(kind == '{' ? TemplateTokenKind.OpenExpression : TemplateTokenKind.OpenStatement, string.Empty, _line));
        var close = kind == '{' ? "}}" : "%}";
        var depth = 0;
        while (true)
        {
            while (_at < source.Length && char.IsWhiteSpace(source[_at]))
            {
                if (source[_at++] == '\n') _line++;
            }

            if (_at >= source.Length) throw Bad("a tag has no end");
            var rest = source.AsSpan(_at);
            trims = rest[0] == '-' && rest[1..].StartsWith(close, StringComparison.Ordinal);
            if (depth == 0 && (trims || rest.StartsWith(close, StringComparison.Ordinal)))
            {
                _at += trims ? 3 : 2;
                dropsNewline = kind == '%';
                _tokens.Add(new TemplateToken(TemplateTokenKind.Close, string.Empty, _line));
                return;
            }

            CutToken(rest, ref depth);
        }
    }

    private void CutToken(ReadOnlySpan<char> rest, ref int depth)
    {
        if (rest[0] is '\'' or '"')
        {
            CutText(rest[0]);
            return;
        }

        var length = 0;
        if (char.IsLetter(rest[0]) || rest[0] == '_')
        {
            while (length < rest.Length && (char.IsLetterOrDigit(rest[length]) || rest[length] == '_')) length++;
            Add(TemplateTokenKind.Name, rest[..length]);
            return;
        }

        if (char.IsAsciiDigit(rest[0]))
        {
            while (length < rest.Length && (char.IsAsciiDigit(rest[length]) || (rest[length] == '.' && length + 1 < rest.Length && char.IsAsciiDigit(rest[length + 1])))) length++;
            Add(TemplateTokenKind.Number, rest[..length]);
            return;
        }

        foreach (var known in Operators)
        {
            if (!rest.StartsWith(known, StringComparison.Ordinal)) continue;
            if (known == "{") depth++;
            if (known == "}") depth--;
            Add(TemplateTokenKind.Operator, known);
            return;
        }

        throw Bad($"'{rest[0]}' is not of the language");
    }

    private void CutText(char quote)
    {
        var text = new StringBuilder();
        for (_at++; _at < source.Length && source[_at] != quote; _at++)
        {
            var character = source[_at];
            if (character == '\n') _line++;
            if (character == '\\' && _at + 1 < source.Length)
            {
                character = source[++_at] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var other => other };
            }

            text.Append(character);
        }

        if (_at >= source.Length) throw Bad("a text has no end");
        _at++;
        _tokens.Add(new TemplateToken(TemplateTokenKind.Text, text.ToString(), _line));
    }

    private void Add(TemplateTokenKind kind, ReadOnlySpan<char> text)
    {
        _tokens.Add(new TemplateToken(kind, text.ToString(), _line));
        _at += text.Length;
    }

    private void Count(ReadOnlySpan<char> text) => _line += text.Count('\n');

    private EdgeHostException Bad(string what) => TemplateProblem.At(_line, what);
}
