using EdgeHost.TestKit.Scoring;

namespace EdgeHost.Plugins.Translation.Tests;

/// <summary>The score itself, on what sacreBLEU's authors publish and on what can be counted by hand.</summary>
public class BleuTests
{
    [Theory]
    [InlineData("Hello, world!", "Hello , world !")]
    [InlineData("It's 3.14, or 1,000 - ok.", "It's 3.14 , or 1,000 - ok .")]
    [InlineData("1990-2000 (well-known) &quot;A&quot;", "1990 - 2000 ( well-known ) \" A \"")]
    [InlineData("a.b c,d", "a . b c , d")]
    public void Latin_TokensAreThoseOfMteval(string text, string expected) => Assert.Equal(expected, string.Join(' ', BleuTokeniser.Latin(text)));

    [Theory]
    [InlineData("我有3.5个苹果，OK？", "我 有 3.5 个 苹 果 ， OK ？")]
    [InlineData(" 一加一。", "一 加 一 。")]
    public void Chinese_EveryCharacterIsAToken(string text, string expected) => Assert.Equal(expected, string.Join(' ', BleuTokeniser.Chinese(text)));

    [Fact]
    public void Score_ExampleOfSacreBleusReadme_IsItsScore()
    {
        string[] said = ["The dog bit the man.", "It wasn't surprising.", "The man had just bitten him."];
        string[][] references =
        [
            ["The dog bit the man.", "It was not unexpected.", "The man bit him first."],
            ["The dog had bit the man.", "No one was surprised.", "The man had bitten the dog."],
        ];

        Assert.Equal(48.530827009929865, Bleu.Score(said, references, BleuTokeniser.Latin), 10);
    }

    [Fact]
    public void Score_CountedByHand()
    {
        // 1-grams 4 of 5, 2-grams 2 of 4, 3-grams 1 of 3, 4-grams 0 of 2, which counts as a half: 1 of 4.
        var expected = 100 * Math.Pow(0.8 * 0.5 * (1.0 / 3) * 0.25, 0.25);

        Assert.Equal(expected, Bleu.Score(["a b c x e"], [["a b c d e"]], BleuTokeniser.Latin), 10);
        Assert.Equal(100, Bleu.Score(["a b c d"], [["a b c d"]], BleuTokeniser.Latin), 10);
        Assert.Equal(100 * Math.Exp(1 - (6.0 / 4)), Bleu.Score(["a b c d"], [["a b c d e f"]], BleuTokeniser.Latin), 10);
        Assert.Equal(0, Bleu.Score(["a b c"], [["a b c"]], BleuTokeniser.Latin));
        Assert.Equal(0, Bleu.Score([""], [["a b c d"]], BleuTokeniser.Latin));
    }
}
