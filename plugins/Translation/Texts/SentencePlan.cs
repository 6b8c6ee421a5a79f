using System.Text;
using EdgeHost.Plugins.Translation.Models;

namespace EdgeHost.Plugins.Translation.Texts;

/// <summary>A sentence in parts: what a model translates, and what is carried through. Not thread-safe.</summary>
internal sealed class SentencePlan
{
    private readonly string _sentence;
    private readonly string _target;
    private readonly Terms _terms;
    private readonly Func<Rune, bool> _knows;
    private readonly bool _isHan;
    private readonly List<SentencePart> _parts = [];

    // White space that belongs before the next part.
    private string _pending = string.Empty;

    /// <summary>Plans.</summary>
    /// <param name="sentence">The sentence, without white space at its ends.</param>
    /// <param name="target">The language wanted, as <see cref="LanguageCode"/>.</param>
    /// <param name="terms">Terms.</param>
    /// <param name="isHan">Whether the sentence's language is written with Chinese characters.</param>
    /// <param name="knows">Whether the model that reads it has a piece for a character.</param>
    public SentencePlan(string sentence, string target, Terms terms, bool isHan, Func<Rune, bool> knows)
    {
        (_sentence, _target, _terms, _isHan, _knows) = (sentence, target, terms, isHan, knows);
        Plan(isStrict: false);
    }

    /// <summary>What is to be translated, in order.</summary>
    public IEnumerable<SentencePart> Open => _parts.Where(static part => !part.IsLiteral);

    /// <summary>Whether a translation did not come to an end by itself.</summary>
    public bool IsCut => _parts.Any(static part => part.IsCut);

    /// <summary>Whether every number of the sentence and every word of another writing is in its translation.</summary>
    public bool KeepsAll() => Open.All(Keeps);

    /// <summary>Plans again so that those are carried through; all that was translated is to be translated again.</summary>
    public void PlanStrictly() => Plan(isStrict: true);

    /// <summary>Puts the parts together.</summary>
    public string Assemble()
    {
        var text = new StringBuilder();
        for (var i = 0; i < _parts.Count; i++)
        {
            var part = _parts[i];
            var output = part.IsLiteral ? part.Output : Fit(part, isFirst: i == 0);
            if (output.Length == 0) continue;
            if (text.Length > 0) text.Append(Between(text[^1], part.Before, output[0]));
            text.Append(output);
        }

        var sentence = text.ToString();
        return LanguageCode.IsFullWidth(_target) ? Punctuation.ToFullWidth(sentence) : Punctuation.ToHalfWidth(sentence);
    }

    private bool Keeps(SentencePart part)
    {
        var wanted = LiteralFinder.FindStrictly(part.Source, _isHan);
        if (wanted.Count == 0) return true;
        var written = LiteralFinder.NumbersOf(part.Output).ToList();
        return wanted.TrueForAll(range =>
        {
            var word = part.Source.Substring(range.Start, range.Length);
            if (!char.IsAsciiDigit(word[0])) return part.Output.Contains(word, StringComparison.OrdinalIgnoreCase);
            return written.Remove(word) || NumberWords.Says(part.Output, word, _target);
        });
    }

    private void Plan(bool isStrict)
    {
        _parts.Clear();
        _pending = string.Empty;
        var literals = LiteralFinder.Find(_sentence, _knows, isStrict ? LiteralFinder.FindStrictly(_sentence, _isHan) : []);
        var (start, next) = (0, 0);
        for (var at = 0; at < _sentence.Length;)
        {
            if (next < literals.Count && literals[next].Start == at)
            {
                Add(start, at, null);
                Add(at, at + literals[next].Length, _sentence.Substring(at, literals[next].Length));
                start = at += literals[next++].Length;
                continue;
            }

            var (length, becomes) = _terms.Any ? _terms.At(_sentence, at) : (0, string.Empty);
            if (length > 0 && (next == literals.Count || at + length <= literals[next].Start))
            {
                Add(start, at, null);
                Add(at, at + length, becomes);
                start = at += length;
                continue;
            }

            at++;
        }

        Add(start, _sentence.Length, null);
    }

    private void Add(int from, int to, string? literal)
    {
        var raw = _sentence.AsSpan(from, to - from);
        var source = raw.Trim();
        if (source.IsEmpty)
        {
            _pending += raw.ToString();
            return;
        }

        var before = _pending + raw[..raw.IndexOf(source[0])].ToString();
        _pending = raw[raw.TrimEnd().Length..].ToString();
        var text = source.ToString();

        // Without a letter or digit there is nothing to translate.
        if (literal is null && !Characters.HasLetter(text) && !text.Any(char.IsDigit)) literal = text;
        _parts.Add(new SentencePart(before, text, literal));
    }

    // A part of a sentence begins and ends as it did.
    private string Fit(SentencePart part, bool isFirst)
    {
        var output = part.Output;
        if (_parts.Count == 1 || output.Length == 0) return output;
        if (!Characters.Ends.Contains(part.Source[^1], StringComparison.Ordinal)) output = output.TrimEnd([.. Characters.Ends]);
        var first = isFirst ? null : output.Split(' ', 2)[0];
        if (first is { Length: > 1 } && char.IsUpper(first[0]) && char.IsLower(first[1]) && !char.IsUpper(part.Source[0])) output = char.ToLowerInvariant(output[0]) + output[1..];
        return output;
    }

    private string Between(char left, string blanks, char right)
    {
        if (LanguageCode.IsUnspaced(_target)) return IsWide(left) && IsWide(right) ? string.Empty : blanks;
        return blanks.Length == 0 && char.IsLetterOrDigit(left) && char.IsLetterOrDigit(right) && !Characters.IsHan(left) && !Characters.IsHan(right) && !_sentence.Contains($"{left}{right}", StringComparison.Ordinal) ? " " : blanks;
    }

    private static bool IsWide(char character) => Characters.IsHan(character) || Characters.IsFullWidthMark(character) || Characters.Ends.Contains(character, StringComparison.Ordinal);
}
