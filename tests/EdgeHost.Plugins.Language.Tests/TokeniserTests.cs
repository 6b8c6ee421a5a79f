using CsCheck;
using EdgeHost.Plugins.Language.Tokens;

namespace EdgeHost.Plugins.Language.Tests;

/// <summary>The same words give the same tokens however they are written, and nothing makes the tokeniser fail.</summary>
public class TokeniserTests
{
    [Theory]
    [InlineData("It doesn't work.", "it does not work .")]
    [InlineData("it does n't work .", "it does not work .")]
    [InlineData("It doesn’t work.", "it does not work .")]
    [InlineData("It doesnt work.", "it does not work .")]
    [InlineData("It won't, it wo n't", "it will not , it will not")]
    [InlineData("I can't; ca n't; cannot", "i can not ; can not ; can not")]
    [InlineData("it's good / it 's good", "it s good / it s good")]
    [InlineData("a film -lrb- of sorts -rrb- .", "a film of sorts .")]
    [InlineData("SOOOOO good!!!!!!", "soo good ! !")]
    [InlineData("@someone_else thanks", "thanks")]
    [InlineData("see https://example.com/a?b=c now", "see now")]
    [InlineData("fish &amp; chips", "fish chips")]
    [InlineData("#fail", "fail")]
    [InlineData("it cost 3,50 and 12", "it cost 0 and 0")]
    [InlineData("end.Next one", "end next one")]
    [InlineData("nice :) not nice :-(", "nice ☺ not nice ☹")]
    [InlineData("Ｇｒｅａｔ！", "great !")]
    [InlineData("太好了！！！", "太 好 了 ! !")]
    [InlineData("这家店real好", "这 家 店 real 好")]
    [InlineData("哈哈哈哈哈", "哈 哈")]
    [InlineData("good 😀", "good 😀")]
    [InlineData("", "")]
    [InlineData(" \t\n", "")]
    [InlineData("@", "@")]
    [InlineData("''\"\"", "")]
    public void Cut_Text_GivesTheseTokens(string text, string expected)
        => Assert.Equal(expected, string.Join(' ', Tokeniser.Cut(text, 100).Tokens.Select(token => token.Text)));

    [Fact]
    public void Cut_LoneSurrogates_AreLeftOut()
        => Assert.Equal(["a", "b"], Tokeniser.Cut("\ud83d a\ude00 b\ud83d", 10).Tokens.Select(token => token.Text));

    [Fact]
    public void Cut_AnyText_EndsWithBoundedTokens()
        => Gen.String.Sample(text =>
        {
            var (tokens, _) = Tokeniser.Cut(text, 50);
            return tokens.Count <= 50 && tokens.TrueForAll(token => token.Text.Length is > 0 and <= Tokeniser.MaxTokenLength);
        });

    [Fact]
    public void Cut_TextOfMarksAndWords_EndsWithBoundedTokens()
    {
        string[] parts = ["n't", "'", "@", "http://", "-lrb-", ":", ")", "don't", "&amp;", "#", "好", "。", "\ud83d", "\ude00", "e\u0301", "9", ".", ",", " ", "ا", "ß", "😀", "\0", "~"];
        Gen.Int[0, parts.Length - 1].Select(i => parts[i]).Array[0, 60].Sample(chosen =>
        {
            var text = string.Concat(chosen);
            var (tokens, _) = Tokeniser.Cut(text, text.Length + 1);
            return tokens.Count <= (2 * text.Length) + 1 && tokens.TrueForAll(token => token.Text.Length is > 0 and <= Tokeniser.MaxTokenLength);
        });
    }

    [Fact]
    public void Cut_TextOfManyTokens_SaysThatItWasCut()
    {
        var (tokens, isCut) = Tokeniser.Cut(string.Concat(Enumerable.Repeat("one two ", 100)), 10);

        Assert.Equal((10, true), (tokens.Count, isCut));
        Assert.False(Tokeniser.Cut("one two", 2).IsCut);
    }

    [Theory]
    [InlineData('a')]
    [InlineData('好')]
    [InlineData('\'')]
    [InlineData('@')]
    [InlineData(':')]
    public void Cut_ManyOfOneCharacter_IsShort(char character)
        => Assert.InRange(Tokeniser.Cut(new string(character, 100_000), 1000).Tokens.Count, 0, 2);
}
