using EdgeHost.Plugins.Vision.Text;

namespace EdgeHost.Plugins.Vision.Tests.Text;

public class CtcDecoderTests
{
    // Classes: 0 blank, 1 a, 2 b, 3 full stop, 4 Chinese, 5 underscore, 6 space.
    private static readonly Alphabet Letters = Alphabet.Parse("a\nb\n.\n文\n_"u8);

    [Fact]
    public void Parse_Dictionary_PutsTheBlankFirstAndTheSpaceLast()
    {
        Assert.Equal(7, Letters.Count);
        Assert.Equal((string.Empty, "a", "文", " "), (Letters[0], Letters[1], Letters[4], Letters[6]));
        Assert.Equal(6, Letters.Space);
    }

    [Fact]
    public void Parse_WindowsLineEndsAndFinalLineFeed_GiveTheSameClasses()
        => Assert.Equal((4, "b"), (Alphabet.Parse("a\r\nb\r\n"u8).Count, Alphabet.Parse("a\r\nb\r\n"u8)[2]));

    [Theory]
    [InlineData("0", "")]
    [InlineData("1", "a")]
    [InlineData("1 1 1", "a")]
    [InlineData("1 0 1", "aa")]
    [InlineData("0 1 1 0 2 2 0", "ab")]
    [InlineData("1 6 2", "a b")]
    [InlineData("6 1 6", "a")]
    public void Decode_Steps_MergesRepeatsAndDropsBlanks(string steps, string expected)
        => Assert.Equal(expected, Decode(steps).Text);

    [Fact]
    public void Decode_Confidence_IsTheMeanOfTheFirstStepOfEachCharacter()
    {
        var probabilities = Probabilities("1 1 0 2");
        probabilities[1] = 0.9f;
        probabilities[7 + 1] = 0.6f;
        probabilities[(3 * 7) + 2] = 0.5f;

        Assert.Equal(0.7f, CtcDecoder.Decode(probabilities, 4, Letters).Confidence, 5);
    }

    [Theory]
    [InlineData("1 0 2", 0.05f, "a b")]
    [InlineData("1 0 2", 0.02f, "ab")]
    [InlineData("1 0 3", 0.05f, "a.")]
    [InlineData("3 0 1", 0.05f, ". a")]
    [InlineData("4 0 1", 0.05f, "文a")]
    [InlineData("1 0 4", 0.05f, "a文")]
    [InlineData("1 0 5 0 2", 0.05f, "a_b")]
    public void Decode_SpaceProbableBetweenCharacters_SeparatesLatinWordsOnly(string steps, float space, string expected)
    {
        var probabilities = Probabilities(steps);
        for (var step = 7; step < probabilities.Length; step += 14) probabilities[step + 6] = space;

        Assert.Equal(expected, CtcDecoder.Decode(probabilities, probabilities.Length / 7, Letters).Text);
    }

    private static LineText Decode(string steps) => CtcDecoder.Decode(Probabilities(steps), steps.Split(' ').Length, Letters);

    private static float[] Probabilities(string steps)
    {
        var classes = steps.Split(' ').Select(int.Parse).ToArray();
        var values = new float[classes.Length * 7];
        for (var i = 0; i < classes.Length; i++) values[(i * 7) + classes[i]] = 0.8f;
        return values;
    }
}
