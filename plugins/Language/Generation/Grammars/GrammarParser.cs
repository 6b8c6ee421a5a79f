using System.Globalization;
using System.Text;

namespace EdgeHost.Plugins.Language.Generation.Grammars;

/// <summary>
/// Reads GBNF, as llama.cpp has it: <c>name ::= …</c>, alternatives <c>|</c>, texts <c>"…"</c>, classes <c>[a-z]</c> and <c>[^…]</c>, any character <c>.</c>, groups, <c>* + ? {m} {m,} {m,n}</c>, comments <c>#</c>. For one grammar.
/// </summary>
internal sealed class GrammarParser
{
    private const int LastCharacter = 0x10FFFF;
    private const int MostRules = 50_000;
    private const int MostElements = 500_000;
    private const int MostRepeats = 2_000;
    private const int MostDepth = 100;

    private readonly string _text;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly List<List<GrammarElement[]>?> _rules = [];
    private int _at;
    private int _depth;
    private int _elements;

    private GrammarParser(string text) => _text = text;

    /// <summary>Reads a grammar.</summary>
    /// <param name="text">Its text; the rule <c>root</c> is the whole answer.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it cannot be read, and where.</exception>
    public static Grammar Parse(string text)
    {
        var parser = new GrammarParser(text);
        parser.Number("root");
        parser.Rules();
        for (var rule = 0; rule < parser._rules.Count; rule++)
        {
            if (parser._rules[rule] is null) throw GrammarProblem.Of($"there is no rule '{parser._names[rule]}'");
        }

        return new Grammar([.. parser._rules.Select(static rule => (IReadOnlyList<GrammarElement[]>)rule!)], parser._names);
    }

    private void Rules()
    {
        Skip(newlines: true);
        while (_at < _text.Length)
        {
            var name = Name();
            Skip(newlines: false);
            if (!_text.AsSpan(_at).StartsWith("::=", StringComparison.Ordinal)) throw Bad("'::=' was expected");
            _at += 3;
            Skip(newlines: true);
            var rule = Number(name);
            if (_rules[rule] is not null) throw Bad($"the rule '{name}' is there twice");
            _rules[rule] = Alternatives(isNested: false);
            if (_at < _text.Length && _text[_at] is not ('\n' or '\r')) throw Bad($"'{_text[_at]}' was not expected");
            Skip(newlines: true);
        }
    }

    private List<GrammarElement[]> Alternatives(bool isNested)
    {
        if (++_depth > MostDepth) throw Bad($"it is nested deeper than {MostDepth}");
        var alternatives = new List<GrammarElement[]> { Sequence(isNested) };
        while (_at < _text.Length && _text[_at] == '|')
        {
            _at++;
            Skip(newlines: true);
            alternatives.Add(Sequence(isNested));
        }

        _depth--;
        return alternatives;
    }

    private GrammarElement[] Sequence(bool isNested)
    {
        var sequence = new List<GrammarElement>();
        while (_at < _text.Length)
        {
            GrammarElement[] item;
            switch (_text[_at])
            {
                case '"':
                    item = Literal();
                    break;
                case '[':
                    item = [Class()];
                    break;
                case '.':
                    _at++;
                    item = [Set([(0, LastCharacter)], false)];
                    break;
                case '(':
                    _at++;
                    Skip(newlines: true);
                    item = [Add(Alternatives(isNested: true))];
                    if (_at >= _text.Length || _text[_at] != ')') throw Bad("')' was expected");
                    _at++;
                    break;
                case var other when IsName(other):
                    item = [GrammarElement.Rule(Number(Name()))];
                    break;
                default:
                    return [.. sequence];
            }

            Skip(isNested);
            while (_at < _text.Length && _text[_at] is '*' or '+' or '?' or '{')
            {
                item = Repeat(item);
                Skip(isNested);
            }

            _elements += item.Length;
            if (_elements > MostElements) throw Bad($"it has more than {MostElements} elements");
            sequence.AddRange(item);
        }

        return [.. sequence];
    }

    private GrammarElement[] Repeat(GrammarElement[] item)
    {
        var (least, most) = Bounds();
        if (most < least || least > MostRepeats || (most != int.MaxValue && most > MostRepeats)) throw Bad($"a repetition must be of 0 to {MostRepeats}");
        var sequence = new List<GrammarElement>();
        _elements += item.Length * least;
        if (_elements > MostElements) throw Bad($"it has more than {MostElements} elements");
        for (var i = 0; i < least; i++) sequence.AddRange(item);
        if (most == int.MaxValue)
        {
            var more = Add([]);
            _rules[more.First]!.Add([.. item, more]);
            _rules[more.First]!.Add([]);
            sequence.Add(more);
        }
        else
        {
            // Each one more only after the one before.
            GrammarElement? more = null;
            for (var i = least; i < most; i++) more = Add([more is { } next ? [.. item, next] : item, []]);
            if (more is { } first) sequence.Add(first);
        }

        return [.. sequence];
    }

    private (int Least, int Most) Bounds()
    {
        switch (_text[_at++])
        {
            case '*': return (0, int.MaxValue);
            case '+': return (1, int.MaxValue);
            case '?': return (0, 1);
        }

        var end = _text.IndexOf('}', _at);
        if (end < 0) throw Bad("'}' was expected");
        var parts = _text[_at..end].Split(',');
        _at = end + 1;
        var least = int.TryParse(parts[0], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var first) ? first : parts.Length == 2 && parts[0].Trim().Length == 0 ? 0 : -1;
        var most = parts.Length == 1 ? least : parts[1].Trim().Length == 0 ? int.MaxValue : int.TryParse(parts[1], CultureInfo.InvariantCulture, out var last) ? last : -1;
        return least >= 0 && most >= 0 && parts.Length <= 2 ? (least, most) : throw Bad("a repetition is {m}, {m,} or {m,n}");
    }

    private GrammarElement[] Literal()
    {
        var text = new StringBuilder();
        for (_at++; _at < _text.Length && _text[_at] != '"';)
        {
            if (_text[_at] == '\n') break;
            text.Append(char.ConvertFromUtf32(Character()));
        }

        if (_at >= _text.Length || _text[_at] != '"') throw Bad("a text has no end");
        _at++;
        return [.. Encoding.UTF8.GetBytes(text.ToString()).Select(static value => GrammarElement.Bytes(value, value))];
    }

    private GrammarElement Class()
    {
        _at++;
        var isNot = _at < _text.Length && _text[_at] == '^';
        if (isNot) _at++;
        var ranges = new List<(int First, int Last)>();
        while (_at < _text.Length && _text[_at] != ']')
        {
            var first = Character();
            var last = first;
            if (_at + 1 < _text.Length && _text[_at] == '-' && _text[_at + 1] != ']')
            {
                _at++;
                last = Character();
            }

            if (last < first) throw Bad("a range of characters goes backwards");
            ranges.Add((first, last));
        }

        if (_at >= _text.Length) throw Bad("a class has no end");
        _at++;
        return Set(ranges, isNot);
    }

    private GrammarElement Set(List<(int First, int Last)> ranges, bool isNot)
    {
        if (isNot)
        {
            var rest = new List<(int First, int Last)>();
            var next = 0;
            foreach (var (first, last) in ranges.OrderBy(static range => range.First))
            {
                if (first > next) rest.Add((next, first - 1));
                next = Math.Max(next, last + 1);
            }

            if (next <= LastCharacter) rest.Add((next, LastCharacter));
            ranges = rest;
        }

        if (ranges is [{ First: < 0x80, Last: < 0x80 } single]) return GrammarElement.Bytes(single.First, single.Last);
        return Add([.. ranges.SelectMany(static range => Utf8Ranges.Of(range.First, range.Last))]);
    }

    private int Character()
    {
        if (_text[_at] != '\\')
        {
            if (!Rune.TryGetRuneAt(_text, _at, out var rune)) throw Bad("it has an unpaired surrogate");
            _at += rune.Utf16SequenceLength;
            return rune.Value;
        }

        if (_at + 1 >= _text.Length) throw Bad("an escape has no end");
        var kind = _text[_at + 1];
        _at += 2;
        return kind switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'x' => Hexadecimal(2),
            'u' => Hexadecimal(4),
            'U' => Hexadecimal(8),
            '\\' or '"' or '[' or ']' or '-' or '^' or '.' or '/' => kind,
            _ => throw Bad($"'\\{kind}' is not known"),
        };
    }

    private int Hexadecimal(int digits)
    {
        if (_at + digits > _text.Length || !int.TryParse(_text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || !Rune.IsValid(value)) throw Bad($"{digits} hexadecimal digits of a character were expected");
        _at += digits;
        return value;
    }

    private string Name()
    {
        var begin = _at;
        while (_at < _text.Length && IsName(_text[_at])) _at++;
        return _at > begin ? _text[begin.._at] : throw Bad("the name of a rule was expected");
    }

    private static bool IsName(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_';

    private int Number(string name)
    {
        if (_numbers.TryGetValue(name, out var number)) return number;
        _numbers[name] = _rules.Count;
        Reserve(name, null);
        return _rules.Count - 1;
    }

    private GrammarElement Add(List<GrammarElement[]> alternatives)
    {
        Reserve($"a part of line {Line}", alternatives);
        return GrammarElement.Rule(_rules.Count - 1);
    }

    private void Reserve(string name, List<GrammarElement[]>? alternatives)
    {
        if (_rules.Count == MostRules) throw Bad($"it has more than {MostRules} rules");
        _names.Add(name);
        _rules.Add(alternatives);
    }

    private void Skip(bool newlines)
    {
        while (_at < _text.Length)
        {
            if (_text[_at] == '#')
            {
                while (_at < _text.Length && _text[_at] is not ('\n' or '\r')) _at++;
            }
            else if (_text[_at] is ' ' or '\t' || (newlines && _text[_at] is '\n' or '\r'))
            {
                _at++;
            }
            else
            {
                return;
            }
        }
    }

    private int Line => _text.AsSpan(0, Math.Min(_at, _text.Length)).Count('\n') + 1;

    private EdgeHostException Bad(string what) => GrammarProblem.At(Line, what);
}
