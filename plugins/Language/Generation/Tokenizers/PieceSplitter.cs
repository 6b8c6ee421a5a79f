using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace EdgeHost.Plugins.Language.Generation.Tokenizers;

/// <summary>Cuts a text into the pieces that no token crosses, as the <c>pre_tokenizer</c> of a <c>tokenizer.json</c> says. Immutable; thread-safe.</summary>
internal sealed class PieceSplitter : PreTokenizer
{
    private const string Gpt2 = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    // Patterns come from files of strangers.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Regex[] _rules;

    private PieceSplitter(Regex[] rules) => _rules = rules;

    /// <summary>Reads the rules.</summary>
    /// <param name="given">The value of <c>pre_tokenizer</c>.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it has a rule that is not known, and which.</exception>
    public static PieceSplitter Read(JsonElement given)
    {
        var rules = new List<Regex>();
        var isByteLevel = false;
        Add(given, rules, ref isByteLevel);
        if (!isByteLevel) throw Unknown("it is not of the byte level");
        return new PieceSplitter([.. rules]);
    }

    /// <inheritdoc/>
    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var pieces = new List<(int Offset, int Length)> { (0, text.Length) };
        foreach (var rule in _rules)
        {
            var next = new List<(int Offset, int Length)>(pieces.Count * 2);
            foreach (var (offset, length) in pieces) Split(rule, text, offset, length, next);
            pieces = next;
        }

        return pieces;
    }

    /// <inheritdoc/>
    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text) => PreTokenize(text.ToString());

    // What matches is a piece, and so is what lies between.
    private static void Split(Regex rule, string text, int offset, int length, List<(int Offset, int Length)> pieces)
    {
        var done = 0;
        foreach (var match in rule.EnumerateMatches(text.AsSpan(offset, length)))
        {
            if (match.Length == 0) continue;
            if (match.Index > done) pieces.Add((offset + done, match.Index - done));
            pieces.Add((offset + match.Index, match.Length));
            done = match.Index + match.Length;
        }

        if (done < length) pieces.Add((offset + done, length - done));
    }

    private static void Add(JsonElement given, List<Regex> rules, ref bool isByteLevel)
    {
        var type = given.ValueKind == JsonValueKind.Object && given.TryGetProperty("type", out var name) ? name.GetString() : null;
        switch (type)
        {
            case "Sequence":
                foreach (var inner in given.GetProperty("pretokenizers").EnumerateArray()) Add(inner, rules, ref isByteLevel);
                break;
            case "ByteLevel":
                isByteLevel = true;
                if (!given.TryGetProperty("use_regex", out var uses) || uses.GetBoolean()) rules.Add(Rule(Gpt2));
                break;
            case "Split" when Text(given, "behavior") == "Isolated" && given.GetProperty("pattern").TryGetProperty("Regex", out var pattern):
                rules.Add(Rule(pattern.GetString()!));
                break;
            case "Digits":
                rules.Add(Rule(given.TryGetProperty("individual_digits", out var single) && single.GetBoolean() ? @"\p{N}" : @"\p{N}+"));
                break;
            default:
                throw Unknown($"the rule '{type ?? given.ValueKind.ToString()}' is not known");
        }
    }

    private static string? Text(JsonElement given, string name) => given.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static Regex Rule(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.Compiled, Patience);
        }
        catch (ArgumentException e)
        {
            throw Unknown($"its pattern cannot be read: {e.Message}");
        }
    }

    private static EdgeHostException Unknown(string what)
        => new(ErrorCode.FailedPrecondition, $"The 'pre_tokenizer' of tokenizer.json cannot be used: {what}. Known are ByteLevel, Split (Regex, Isolated), Digits and sequences of these.");
}
