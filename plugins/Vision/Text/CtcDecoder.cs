using System.Numerics.Tensors;
using System.Text;

namespace EdgeHost.Plugins.Vision.Text;

/// <summary>
/// Reads the recogniser's probabilities greedily: the likeliest class of each step, repeats joined, blanks dropped. The network was trained
/// on Chinese and mostly omits the spaces of Latin text, so a space is also put where its probability rises between two Latin characters.
/// </summary>
internal static class CtcDecoder
{
    // Measured on English pages: between words the space's probability exceeds this, inside words it stays far below.
    private const float SpaceThreshold = 0.03f;
    private const char LatinEnd = '\u0250';
    private const string NoSpaceBefore = ".,;:!?)_";

    /// <summary>Decodes one line.</summary>
    /// <param name="probabilities">steps x <see cref="Alphabet.Count"/> values.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="alphabet">The classes.</param>
    public static LineText Decode(ReadOnlySpan<float> probabilities, int steps, Alphabet alphabet)
    {
        var text = new StringBuilder();
        var previous = Alphabet.Blank;
        var previousCharacter = string.Empty;
        var space = 0f;
        var sum = 0.0;
        var count = 0;
        for (var step = 0; step < steps; step++)
        {
            var classes = probabilities.Slice(step * alphabet.Count, alphabet.Count);
            var best = TensorPrimitives.IndexOfMax(classes);
            space = MathF.Max(space, classes[alphabet.Space]);
            if (best != Alphabet.Blank && best != previous)
            {
                var character = alphabet[best];
                if (space > SpaceThreshold && NeedsSpace(previousCharacter, character)) text.Append(' ');
                text.Append(character);
                sum += classes[best];
                count++;
                previousCharacter = character;
                space = 0;
            }

            previous = best;
        }

        return count == 0 ? new LineText(string.Empty, 0) : new LineText(text.ToString().Trim(), (float)(sum / count));
    }

    private static bool NeedsSpace(string left, string right)
        => IsLatin(left) && IsLatin(right) && left != "_" && !NoSpaceBefore.Contains(right[0], StringComparison.Ordinal);

    private static bool IsLatin(string character) => character.Length > 0 && character[0] is > ' ' and < LatinEnd;
}
